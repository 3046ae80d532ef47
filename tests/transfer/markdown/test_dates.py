from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.transfer.markdown.dates import read_date, relative_to, write_date

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_again(date: datetime) -> None:
    assert read_date(write_date(date)) == date


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (datetime(2016, 11, 16, 7, 30, tzinfo=UTC), "2016-11-16T07:30:00Z"),
        (datetime(2016, 11, 16, 7, 30, 0, 120_000, tzinfo=UTC), "2016-11-16T07:30:00.12Z"),
    ],
)
def test_decimals_are_written_as_far_as_needed(date: datetime, written: str) -> None:
    assert write_date(date) == written


def test_another_offset_is_the_same_instant() -> None:
    assert read_date("2016-11-16T08:30:00+01:00") == datetime(2016, 11, 16, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2016-11-16", "2016-11-16T07:30:00", "2016-13-16T07:30:00Z", "now+3d", "", "٢٠١٦"]
)
def test_a_date_without_offset_or_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the caller's
        read_date(text)


def test_sample_dates_are_counted_from_now() -> None:
    read = relative_to(NOW)
    assert read("now+3d") == NOW + timedelta(days=3)
    assert read("now-30m") == NOW - timedelta(minutes=30)
    assert read("2016-11-16T07:30:00Z").year == 2016
