"""What a stranger's page leads to: not into this machine and its network, unless it is named there itself."""

import pytest

from vidgist.errors import Unreadable
from vidgist.sources import _youtube_dl
from vidgist.sources._private_addresses import leads_inward

INSIDE = [
    *(
        "http://127.0.0.1/",
        "http://localhost:8080/x",
        "http://a.localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
    ),
    *("http://169.254.169.254/latest/meta-data/", "http://[fe80::1%25eth0]/", "http://[fd00::1]/"),
    *("http://10.0.0.1/", "http://172.16.3.4/", "http://192.168.1.1/reboot", "http://100.64.0.1/"),
    *("http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://017700000001/"),
    *("http://[::ffff:127.0.0.1]/", "http://router/", "http://nas.local/", "http://x.internal./"),
    "http://user@127.0.0.1:99/a",
]
OUTSIDE = [
    "https://example.org/a",
    "https://93.184.215.14/",
    "https://[2606:4700::1]/",
    "https://local.example/",
]


@pytest.mark.parametrize("url", INSIDE)
def test_outside_leads_not_inside(url: str) -> None:
    assert leads_inward(url, "https://example.org/feed.xml")
    assert not leads_inward(url, "http://127.0.0.1:4000/feed.xml")


@pytest.mark.parametrize("url", [*OUTSIDE, "", "http://[", "file:///etc/passwd"])
def test_outside_leads_outside(url: str) -> None:
    assert not leads_inward(url, "https://example.org/feed.xml")


def test_no_request_goes_there() -> None:
    _youtube_dl._demand_outward("http://10.0.0.1/", "")
    with pytest.raises(Unreadable, match="leads to an address inside this network"):
        _youtube_dl._demand_outward("http://10.0.0.1/", "https://example.org/page")
