"""A real Chromium, one for all tests of a process: a second one beside it cannot be started there."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 120_000.0
"""Milliseconds; a machine may be busy with other things."""

CHROMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def _fonts(folder: Path) -> dict[str, str | float | bool]:
    """Return the environment of a browser with one font, where this machine has none: Chromium ends without."""
    lister = shutil.which("fc-list")
    if lister is None or subprocess.run([lister], capture_output=True, check=False).stdout.strip():
        return {**os.environ}
    noto = find_spec("fontpkg_noto_sans")
    if noto is None or noto.origin is None:
        pytest.skip("no font here, and Chromium ends without one")
    path = folder / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{Path(noto.origin).parent}</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    sync_api = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, CHROMES)), None)
    if program is None:
        pytest.skip("no Chromium here")
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        environment = _fonts(tmp_path_factory.mktemp("fonts"))
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], env=environment)
        yield chromium
        chromium.close()
