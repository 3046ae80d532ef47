"""Addresses are kept for a year: other bytes need another version, and so another address."""

import hashlib

import pytest

from pressroom.cms.renditions.formats.core import FORMATS
from pressroom.cms.renditions.formats.options import RenditionOptions
from pressroom.cms.renditions.making.discussion import CommentRow

EVERYTHING = """
<p>One <em>two</em> <strong>three</strong> <s>four</s> <code>five</code>
<a href="https://example.org/">six</a><br>
seven<sup class="footnote-ref"><a href="#content-fn1" id="content-fnref1">[1]</a></sup>
H<sub>2</sub>O</p>
<h2 id="heading">Heading</h2>
<blockquote>
<p>quoted</p>
</blockquote>
<ul class="contains-task-list">
<li>
<p>bullet</p>
<ol>
<li>number</li>
</ol>
</li>
<li class="task-list-item">
<p><input class="task-list-item-checkbox" type="checkbox" checked="" disabled=""> done</p>
</li>
</ul>
<pre><code class="language-python">code
</code></pre>
<table>
<thead>
<tr>
<th style="text-align:right">a</th>
<th style="text-align:center">b</th>
</tr>
</thead>
<tbody>
<tr>
<td style="text-align:right">c</td>
<td style="text-align:center">d</td>
</tr>
</tbody>
</table>
<p><img src="/dog.png" alt="A dog" loading="lazy"></p>
<hr>
<p>مرحبا</p>
<hr class="footnotes-sep">
<section class="footnotes">
<ol class="footnotes-list">
<li class="footnote-item" id="content-fn1"><p>A note
<a href="#content-fnref1" class="footnote-backref">↩︎</a></p>
</li>
</ol>
</section>
"""
RECORDED = {
    "PDF": (266203050038963, "1bf9f5e96239754c"),
    "PRINT_HTML": (1, "69de98105a261833"),
    "EPUB": (1, "a5a6d7cbab16b235"),
    "MARKDOWN": (1, "d9722e0b31a13529"),
    "TEXT": (1, "b950e90ac8e3df13"),
}


@pytest.mark.parametrize("name", RECORDED)
def test_other_bytes_have_another_version(make_document, name: str) -> None:
    at = make_document().updated_at
    rows = tuple(CommentRow(depth, "R", "<p>Reply</p>", at, depth == 1) for depth in range(3))
    document = make_document(EVERYTHING, comments=rows, comment_count=2)
    wanted = FORMATS.named(name)
    content = wanted.render(document, RenditionOptions(comments=True)).content
    found = (wanted.version, hashlib.sha256(content).hexdigest()[:16])
    assert found == RECORDED[name], (
        "The bytes are others than before. If a release went out with those, raise the format's "
        "`version` (or `DOCUMENT_VERSION`); then record what was found here."
    )
