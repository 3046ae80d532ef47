import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.transfer.markdown.names import stem_of


@pytest.mark.parametrize("slug", ["a", "a-b-2", "x" * 100])
def test_a_plain_slug_is_the_name(slug: str) -> None:
    assert stem_of(slug) == slug


@pytest.mark.parametrize(
    "slug", ["con", "lpt9", "A", "a_b", "a--b", "-a", "x" * 101, "é", "مرحبا", "..", "a/b", ""]
)
def test_any_other_slug_is_hashed(slug: str) -> None:
    assert re.fullmatch(r"_[0-9a-f]{32}", stem_of(slug))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_name_leads_out_of_its_folder(slug: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{1,100}", stem_of(slug))
