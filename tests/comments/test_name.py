import pytest

from pressroom.cms.comments.name import clean_name
from pressroom.cms.errors import Refused, UserErrorCode


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Ada", "Ada"),
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("نیما", "نیما"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍🚀", "👩‍🚀"),
        ("<b>Bob</b>", "<b>Bob</b>"),
        ("x" * 80, "x" * 80),
        (" " + "é" * 80 + " ", "é" * 80),
    ],
)
def test_a_name_is_stored_tidily(given: str, stored: str) -> None:
    assert clean_name(given) == stored


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", UserErrorCode.REQUIRED),
        (" \n\t\u3000", UserErrorCode.REQUIRED),
        ("\u200b\u200d", UserErrorCode.REQUIRED),
        ("\u3164", UserErrorCode.REQUIRED),
        ("x" * 81, UserErrorCode.TOO_LONG),
        ("Ada\0", UserErrorCode.INVALID),
        ("Ada\x1b[31m", UserErrorCode.INVALID),
        ("Ada\x85Root", None),
        ("Ada \u202egnp.exe", UserErrorCode.INVALID),
        ("\u2066Ada\u2069", UserErrorCode.INVALID),
        ("Ada \ud800", UserErrorCode.INVALID),
    ],
)
def test_a_name_that_cannot_be_stored(given: str, code: UserErrorCode | None) -> None:
    if code is None:
        # The "next line" control is white space, which is tidied away.
        assert clean_name(given) == "Ada Root"
        return
    with pytest.raises(Refused) as refused:
        clean_name(given)
    (error,) = refused.value.errors
    assert (error.code, error.path) == (code, ("authorName",))
