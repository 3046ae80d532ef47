import pytest

from pressroom.cms.comments.email import clean_email
from pressroom.cms.errors import Refused, UserErrorCode


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (None, None),
        ("", None),
        ("   ", None),
        (" ada@example.org ", "ada@example.org"),
        ("Ada.Lovelace+blog@mail.example.co.uk", "Ada.Lovelace+blog@mail.example.co.uk"),
        ("用户@例子.公司", "用户@例子.公司"),
        ("o'neil@example.org", "o'neil@example.org"),
    ],
)
def test_a_plausible_address(given: str | None, stored: str | None) -> None:
    assert clean_email(given) == stored


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("ada", UserErrorCode.INVALID),
        ("@example.org", UserErrorCode.INVALID),
        ("ada@", UserErrorCode.INVALID),
        ("ada@localhost", UserErrorCode.INVALID),
        ("ada@example.", UserErrorCode.INVALID),
        ("a@b@example.org", UserErrorCode.INVALID),
        ("ada lovelace@example.org", UserErrorCode.INVALID),
        ("ada@example.org\0", UserErrorCode.INVALID),
        ("ada\ud800@example.org", UserErrorCode.INVALID),
        ("ada@example.org\nBcc: all@example.org", UserErrorCode.INVALID),
        ("Ada <ada@example.org>", UserErrorCode.INVALID),
        ("a" * 250 + "@b.de", UserErrorCode.TOO_LONG),
    ],
)
def test_what_cannot_be_an_address(given: str, code: UserErrorCode) -> None:
    with pytest.raises(Refused) as refused:
        clean_email(given)
    (error,) = refused.value.errors
    assert (error.code, error.path) == (code, ("authorEmail",))
