import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import wxr

from pressroom.cms.transfer.errors import Unreadable
from pressroom.cms.transfer.wordpress import xml
from pressroom.cms.transfer.wordpress.reader import Record, read_records
from pressroom.cms.transfer.wordpress.records import Item

PATH = Path("export.xml")


def _read(source: str | bytes) -> list[Record]:
    content = source.encode() if isinstance(source, str) else source
    return list(read_records(io.BytesIO(content), PATH))


def _refused(source: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        _read(source)
    return refused.value


def test_an_item_is_read_whole() -> None:
    (*_, item) = _read(wxr.export(wxr.item(7, wxr.comment(1), post_name="caf%C3%A9")))
    assert isinstance(item, Item)
    assert (item.id, item.slug, item.comments[0].name) == (7, "café", "Reader 1")


def test_the_namespaces_of_older_exports_are_known() -> None:
    source = wxr.export(wxr.item(7)).replace("export/1.2/", "export/1.0/")
    assert [record.id for record in _read(source) if isinstance(record, Item)] == [7]


def test_malformed_xml_is_refused_with_its_line() -> None:
    refused = _refused(wxr.HEAD + "<item>\n<title>Never closed</item>")
    assert refused.line == wxr.HEAD.count("\n") + 2
    assert "export.xml:8: not well-formed XML: mismatched tag" in str(refused)


def test_a_file_that_ends_too_early_is_refused() -> None:
    assert "no element found" in str(_refused(wxr.HEAD + wxr.item(1)))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_document_types_and_entities_are_refused(doctype: str) -> None:
    source = wxr.export(wxr.item(1)).replace("<rss ", f"{doctype}\n<rss ", 1)
    assert "document type or an entity" in str(_refused(source))


def test_an_undeclared_entity_is_refused() -> None:
    assert "undefined entity" in str(_refused(wxr.export("<item><title>&nbsp;</title></item>")))


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<feed/>", "<feed> stands where <rss> should"),
        ("<rss><channel><title>News</title></channel></rss>", "names no WXR version"),
        (wxr.export(wxr.item(1)).replace(">1.2<", ">9.0<"), "'9.0'"),
        ("", "no element found"),
        (b"\xff\xfe\x00", "not well-formed"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "encoding"),
        ("<rss><channel>" + "<a>" * 100, "nested"),
    ],
)
def test_what_is_no_wordpress_export_is_refused(source: str | bytes, problem: str) -> None:
    assert problem in str(_refused(source))


def test_a_record_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_RECORD", 10_000)
    assert "more than 10,000" in str(_refused(wxr.export(wxr.item(1, content="x" * 20_000))))


class Endless(io.RawIOBase):
    """An export that is made while it is read."""

    def __init__(self, items: int) -> None:
        self._pieces = self._make(items)

    def _make(self, items: int) -> Iterator[bytes]:
        yield wxr.HEAD.encode()
        for number in range(items):
            yield wxr.item(number, content="word " * 2_000).encode()
        yield wxr.TAIL.encode()

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def test_memory_does_not_grow_with_the_file() -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_records(Endless(2_000), PATH))  # type: ignore[arg-type] - it has all that is read
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 2_001
    assert peak < 2_000_000
