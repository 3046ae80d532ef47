"""Which addresses a name may lead to."""

from ipaddress import ip_address

import pytest

from pressroom.cms.media.remote.addresses import is_public


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111"])
def test_the_internet(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:1.1.1.1",
        "::ffff:10.1.2.3",
        "64:ff9b::a01:203",
        "64:ff9b:1::1",
        "2001:0:1::1",
        "2001:db8::1",
        "2002:a01:203::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%2",
        "fec0::1",
        "ff02::1",
    ],
)
def test_networks_of_ones_own(address: str) -> None:
    assert not is_public(ip_address(address))
