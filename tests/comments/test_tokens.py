from datetime import UTC, datetime, timedelta

import pytest

from pressroom.cms.comments.tokens import comment_of, edit_token, require_in_time, require_token
from pressroom.cms.errors import Refused, UserErrorCode

SECRET = b"s" * 32
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)


def test_a_token_tells_its_comment() -> None:
    assert comment_of(SECRET, edit_token(SECRET, 42)) == 42


@pytest.mark.parametrize(
    "token",
    [
        "",
        "pce_",
        "pce_42",
        "pce_42_",
        edit_token(b"t" * 32, 42),
        edit_token(SECRET, 42).replace("42", "43", 1),
        edit_token(SECRET, 42) + "=",
        edit_token(SECRET, 42) + "\n",
        edit_token(SECRET, 42).replace("42", "042", 1),
        edit_token(SECRET, 42).replace("42", "٤٢", 1),
        "pce_" + "9" * 5_000 + "_" + "A" * 43,
        "pce_42_" + "\ud800" * 43,
    ],
)
def test_a_forged_token_tells_nothing(token: str) -> None:
    assert comment_of(SECRET, token) is None


def test_the_token_of_another_comment_is_invalid() -> None:
    with pytest.raises(Refused) as refused:
        require_token(SECRET, edit_token(SECRET, 42), 43)
    assert refused.value.errors[0].code is UserErrorCode.INVALID
    assert refused.value.errors[0].path == ("editToken",)


def test_a_token_expires() -> None:
    require_in_time(NOON, 15, NOON + timedelta(minutes=15))
    with pytest.raises(Refused) as refused:
        require_in_time(NOON, 15, NOON + timedelta(minutes=15, microseconds=1))
    assert refused.value.errors[0].code is UserErrorCode.EXPIRED
    assert refused.value.errors[0].path == ("editToken",)
