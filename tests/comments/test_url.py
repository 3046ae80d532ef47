import pytest

from pressroom.cms.comments.url import clean_url
from pressroom.cms.errors import Refused, UserErrorCode


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (None, None),
        ("  ", None),
        (" https://ada.example/ ", "https://ada.example/"),
        ("HTTP://ada.example:8080/a?b=c#d", "HTTP://ada.example:8080/a?b=c#d"),
        ("https://例子.公司/ü", "https://例子.公司/ü"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
    ],
)
def test_a_web_address(given: str | None, stored: str | None) -> None:
    assert clean_url(given) == stored


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("javascript:alert(1)", UserErrorCode.INVALID),
        ("data:text/html,x", UserErrorCode.INVALID),
        ("//ada.example", UserErrorCode.INVALID),
        ("ada.example", UserErrorCode.INVALID),
        ("https://", UserErrorCode.INVALID),
        ("https://?x", UserErrorCode.INVALID),
        ("https://[::1", UserErrorCode.INVALID),
        ("https://ada.example:99999/", UserErrorCode.INVALID),
        ("https://bank.example@evil.example/", UserErrorCode.INVALID),
        ('https://ada.example/"onclick="x', UserErrorCode.INVALID),
        ("https://ada.example/a b", UserErrorCode.INVALID),
        ("https://ada.example/\0", UserErrorCode.INVALID),
        ("java\nscript:alert(1)", UserErrorCode.INVALID),
        ("https://ada.example/\u202egpj", UserErrorCode.INVALID),
        ("https://ada.example/\ud800", UserErrorCode.INVALID),
        ("https://ada.example/" + "x" * 2_000, UserErrorCode.TOO_LONG),
    ],
)
def test_what_is_no_web_address(given: str, code: UserErrorCode) -> None:
    with pytest.raises(Refused) as refused:
        clean_url(given)
    (error,) = refused.value.errors
    assert (error.code, error.path) == (code, ("authorUrl",))
