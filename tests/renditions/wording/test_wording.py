import dataclasses
import re
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files

import pytest

from pressroom.cms import renditions
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.wording.wording import Wording, direction_of, same_day, wording_for

LANGUAGES = sorted(
    file.name.removesuffix(".toml")
    for file in files(renditions).joinpath("wording", "languages").iterdir()
)
PLACES = re.compile(r"\{\w+\}")


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "March 1, 2018", "December 31, 2018"),
        ("en-US", "March 1, 2018", "December 31, 2018"),
        ("en-AU", "1 March 2018", "31 December 2018"),
        ("de-AT", "1. März 2018", "31. Dezember 2018"),
        ("fr", "1er mars 2018", "31 décembre 2018"),
        ("es", "1 de marzo de 2018", "31 de diciembre de 2018"),
        ("it", "1º marzo 2018", "31 dicembre 2018"),
        ("pt-BR", "1 de março de 2018", "31 de dezembro de 2018"),
        ("nl", "1 maart 2018", "31 december 2018"),
        ("ar", "1 مارس 2018", "31 ديسمبر 2018"),
        ("ru", "1 марта 2018 г.", "31 декабря 2018 г."),
        ("no", "1. mars 2018", "31. desember 2018"),
        ("ja", "2018年3月1日", "2018年12月31日"),
        ("zh-TW", "2018年3月1日", "2018年12月31日"),
        ("eo", "2018-03-01", "2018-12-31"),
        ("", "2018-03-01", "2018-12-31"),
    ],
)
def test_days_are_written_in_words(language: str, first: str, last: str) -> None:
    wording = wording_for(language)
    assert wording.day(datetime(2018, 3, 1, tzinfo=UTC)) == first
    assert wording.day(datetime(2018, 12, 31, tzinfo=UTC)) == last


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_words(language: str) -> None:
    wording = wording_for(language)
    assert wording.language == language.partition("-")[0]
    assert len(set(wording.months)) == 12
    for field in dataclasses.fields(Wording):
        said, english = getattr(wording, field.name), getattr(wording_for("en"), field.name)
        assert said
        if field.name not in {"language", "months"}:
            assert set(PLACES.findall(said)) == set(PLACES.findall(english))


def test_chinese_is_written_in_two_ways() -> None:
    assert wording_for("zh-CN").published == "发布于{date}"
    assert wording_for("zh-Hant").published == "發布於{date}"


def test_days_are_those_of_utc() -> None:
    late = datetime(2018, 3, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert wording_for("de").day(late) == "28. Februar 2018"
    assert same_day(late, datetime(2018, 2, 28, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar-EG", "rtl"), ("he", "rtl"), ("az-Arab-IR", "rtl"), ("ku-Latn", "ltr"), ("en", "ltr")],
)
def test_languages_run_their_way(language: str, direction: str) -> None:
    assert direction_of(language) is Direction(direction)
