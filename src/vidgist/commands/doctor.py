"""Looks at the machine and the settings and says what works, without spending anything."""

import importlib.metadata
import importlib.util
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from vidgist import __version__, config, registry
from vidgist.config import Settings, providers
from vidgist.engines import local
from vidgist.errors import VidgistError
from vidgist.llm import prompts
from vidgist.store import Store

PACKAGES = ("yt-dlp", "youtube-transcript-api", "openai", "pydantic", "typer", "rich")
EXTRAS = {"png": "resvg_py", "asr": "faster_whisper", "local": "xllamacpp"}
NEEDED_BYTES = 100_000_000


class Finding(NamedTuple):
    """``good`` is None for what is only said."""

    good: bool | None
    subject: str
    text: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything that can be told without the network and without a paid call."""
    yield Finding(
        None, "vidgist", f"{__version__} on Python {platform.python_version()}, {platform.system()}"
    )
    for package in PACKAGES:
        yield Finding(True, package, importlib.metadata.version(package))
    for extra, module in EXTRAS.items():
        has = importlib.util.find_spec(module) is not None
        yield Finding(
            None, f"extra {extra}", "installed" if has else f"absent; pip install 'vidgist[{extra}]'"
        )
    yield from _plugins(settings)
    yield _state(settings)
    yield _output(settings)
    yield _prompt(settings)
    yield from _model(settings)
    yield from _youtube(settings)


def _plugins(settings: Settings) -> Iterator[Finding]:
    found = registry.plugins(settings)
    for plugin in found:
        told = (
            f"{plugin.package}: {plugin.fault.removeprefix(f'{plugin.who}: ')}"
            if plugin.fault
            else plugin.package
        )
        yield Finding(not plugin.fault, f"{plugin.kind} {plugin.name}", told)
    for name in settings.plugins.keys() - {plugin.name for plugin in found}:
        yield Finding(False, f"[plugins.{name}]", "no plug-in of this name is installed")


def _state(settings: Settings) -> Finding:
    try:
        store = Store(settings.state)
    except VidgistError as error:
        return Finding(False, "state", f"{error}; {error.hint}")
    store.close()
    return Finding(True, "state", str(settings.state))


def _output(settings: Settings) -> Finding:
    if settings.output == "-":
        return Finding(None, "output", "standard output")
    place = Path(settings.output).absolute()
    while not place.exists():
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(False, "output", f"{settings.output} cannot be written: {error.strerror}")
    free = shutil.disk_usage(place).free
    return Finding(free > NEEDED_BYTES, "output", f"{settings.output}: {free / 1e9:.1f} GB free")


def _prompt(settings: Settings) -> Finding:
    try:
        prompt = prompts.find(settings.prompt, Path.cwd())
    except VidgistError as error:
        return Finding(False, "prompt", f"{error}; {error.hint}")
    return Finding(True, "prompt", prompt.signature)


def _model(settings: Settings) -> Iterator[Finding]:
    has_key = bool(config.environment().get("OPENAI_API_KEY"))
    yield Finding(None, "OPENAI_API_KEY", "set" if has_key else "not set")
    try:
        provider, name, _ = providers.choose(settings, config.environment())
        yield Finding(None, "model", f"{provider}:{name or _unnamed(provider, settings)}")
        if provider == "local":
            engine = local.create(settings, name)
            yield Finding(True, "weights", f"{engine.model}, a window of {engine.window:,} tokens")
    except VidgistError as error:
        yield Finding(False, "model", f"{error}; {error.hint}")
    if settings.base_url:
        shown = config.without_login(settings.base_url)
        good = settings.base_url.startswith(("http://", "https://")) and bool(_host(settings.base_url))
        yield Finding(good, "base_url", shown if good else f"{shown} is no http(s) URL")


def _unnamed(provider: str, settings: Settings) -> str:
    """What a provider's model is where none is named."""
    row = providers.table().get(provider)
    if row is None:
        return ""
    return row.model if row.model and not settings.base_url else " the first that the server lists"


def _youtube(settings: Settings) -> Iterator[Finding]:
    environ = config.environment()
    proxy = settings.proxy or environ.get("HTTPS_PROXY") or environ.get("https_proxy") or ""
    host = _host(proxy if "://" in proxy else f"http://{proxy}")
    good = None if host or not proxy else False
    yield Finding(good, "proxy", f"by {host}" if host else "no address of a proxy" if proxy else "none")
    if settings.cookies:
        there = Path(settings.cookies).is_file()
        yield Finding(there, "cookies", settings.cookies if there else f"{settings.cookies} is not there")
    yield Finding(None, "pace", f"{settings.pace:g} s between two videos")


def _host(address: str) -> str:
    """The host of an address; empty where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
