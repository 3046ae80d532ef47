import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from pressroom.cms.errors import Malformed
from pressroom.cms.renditions.formats.options import Paper, PrintLinks, RenditionOptions, TextSize


def test_the_defaults_need_no_words() -> None:
    assert RenditionOptions().to_query() == ""
    assert RenditionOptions.from_query({}) == RenditionOptions()


def test_what_differs_is_written_in_one_order() -> None:
    options = RenditionOptions(
        comments=True, qr_code=False, paper=Paper.A5, text_size=TextSize.GIANT, ink_saving=True
    )
    assert options.to_query() == "paper=a5&text=giant&comments=1&ink=1&qr=0"


@given(st.builds(RenditionOptions))
def test_what_is_written_is_read(options: RenditionOptions) -> None:
    assert RenditionOptions.from_query(QueryParams(options.to_query())) == options


@pytest.mark.parametrize("query", [{"paper": "b4"}, {"comments": "yes"}, {"text": ""}])
def test_values_that_are_none_are_refused_by_name(query: dict[str, str]) -> None:
    with pytest.raises(Malformed, match=f"^{next(iter(query))}: one of "):
        RenditionOptions.from_query(query)


def test_parameters_of_others_are_passed_over() -> None:
    assert RenditionOptions.from_query({"utm_source": "x"}) == RenditionOptions()


def test_what_makes_no_difference_goes_back_to_its_default() -> None:
    options = RenditionOptions(paper=Paper.A5, links=PrintLinks.NONE)
    assert options.only({"links"}) == RenditionOptions(links=PrintLinks.NONE)
