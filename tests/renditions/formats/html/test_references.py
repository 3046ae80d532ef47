import pytest

from pressroom.cms.renditions.formats.html.references import reference


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("http://example.org/ä b/%zz/%41", "http://example.org/%C3%A4%20b/%25zz/%41"),
        ("http://exämple.org:8080/", "http://exämple.org:8080/"),
        ("http://me:pass word@Example.org/", "http://me:pass%20word@example.org/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("mailto:a b@example.org?subject=x", "mailto:a%20b@example.org?subject=x"),
        ("tel:+1 2", "tel:+1%202"),
    ],
)
def test_addresses_are_written_so_that_every_parser_takes_them(address: str, written: str) -> None:
    assert reference(address) == written


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http:///path",
        "http://..",
        "http://a..b/",
        "http://a{b}/",
        "http://[::1",
        "http://[x]/",
        "http://host:99999/",
        "http://host:x/",
        "http://0x7f.1/",
        "http://999.1.1.1/",
    ],
)
def test_what_leads_nowhere_is_no_reference(address: str) -> None:
    assert reference(address) is None
