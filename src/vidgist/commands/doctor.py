"""Looks at the machine and the settings and says what works, without spending anything."""

import importlib.metadata
import importlib.util
import io
import platform
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from vidgist import __version__, config, registry
from vidgist.commands import doctor_model
from vidgist.commands.findings import SECONDS, Finding, advised
from vidgist.config import Settings
from vidgist.engines import _addresses as addresses
from vidgist.errors import VidgistError, from_checkout
from vidgist.llm import prompts
from vidgist.run import inputs
from vidgist.store import Store

PACKAGES = ("yt-dlp", "youtube-transcript-api", "openai", "pydantic", "typer", "rich")
EXTRAS = {"png": "resvg_py", "asr": "faster_whisper", "local": "xllamacpp"}
_SITE = "youtube"
NEEDED_BYTES = 100_000_000
BROWSER_SECONDS = 20.0


def examine(settings: Settings, wanted: Sequence[str] = (), *, network: bool = True) -> Iterator[Finding]:
    """Yield every finding that needs no paid call; ``network`` False: without a connection.

    ``wanted`` are the inputs of the next run; without any it is taken for one of the same sites as those
    before it.
    """
    yield Finding(
        None, "vidgist", f"{__version__} on Python {platform.python_version()}, {platform.system()}"
    )
    for package in PACKAGES:
        yield Finding(True, package, importlib.metadata.version(package))
    for extra, module in EXTRAS.items():
        has = importlib.util.find_spec(module) is not None
        yield Finding(None, f"extra {extra}", "installed" if has else f"absent; {from_checkout(extra)}")
    yield from _plugins(settings)
    yield _state(settings)
    yield _output(settings)
    yield _prompt(settings)
    if settings.base_url:
        yield _base_url(settings)
    yield from doctor_model.examine(settings, network=network)
    routed, faults = _routed(settings, wanted)
    yield from faults
    yield from _youtube(settings, routed or ([] if wanted else _visited(settings)), network=network)


def _plugins(settings: Settings) -> Iterator[Finding]:
    found = registry.plugins(settings)
    for plugin in found:
        detail = (
            f"{plugin.package}: {plugin.fault.removeprefix(f'{plugin.who}: ')}"
            if plugin.fault
            else plugin.package
        )
        yield Finding(not plugin.fault, f"{plugin.kind} {plugin.name}", detail)
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
        prompt = prompts.find(settings.prompt, config.current_folder())
    except VidgistError as error:
        return Finding(False, "prompt", f"{error}; {error.hint}")
    return Finding(True, "prompt", prompt.signature)


def _base_url(settings: Settings) -> Finding:
    shown = config.without_login(settings.base_url)
    try:
        addresses.read(settings.base_url)
    except VidgistError as error:
        return Finding(False, "base_url", f"{shown}: {advised(error)}")
    return Finding(None, "base_url", shown)


def _routed(settings: Settings, wanted: Sequence[str]) -> tuple[list[str], list[Finding]]:
    """Return the names of the sources that take these inputs, and what is wrong with the others."""
    names, faults = list[str](), list[Finding]()
    if wanted:
        with registry.opened(settings) as sources:
            for ref in inputs.read(wanted, None, io.StringIO()):
                try:
                    source = inputs.route(ref, sources)
                    names.append(source.name)
                    if source.remote or source.lists(ref.text):
                        continue
                    item = next(source.expand(ref), None)
                    if item is not None and not item.recording:
                        source.fetch(item, settings.captions)
                except VidgistError as error:
                    faults.append(Finding(False, "input", f"{ref.text}: {advised(error)}"))
    return names, faults


def _visited(settings: Settings) -> list[str]:
    """Return the sources of what is in the notes folder, as far as the state knows of it."""
    folder = str(Path(settings.output).absolute())
    try:
        with closing(Store(settings.state)) as store:
            return [job.item.source for job in store.jobs.all(folder)]
    except VidgistError:
        return []


def _youtube(settings: Settings, names: Sequence[str], *, network: bool) -> Iterator[Finding]:
    environ = config.environment()
    proxy = settings.proxy or environ.get("HTTPS_PROXY") or environ.get("https_proxy") or ""
    host = _host(proxy if "://" in proxy else f"http://{proxy}")
    good = None if host or not proxy else False
    yield Finding(good, "proxy", f"by {host}" if host else "no address of a proxy" if proxy else "none")
    if settings.cookies:
        there = Path(settings.cookies).is_file()
        yield Finding(there, "cookies", settings.cookies if there else f"{settings.cookies} is not there")
    if settings.cookies_from_browser:
        yield _browser(settings.cookies_from_browser)
    yield Finding(None, "pace", f"{settings.pace:g} s between two videos")
    if network:
        yield _site(settings, is_wanted=_SITE in names)


def _site(settings: Settings, *, is_wanted: bool) -> Finding:
    """Return whether YouTube's first page is answered; that is bad only where a run goes there."""
    try:
        registry.look_at_site(settings, SECONDS)
    except VidgistError as error:
        addition = "" if is_wanted else "; what lies on this machine is done all the same"
        return Finding(False if is_wanted else None, "YouTube", f"{advised(error)}{addition}")
    return Finding(True, "YouTube", "its first page answers")


def _browser(spec: str) -> Finding:
    """Return whether the cookies of a browser can be read; a keyring that waits for a password is let be."""
    findings: list[Finding] = []

    def read() -> None:
        try:
            found = registry.browser_cookies(spec)
        except VidgistError as error:
            findings.append(Finding(False, "browser", f"{error}; {error.hint}"))
        else:
            findings.append(Finding(bool(found), "browser", f"{found:,} cookies of {spec}"))

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(BROWSER_SECONDS)
    late = Finding(False, "browser", f"{spec} was not read within {BROWSER_SECONDS:g} s; unlock its keyring")
    return next(iter(findings), late)


def _host(address: str) -> str:
    """Return the host of an address; empty where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
