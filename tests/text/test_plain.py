import pytest

from pressroom.cms.text.plain import text_of
from pressroom.cms.text.tree import parse_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a\n b</p><p>c<br>d</p>", "a b\n\nc\nd"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "3. a\n  - b\n4. c"),
        ("<table><tr><th>a<td>b</tr><tr><td>c<td>d</table>", "a | b\nc | d"),
        ('<p>see <img alt="a cat" src=x></p>', "see a cat"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a<script>b</script><style>c</style>&amp;&lt;&#x200b;d&nbsp;e", "a&<d e"),
    ],
)
def test_text_reads_well(html, text):
    assert text_of(parse_html(html)) == text
