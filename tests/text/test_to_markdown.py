from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.document import SourceFormat, render_body

TEXT = st.text(
    st.sampled_from("ab 1.-+*_`~[]()<>&#!|\\:=\"'/é字א👍\n")
    | st.characters(exclude_categories=["C"]),
    max_size=12,
).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))


def _wrapped(names: list[str], content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), content).map(
        lambda p: f"<{p[0]}>{p[1]}</{p[0].split()[0]}>"
    )


INLINE = st.recursive(
    TEXT | st.just("<br>") | st.just('<img src="/a b.png" alt="a *b*">') | _wrapped(["code"], TEXT),
    lambda inner: _wrapped(
        ["b", "em", "strong", "i", "del", "sub", "span", 'a href="/x?(y)&amp;amp;"'],
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
RUN = st.lists(INLINE, max_size=4).map("".join)
ROW = st.tuples(RUN, RUN)
TABLE = st.tuples(ROW, st.lists(ROW, max_size=2)).map(
    lambda t: "<table><thead>"
    + "<tr>" + "".join(f"<th>{c}</th>" for c in t[0]) + "</tr></thead><tbody>"
    + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in t[1])
    + "</tbody></table>"
)  # fmt: skip
BLOCK = st.recursive(
    _wrapped(["p", "h2", "h5", "pre", "figure", "div", 'p lang="de"'], RUN)
    | RUN
    | TABLE
    | st.just("<hr>"),
    lambda inner: (
        _wrapped(
            ["blockquote", "div", "section", "details"], st.lists(inner, max_size=3).map("".join)
        )
        | _wrapped(
            ["ul", "ol", 'ol start="7"'],
            st.lists(_wrapped(["li"], st.lists(inner, max_size=3).map("".join)), max_size=3).map(
                "".join
            ),
        )
    ),
    max_leaves=8,
)


@given(st.lists(BLOCK, max_size=4).map("".join))
def test_markdown_rendered_again_has_the_same_text(html: str) -> None:
    first = render_body(html, SourceFormat.HTML)
    again = render_body(first.markdown, SourceFormat.MARKDOWN)

    assert again.text.split() == first.text.split()
    assert [h.level for h in again.headings] == [h.level for h in first.headings]
