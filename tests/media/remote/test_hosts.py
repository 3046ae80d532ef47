"""Which addresses are at a host that was listed."""

import pytest

from pressroom.cms.media.remote.hosts import Hosts
from pressroom.cms.settings import InvalidSetting

LISTED = Hosts(["cdn.example", "Other.example:8080", "10.0.0.7", "[::1]:81", "bücher.example"])


@pytest.mark.parametrize(
    ("address", "authority", "path"),
    [
        ("http://cdn.example/a.png", "cdn.example", "/a.png"),
        ("https://CDN.example:443/a.png#x", "cdn.example", "/a.png"),
        ("https://cdn.example", "cdn.example", "/"),
        ("http://cdn.example/ä b\r\nX: y?q=ö", "cdn.example", "/%C3%A4%20bX:%20y?q=%C3%B6"),
        ("http://other.example:8080/", "other.example:8080", "/"),
        ("http://10.0.0.7/", "10.0.0.7", "/"),
        ("http://[0:0::1]:81/", "[::1]:81", "/"),
        ("http://xn--bcher-kva.example/", "xn--bcher-kva.example", "/"),
        ("http://BÜCHER.example/", "xn--bcher-kva.example", "/"),
    ],
)
def test_what_is_at_one_of_them(address: str, authority: str, path: str) -> None:
    target = LISTED.target(address)
    assert target is not None
    assert (target.authority, target.path) == (authority, path)
    assert target.is_secure == address.startswith("https")


@pytest.mark.parametrize(
    "address",
    [
        "http://example/",
        "http://a.cdn.example/",
        "http://cdn.example.evil/",
        "http://cdn.example:81/",
        "http://cdn.example:443/",
        "http://cdn.example@evil.example/",
        "http://me:secret@cdn.example/",
        "http://other.example/",
        "http://10.0.0.7:81/",
        "http://[::1]/",
        "http://167772167/",
        "http://cdn.example:x/",
        "http://[cdn.example/",
        "ftp://cdn.example/",
        "file://cdn.example/etc/passwd",
        "//cdn.example/a.png",
        "/a.png",
        "",
    ],
)
def test_what_is_not(address: str) -> None:
    assert LISTED.target(address) is None


@pytest.mark.parametrize(
    "entry", ["http://cdn.example", "cdn.example/x", "*", "*.example", "a b", "x:y", "::1", "a..b"]
)
def test_an_entry_that_is_no_host(entry: str) -> None:
    with pytest.raises(InvalidSetting, match="PRESSROOM_IMAGE_HOSTS"):
        Hosts([entry])
