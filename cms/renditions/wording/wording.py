"""The few words that a rendition adds to a post, and dates in words."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from ..document.direction import Direction

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
)
_WORDINGS = Path(__file__).parent / "languages"
_KNOWN = frozenset(path.stem for path in _WORDINGS.glob("*.toml"))
_ALSO = {"iw": "he", "nn": "nb", "no": "nb"}
_TRADITIONAL_CHINESE = frozenset({"hant", "hk", "mo", "tw"})
_SCRIPTS_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in one language; `months` are twelve words, without which dates are figures."""

    language: str
    months: tuple[str, ...]
    date: str
    by: str
    published: str
    updated: str
    categories: str
    notes: str
    links: str
    comments: str
    removed: str
    answering: str
    image: str
    left_out: str
    back_to_note: str
    back_to_link: str
    note: str
    link: str
    done: str
    to_do: str
    contents: str
    one_article: str
    articles: str
    first_of_month: str = "1"

    def day(self, instant: datetime) -> str:
        """Write the day of an instant, in UTC."""
        day = _day_of(instant)
        if not self.months:
            return day.isoformat()
        number = self.first_of_month if day.day == 1 else str(day.day)
        return self.date.format(day=number, month=self.months[day.month - 1], year=day.year)

    def days(self, first: datetime, last: datetime) -> str:
        """Write a range of days; one day where both instants fall on it."""
        return " – ".join(dict.fromkeys((self.day(first), self.day(last))))

    def number_of_articles(self, count: int) -> str:
        """Say of how many articles a book is made."""
        return self.one_article if count == 1 else self.articles.format(count=count)


def wording_for(language: str) -> Wording:
    """Find the words for a language (BCP 47).

    For one without words of its own they are English, and dates are written as ISO 8601 has them;
    `Wording.language` tells which language the words are in.
    """
    primary, *others = language.lower().split("-")
    primary = _ALSO.get(primary, primary)
    if primary not in _KNOWN:
        return replace(_read("en"), months=())
    if primary == "en" and others and "us" not in others:
        return replace(_read("en"), date="{day} {month} {year}")
    is_traditional = primary == "zh" and not _TRADITIONAL_CHINESE.isdisjoint(others)
    return _read("zh-hant" if is_traditional else primary)


@cache
def _read(name: str) -> Wording:
    words = tomllib.loads((_WORDINGS / f"{name}.toml").read_text(encoding="utf-8"))
    return Wording(
        **{**words, "language": name.partition("-")[0], "months": tuple(words["months"])}
    )


def direction_of(language: str) -> Direction:
    """Tell which way texts in a language (BCP 47) run."""
    subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == len("arab")), None)
    runs_left = script in _SCRIPTS_RIGHT_TO_LEFT if script else subtags[0] in _RIGHT_TO_LEFT
    return Direction.RIGHT_TO_LEFT if runs_left else Direction.LEFT_TO_RIGHT


def same_day(one: datetime, other: datetime) -> bool:
    """Tell whether two instants fall on one day, in UTC."""
    return _day_of(one) == _day_of(other)


def _day_of(instant: datetime) -> date:
    return instant.astimezone(UTC).date()
