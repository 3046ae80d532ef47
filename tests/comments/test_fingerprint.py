from pressroom.cms.comments.fingerprint import fingerprint


def test_space_case_and_forms_are_folded() -> None:
    assert fingerprint("Ada", "Well  said,\nSTRASSE") == fingerprint("ada ", "well said, straße")


def test_name_and_body_do_not_run_together() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
