"""The doctor's look at a browser's cookies: read, refused or not had in time, in one line."""

import sqlite3
import threading
from pathlib import Path

import pytest

from vidgist.commands import doctor
from vidgist.commands.findings import Finding
from vidgist.config import Settings
from vidgist.sources import _youtube_dl


def finding(tmp_path: Path, spec: str) -> Finding:
    settings = Settings(model="offline:", state=tmp_path / "state", cookies_from_browser=spec)
    (found,) = [one for one in doctor.examine(settings, network=False) if one.subject == "browser"]
    assert "\n" not in found.text
    return found


def test_a_profile_that_can_be_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cookies.sqlite") as database:
        database.execute(
            "CREATE TABLE moz_cookies (host, name, value, path, expiry, isSecure, originAttributes)"
        )
        database.execute(
            "INSERT INTO moz_cookies VALUES ('.youtube.com', 'PREF', 'x', '/', 4102444800, 1, '')"
        )
    database.close()
    found = finding(tmp_path, f"firefox:{tmp_path}")
    assert (found.good, found.text) == (True, f"1 cookies of firefox:{tmp_path}")


@pytest.mark.parametrize("spec", ["netscape", "firefox:nowhere", "chrome+kwallet9", "chrome:/nowhere", ":x"])
def test_one_that_cannot(tmp_path: Path, spec: str) -> None:
    found = finding(tmp_path, spec)
    assert found.good is False
    assert "--cookies-from-browser" in found.text


def test_a_keyring_that_waits_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(doctor, "BROWSER_SECONDS", 0.01)
    monkeypatch.setattr(_youtube_dl, "browser_cookies", lambda _: (ended.wait(60), ())[1])
    found = finding(tmp_path, "chrome")
    ended.set()
    assert found.good is False
    assert "unlock its keyring" in found.text
