"""Keys, cookies and passwords are sent where they belong and stand nowhere else, whatever goes wrong."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import Fault
from tests.faults.conftest import Ended, Vidgist
from vidgist.config import trust

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("patient")]

KEY = "key-of-nobody-4f9a8b7c6d"
LOGIN, PASSWORD = "proxyuser", "proxy-secret-77aa"
SERVER_PASSWORD = "server-secret-31bb"
COOKIE = "cookie-secret-93cc"
SECRETS = (KEY, PASSWORD, SERVER_PASSWORD, COOKIE)
VIDEO = "bread_talk1"


@pytest.fixture(scope="module")
def guarded() -> Iterator[YouTube]:
    """A site behind a proxy that wants a password."""
    with YouTube(credentials=f"{LOGIN}:{PASSWORD}") as site:
        yield site


@pytest.fixture
def command(guarded: YouTube, llm: Llm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A run that knows every secret there is: from the environment, flags, and a file."""
    guarded.renew()
    for name, value in guarded.environment.items():
        if name != "HTTPS_PROXY":
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    cookies = tmp_path / "given" / "cookies.txt"
    cookies.parent.mkdir()
    cookies.write_text(
        f"# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t2147483647\tSID\t{COOKIE}\n"
    )
    proxy = guarded.proxy.replace("//", f"//{LOGIN}:{PASSWORD}@")
    where = [
        "--base-url",
        llm.base_url,
        "--model",
        "openai:small",
        "--proxy",
        proxy,
        "--cookies",
        str(cookies),
    ]
    return ["run", VIDEO, "--pace", "0", "--block-wait", "0", "-v", "--format", "txt,md,json,html", *where]


def _nowhere(folder: Path, *ended: Ended) -> None:
    """No secret in what was shown, nor in any file but those that were given; not in the memory's packed text."""
    shown = [(f"output {number}", (one.out + one.err).encode()) for number, one in enumerate(ended)]
    files = [(str(path), path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    kept = [(name, data) for name, data in files if f"{folder}/given/" not in name]
    database = sqlite3.connect(folder / "state" / "state.db")
    packed = [
        (f"memory {kind}", zlib.decompress(body))
        for kind, body in database.execute("SELECT kind, body FROM memo")
    ]
    rows = [
        (f"table {table}", repr(database.execute(f"SELECT * FROM {table}").fetchall()).encode())
        for table in ("job", "name", "run", "batch", "batch_line")
    ]
    database.close()
    for name, data in (*shown, *kept, *packed, *rows):
        for secret in SECRETS:
            assert secret.encode() not in data, f"{secret} in {name}"


def _others(vidgist: Vidgist) -> list[Ended]:
    """Every command that tells of settings and of past runs."""
    words = ("status", "status --json", "config", "config --json", "doctor --no-network")
    return [vidgist(*line.split()) for line in words]


def test_a_good_run_sends_the_secrets_and_keeps_none(
    vidgist: Vidgist, llm: Llm, guarded: YouTube, command: list[str], tmp_path: Path
) -> None:
    llm.api_key = KEY
    ended = vidgist(*command, "--json-events")
    assert ended.code == 0, ended
    assert any(COOKIE in cookies for cookies in guarded.cookies)
    _nowhere(tmp_path, ended, *_others(vidgist))


@pytest.mark.parametrize(
    "rule",
    [
        Rule("bad_request", message=f"key {KEY} is odd"),
        Rule("auth", message=f"Incorrect API key provided: {KEY}."),
        Rule("quota", message=f"{KEY} has no credit: insufficient_quota"),
        Rule("rate_limit", message=f"slow down, {KEY}"),
        Rule("no_model", message=f"The model `x` does not exist for {KEY}"),
        Rule("server_error", message=f"Authorization: Bearer {KEY}"),
        Rule("truncated"),
        Rule("reset"),
        Rule("not_json"),
        Rule("refusal"),
        Rule("invalid_json"),
    ],
    ids=lambda rule: rule.fault,
)
def test_a_server_that_repeats_the_secrets(
    vidgist: Vidgist, llm: Llm, command: list[str], tmp_path: Path, rule: Rule
) -> None:
    llm.rules = [rule]
    ended = vidgist(*command, "--json-events")
    assert ended.code in (1, 3), ended
    assert llm.chats
    assert rule.used
    _nowhere(tmp_path, ended, *_others(vidgist))


def test_a_login_in_the_address_of_the_server(
    vidgist: Vidgist, llm: Llm, monkeypatch: pytest.MonkeyPatch, command: list[str], tmp_path: Path
) -> None:
    """It is sent in the key's place, and this server takes keys only."""
    server = llm.base_url.replace("//", f"//someone:{SERVER_PASSWORD}@")
    command[command.index("--base-url") + 1] = server
    ended = vidgist(*command)
    assert ended.code == 3, ended
    assert llm.chats[0].headers["authorization"].startswith("Basic ")
    monkeypatch.setenv("VIDGIST_BASE_URL", server)
    _nowhere(tmp_path, ended, *_others(vidgist))


@pytest.mark.parametrize("kind", ["private", "captcha", "bot", "reset", "garbled", "locked", "login"])
def test_a_site_that_refuses(
    vidgist: Vidgist, guarded: YouTube, command: list[str], tmp_path: Path, kind: str
) -> None:
    guarded.spoil(VIDEO, Fault(kind))
    ended = vidgist(*command)
    assert ended.code in (1, 3), ended
    _nowhere(tmp_path, ended, *_others(vidgist))


@pytest.mark.parametrize(
    "proxy",
    [
        f"http://{LOGIN}:{PASSWORD}x@127.0.0.1:9",
        f"http://{LOGIN}:{PASSWORD}@127.0.0.1:99999",
        f"http://{LOGIN}:{PASSWORD}@",
        f"http://{LOGIN}:{PASSWORD}@[::1",
        f"gopher://{LOGIN}:{PASSWORD}@127.0.0.1:9",
        f"{LOGIN}:{PASSWORD}@127.0.0.1:9",
        f"http://{LOGIN}:{PASSWORD}\x07@127.0.0.1:9",
    ],
)
@pytest.mark.parametrize("place", ["flag", "HTTPS_PROXY", "VIDGIST_PROXY", "vidgist.toml"])
def test_a_proxy_that_cannot_be_used(
    vidgist: Vidgist,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    tmp_path: Path,
    proxy: str,
    place: str,
) -> None:
    vidgist("status")
    at = command.index("--proxy")
    rest = command[:at] + command[at + 2 :]
    if place == "vidgist.toml":
        (tmp_path / "given" / "vidgist.toml").write_text(f"proxy = {json.dumps(proxy)}\n")
        (tmp_path / "vidgist.toml").symlink_to(tmp_path / "given" / "vidgist.toml")
        trust.trust(tmp_path)
    elif place != "flag":
        monkeypatch.setenv(place, proxy)
    ended = vidgist(*rest, *(["--proxy", proxy] if place == "flag" else []))
    assert ended.code in (1, 2, 3), ended
    assert "Traceback" not in ended.err
    assert "a bug" not in ended.err, ended.err
    others = _others(vidgist)
    (tmp_path / "vidgist.toml").unlink(missing_ok=True)
    _nowhere(tmp_path, ended, *others)


@pytest.mark.parametrize(
    "server",
    [
        f"http://someone:{SERVER_PASSWORD}@127.0.0.1:9/v1",
        f"http://someone:{SERVER_PASSWORD}@127.0.0.1:99999/v1",
        f"ftp://someone:{SERVER_PASSWORD}@127.0.0.1/v1",
        f"http://someone:{SERVER_PASSWORD}@[::1/v1",
        f"someone:{SERVER_PASSWORD}@127.0.0.1",
    ],
)
def test_a_server_that_cannot_be_used(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, command: list[str], tmp_path: Path, server: str
) -> None:
    vidgist("status")
    command[command.index("--base-url") + 1] = server
    ended = vidgist(*command)
    assert ended.code in (1, 2, 3), ended
    assert "a bug" not in ended.err, ended.err
    monkeypatch.setenv("OPENAI_BASE_URL", server)
    _nowhere(tmp_path, ended, *_others(vidgist))


@pytest.mark.parametrize(
    "line",
    [
        f".youtube.com\tTRUE\t/\tTRUE\t0\tSID {COOKIE}",
        f'{{"SID": "{COOKIE}"}}',
        f"Cookie: SID={COOKIE}",
        f".youtube.com\tTRUE\t/\tTRUE\tnever\tSID\t{COOKIE}\textra",
        f".youtube.com\tTRUE\t/\tTRUE\t99999999999999999999\tSID\t{COOKIE}",
        f"youtube.com\tmaybe\tx\t\t-1\t\t{COOKIE}",
    ],
)
def test_a_cookie_file_of_another_kind(
    vidgist: Vidgist, command: list[str], tmp_path: Path, line: str
) -> None:
    vidgist("status")
    (tmp_path / "given" / "cookies.txt").write_text(f"{line}\n")
    ended = vidgist(*command)
    assert "Traceback" not in ended.err
    assert "a bug" not in ended.err, ended.err
    _nowhere(tmp_path, ended)


@pytest.mark.parametrize("key", [f"{KEY}\nX-Other: 1", f"{KEY}é", f"{KEY}\x7f", f"Bearer {KEY}", f'"{KEY}"'])
def test_a_key_that_no_header_takes(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, command: list[str], tmp_path: Path, llm: Llm, key: str
) -> None:
    vidgist("status")
    llm.api_key = KEY
    monkeypatch.setenv("OPENAI_API_KEY", key)
    ended = vidgist(*command)
    assert ended.code in (2, 3), ended
    assert "a bug" not in ended.err, ended.err
    _nowhere(tmp_path, ended, *_others(vidgist))


def test_a_batch_keeps_no_secret_and_is_collected_with_those_of_the_day(
    vidgist: Vidgist, llm: Llm, monkeypatch: pytest.MonkeyPatch, command: list[str], tmp_path: Path
) -> None:
    ended = vidgist(*command, "--batch")
    assert ended.code == 0, ended
    _nowhere(tmp_path, ended, *_others(vidgist))
    monkeypatch.setenv("VIDGIST_PROXY", command[command.index("--proxy") + 1])
    told = [vidgist("collect", "-v") for _ in range(6)]
    assert "no batch is open" in told[-1].err, told[-1]
    assert list((tmp_path / "notes").glob("*.txt"))
    _nowhere(tmp_path, *told, *_others(vidgist))


def test_secrets_in_files_of_settings_are_not_told(
    vidgist: Vidgist, command: list[str], tmp_path: Path
) -> None:
    vidgist("status")
    given = tmp_path / "given" / "vidgist.toml"
    (tmp_path / "vidgist.toml").symlink_to(given)
    told = []
    for text in (f'api_key = "{KEY}"', f'proxy = ["{PASSWORD}"]', f'proxy = "{PASSWORD}', f'jobs = "{KEY}"'):
        given.write_text(text)
        trust.trust(tmp_path)
        told.append(vidgist(*command[:2]))
        assert told[-1].code == 2
    (tmp_path / "vidgist.toml").unlink()
    _nowhere(tmp_path, *told[:1], *told[2:3])
