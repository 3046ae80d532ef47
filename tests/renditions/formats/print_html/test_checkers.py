"""What others' checkers say of the printable page.

They are not among what the tests install: `VNU_JAR` names the checker of the W3C (npm `vnu-jar`),
`AXE_CORE` the script `axe.min.js` (npm `axe-core`), which Chromium runs.
"""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from renditions.formats.epub import samples

from pressroom.cms.renditions.formats.options import PrintLinks, RenditionOptions
from pressroom.cms.renditions.formats.print_html.format import PrintHtml
from pressroom.cms.renditions.making.discussion import CommentRow

VNU, AXE = os.environ.get("VNU_JAR", ""), os.environ.get("AXE_CORE", "")
CHROMIUM = shutil.which("chromium") or ""

_ASK = """axe.run(document, {resultTypes: ["violations"]}).then(found => {
  document.body.innerHTML = "<pre id='found'></pre>";
  document.getElementById("found").textContent = JSON.stringify(found.violations);
})"""


@pytest.fixture(params=PrintLinks)
def page(make_document, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    at = datetime(2018, 2, 23, tzinfo=UTC)
    rows = tuple(
        CommentRow(depth, "Reader", f"<p>Reply {depth}</p>", at, depth == 1)
        for depth in (0, 1, 2, 3, 4, 5, 6, 0)
    )
    document = make_document(samples.html_of(samples.RICH), comments=rows, comment_count=9)
    options = RenditionOptions(comments=True, links=request.param)
    path = tmp_path / "page.html"
    path.write_bytes(PrintHtml().render(document, options).content)
    return path


@pytest.mark.skipif(not (VNU and shutil.which("java")), reason="needs VNU_JAR and Java")
def test_it_is_valid(page: Path) -> None:
    command = ["java", "-jar", VNU, "--Werror", "--format", "text", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not (AXE and CHROMIUM), reason="needs AXE_CORE and Chromium")
def test_nobody_is_shut_out(page: Path) -> None:
    script = Path(AXE).read_text(encoding="utf-8").replace("</script", "<\\/script")
    asking = f"<script>{script}</script><script>{_ASK}</script></body>"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", asking), encoding="utf-8")
    given = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000")
    command = [CHROMIUM, *given, "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None
    assert json.loads(unescape(found[1])) == []
