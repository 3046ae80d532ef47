"""The benchmark runs, and its rival answers what we answer; how fast is not a test's business."""

from pathlib import Path

import pytest
from benchmarks.comparison import Effort, compare
from benchmarks.corpus import Size
from benchmarks.paper import measure_paper
from benchmarks.printing import measure_printing
from benchmarks.report import Ratio, measures_table, ratios_table
from benchmarks.stores import SQLiteStore
from benchmarks.submissions import ALONE, TOGETHER

SIZE = Size(posts=200, comments=1_200)
EFFORT = Effort(seconds=0.2, requests=0, own_load=True)


def test_comparison_runs(tmp_path: Path) -> None:
    comparison = compare(SQLiteStore(tmp_path), SIZE, EFFORT)

    assert list(comparison.rival) == ["front", "article", "archive", "author"]
    assert list(comparison.ours) == [*comparison.rival, "cached", TOGETHER, ALONE]
    assert all(each.rate > 0 for _, each in comparison.measures())
    table = "\n".join([*measures_table(comparison.measures()), *ratios_table(comparison.ratios())])
    assert "front, times the ordinary executor with DataLoaders" in table


def test_paper_is_measured() -> None:
    ratios = {ratio.what: ratio.value for ratio in measure_paper(posts=1)}

    assert ratios["pages of a post"] > 1
    assert ratios["CPU of a PDF, ms"] > 0


def test_printing_runs(tmp_path: Path) -> None:
    ratios = measure_printing(SQLiteStore(tmp_path), SIZE, rounds=1, pdfs=4)

    assert [each.aim for each in ratios] == ["≤ 1.5", "", "", "", ""]
    assert all(each.value > 0 for each in ratios[:3])


@pytest.mark.parametrize(
    ("aim", "verdict"), [("≥ 3", "missed"), ("≥ 2.5", "reached"), ("≤ 2", "missed"), ("", "")]
)
def test_ratios_are_judged_by_their_aims(aim: str, verdict: str) -> None:
    assert Ratio("a ratio", 2.5, aim).verdict == verdict
