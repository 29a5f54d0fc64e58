"""Which proxy stands before a model server."""

import pytest

from vidgist.engines import _addresses, _proxies
from vidgist.errors import ConfigError

FAR = _addresses.read("https://api.example.com/v1")


@pytest.mark.parametrize("url", ["http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1"])
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_this_machine_is_reached_directly(monkeypatch: pytest.MonkeyPatch, url: str, variable: str) -> None:
    monkeypatch.setenv(variable, "http://proxy:3128")
    assert _proxies.before(_addresses.read(url)) is None


@pytest.mark.parametrize(
    ("variable", "value", "url"),
    [
        ("HTTPS_PROXY", "http://proxy:3128", "http://proxy:3128"),
        ("https_proxy", "proxy:3128", "http://proxy:3128"),
        ("ALL_PROXY", "socks5h://proxy:1080", "socks5h://proxy:1080"),
        ("HTTPS_PROXY", " http://u:p@proxy:3128 ", "http://u:p@proxy:3128"),
    ],
)
def test_the_variable_of_the_scheme_decides(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, url: str
) -> None:
    monkeypatch.setenv(variable, value)
    found = _proxies.before(FAR)
    assert found is not None
    assert found.url == url
    assert found.variable == variable.upper()
    assert "u:p" not in found.shown


def test_the_other_scheme_and_exceptions_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:3128")
    assert _proxies.before(FAR) is None
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", "example.com")
    assert _proxies.before(FAR) is None


@pytest.mark.parametrize(
    "value", ["socks://proxy:1080", "socks4://proxy:1080", "ftp://proxy", "http://", "http://[x"]
)
def test_a_proxy_that_is_not_taken_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    with pytest.raises(ConfigError, match="HTTPS_PROXY") as refused:
        _proxies.before(FAR)
    assert "NO_PROXY" in refused.value.hint


def test_a_socks_proxy_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy:1080")
    monkeypatch.setattr(_proxies, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="SOCKS") as refused:
        _proxies.before(FAR)
    assert "socksio" in refused.value.hint
