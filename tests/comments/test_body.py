import pytest

from pressroom.cms.comments.body import clean_body
from pressroom.cms.errors import Refused, UserErrorCode


def test_a_body_is_rendered() -> None:
    body = clean_body("  Well *said*.\r\n\r\nIndeed.\r\n")
    assert body.markdown == "Well *said*.\n\nIndeed."
    assert "<em>said</em>" in body.html
    assert "Well said." in body.text


def test_length_is_measured_on_the_source_after_trimming() -> None:
    assert len(clean_body(" " + "x" * 10_000 + "\n").markdown) == 10_000


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", UserErrorCode.REQUIRED),
        (" \n\t ", UserErrorCode.REQUIRED),
        ("\u200b", UserErrorCode.REQUIRED),
        ("[a]: http://b.example", UserErrorCode.INVALID),
        ("x" * 10_001, UserErrorCode.TOO_LONG),
        ("a\0b", UserErrorCode.INVALID),
        ("a\x1bb", UserErrorCode.INVALID),
        ("a\ud83d", UserErrorCode.INVALID),
    ],
)
def test_a_body_that_cannot_be_stored(given: str, code: UserErrorCode) -> None:
    with pytest.raises(Refused) as refused:
        clean_body(given)
    (error,) = refused.value.errors
    assert (error.code, error.path) == (code, ("body",))
