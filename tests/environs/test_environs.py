"""Each environment of docs/environments.md: the run works, or ends with 2 and a line that names the cause.

Whatever else happens, no line calls it a bug, and what has nothing to do with the fault is done. Rows that
need the rights of root are passed over without them.
"""

import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = [
    pytest.mark.environs,
    pytest.mark.skipif(sys.platform == "win32", reason="the environments of POSIX systems"),
]

TALK = (
    "1\n00:00:00,000 --> 00:00:05,000\nA kettle knows when to stop because steam bends a strip of two metals.\n\n"
    "2\n00:00:05,000 --> 00:00:10,000\nThe lid must be shut, or the steam never reaches the switch.\n"
)
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="needs root and setpriv",
)
PROGRAM = f"{sys.executable} -P -m vidgist"


class Ended(NamedTuple):
    code: int
    out: str
    err: str
    notes: tuple[str, ...]


Run = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder that everybody can use, with a talk in it."""
    for path in (tmp_path, *list(tmp_path.parents)[:3]):
        with suppress(OSError):
            path.chmod(path.stat().st_mode | 0o755)
    tmp_path.chmod(0o777)
    (tmp_path / "home").mkdir(mode=0o777)
    (tmp_path / "home").chmod(0o777)
    (tmp_path / "talk.srt").write_text(TALK)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a line of bash in the folder with a bare environment, ``$V`` for the program."""

    def run(line: str, **environ: str | None) -> Ended:
        bare = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "VIDGIST_MODEL": "offline:",
            "VIDGIST_STATE": str(folder / "state"),
            "V": PROGRAM,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        given = {name: value for name, value in (bare | environ).items() if value is not None}
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=folder,
            env=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
            check=False,
        )
        notes = (
            sorted(path.name for path in (folder / "notes").glob("*.txt")) if _seen(folder / "notes") else []
        )
        assert "a bug" not in done.stdout + done.stderr, done.stderr
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr, tuple(notes))

    return run


def _seen(path: Path) -> bool:
    try:
        return path.is_dir() and bool(path.stat().st_mode & stat.S_IRUSR)
    except OSError:
        return False


def works(ended: Ended) -> None:
    assert ended.code == 0, ended.err
    assert ended.notes == ("talk-talk.txt",)


def refused(ended: Ended, *told: str) -> None:
    """Code 2, one line with the cause and one with what to do at most, and no record."""
    assert ended.code == 2, ended.err
    assert all(text in ended.err for text in told), ended.err
    assert len(ended.err.splitlines()) <= 2
    assert ended.notes == ()


# The person


def test_home_unset(run: Run) -> None:
    works(run("$V run talk.srt -q", HOME=None))


def test_home_empty(run: Run) -> None:
    works(run("$V run talk.srt -q", HOME=""))


def test_home_missing(run: Run) -> None:
    works(run("$V run talk.srt -q", HOME="/nowhere/at/all"))


def test_home_not_utf8(run: Run, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/h\xff")).mkdir()
    works(run("$V run talk.srt -q", HOME=os.fsdecode(os.fsencode(folder) + b"/h\xff")))


def test_home_is_a_file(run: Run, folder: Path) -> None:
    refused(run("$V run talk.srt", HOME=str(folder / "talk.srt")), "config.toml: Not a directory")


@needs_root
def test_unknown_user_without_home(run: Run) -> None:
    ended = run("setpriv --reuid 54321 --clear-groups $V run talk.srt -q", HOME=None, VIDGIST_STATE=None)
    refused(ended, "the home folder of this user is not known", "set HOME, or name the state with --state")


@needs_root
@pytest.mark.parametrize("how", ["", "--state {}/kept"])
def test_unknown_user_with_a_state_named(run: Run, folder: Path, how: str) -> None:
    named = {} if not how else {"VIDGIST_STATE": None}
    unknown = "setpriv --reuid 54321 --clear-groups $V"
    works(run(f"{unknown} run talk.srt -q {how.format(folder)}", HOME=None, **named))
    for told in ("trust", "prompts copy summary", "config init"):
        refused(run(f"cd home; {unknown} {told}", HOME=None)._replace(notes=()), "set HOME")


@needs_root
def test_unknown_user_with_folders_named(run: Run, folder: Path) -> None:
    named = {"XDG_CONFIG_HOME": str(folder / "c"), "XDG_DATA_HOME": str(folder / "d"), "VIDGIST_STATE": None}
    works(run("setpriv --reuid 54321 --clear-groups $V run talk.srt -q", HOME=None, **named))


@needs_root
def test_configuration_of_another_user(run: Run, folder: Path) -> None:
    config = folder / "home" / ".config" / "vidgist"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("jobs = 2\n")
    (config / "config.toml").chmod(0o600)
    refused(run("setpriv --reuid 54321 --clear-groups $V run talk.srt"), "config.toml: Permission denied")


def test_configuration_is_a_folder(run: Run, folder: Path) -> None:
    (folder / "home" / ".config" / "vidgist" / "config.toml").mkdir(parents=True)
    refused(run("$V run talk.srt"), "config.toml: ")


def test_a_timer_of_cron(run: Run) -> None:
    works(
        run(
            "env -i HOME=$HOME VIDGIST_STATE=$VIDGIST_STATE PYTHONPATH=$PYTHONPATH $V run talk.srt --model offline: -q </dev/null"
        )
    )


# Names and languages


def test_a_name_that_is_not_utf8_in_a_folder(run: Run, folder: Path) -> None:
    (folder / "talks").mkdir()
    shutil.copy(folder / "talk.srt", os.fsdecode(os.fsencode(folder) + b"/talks/w\xe9ll.srt"))
    shutil.copy(folder / "talk.srt", folder / "talks" / "good.srt")
    ended = run("$V run talks")
    assert ended.code == 0, ended.err
    assert len(ended.notes) == 2


def test_a_name_that_is_not_utf8_in_a_list(run: Run, folder: Path) -> None:
    (folder / "list.txt").write_bytes(b"w\xe9ll.srt\ntalk.srt\n\xff\xfe.srt\n")
    ended = run("$V run --from-file list.txt")
    assert ended.code in (0, 1), ended.err
    assert "talk-talk.txt" in ended.notes


def test_a_locale_that_cannot_name_a_file(run: Run, folder: Path) -> None:
    shutil.copy(folder / "talk.srt", folder / "水壶.srt")
    ended = run("$V run 水壶.srt talk.srt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.code == 0, ended.err
    assert ended.notes == ("talk-talk.txt", "水壶-水壶.txt")


def test_a_locale_that_does_not_exist(run: Run) -> None:
    works(run("$V run talk.srt -q", LC_ALL="xx_YY.FOO"))


def test_a_stream_in_another_encoding(run: Run, folder: Path) -> None:
    shutil.copy(folder / "talk.srt", folder / "水壶.srt")
    ended = run("$V run 水壶.srt && $V status && $V show notes/*.txt", PYTHONIOENCODING="cp1252:strict")
    assert ended.code == 0, ended.err


def test_a_terminal_that_lacks_a_letter(run: Run, folder: Path) -> None:
    shutil.copy(folder / "talk.srt", folder / "水壶.srt")
    assert run("$V run 水壶.srt -q").code == 0
    code, shown = in_a_terminal(folder, "status", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert code == 0
    assert b"1 done" in shown


def test_a_name_of_255_letters(run: Run, folder: Path) -> None:
    shutil.copy(folder / "talk.srt", folder / f"{'k' * 251}.srt")
    ended = run("$V run k*.srt talk.srt -q")
    assert (ended.code, len(ended.notes)) == (0, 2), ended.err


# The terminal and the streams


def in_a_terminal(folder: Path, *arguments: str, **environ: str) -> tuple[int, bytes]:
    """The exit code of a command in a terminal of its own, and what it showed."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "VIDGIST_MODEL": "offline:"}
    given = (
        bare
        | {"VIDGIST_STATE": str(folder / "state"), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        | environ
    )
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-P", "-m", "vidgist", *arguments], given)
    shown = b""
    with suppress(OSError):
        while piece := os.read(terminal, 65536):
            shown += piece
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert b"a bug" not in shown, shown.decode(errors="replace")
    return os.waitstatus_to_exitcode(status), shown


@pytest.mark.parametrize("term", ["dumb", "unknown-terminal", "", "xterm-256color"])
def test_terminal(folder: Path, term: str) -> None:
    code, shown = in_a_terminal(folder, "run", "talk.srt", TERM=term, LC_ALL="C.UTF-8")
    assert (code, b"1 done" in shown) == (0, True), shown
    if term == "dumb":
        assert b"\x1b" not in shown


def test_no_color(folder: Path) -> None:
    code, shown = in_a_terminal(folder, "run", "talk.srt", TERM="xterm", NO_COLOR="1", LC_ALL="C.UTF-8")
    assert code == 0
    assert not re.search(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|9[0-7]|38)[;m]", shown), shown


def test_sizes_of_a_terminal_that_are_none(run: Run) -> None:
    works(run("$V run talk.srt && $V status && $V doctor --no-network >/dev/null", COLUMNS="abc", LINES="-3"))
    assert run("$V status && $V prompts list", COLUMNS="1").code == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(run: Run, closed: str) -> None:
    works(run(f"$V run talk.srt {closed}"))


def test_a_list_from_a_closed_input(run: Run) -> None:
    refused(run("$V run --from-file - <&-"), "nothing to do")


def test_results_into_a_full_device(run: Run) -> None:
    ended = run("$V run talk.srt -o - >/dev/full")
    assert (ended.code, "No space left" in ended.err) == (3, True), ended.err


def test_results_that_are_not_read(run: Run) -> None:
    ended = run("$V run talk.srt -o - | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}")
    assert ended.code in (0, 3), ended.err


# Folders


def test_the_current_folder_is_deleted(run: Run, folder: Path) -> None:
    begun = "mkdir gone && cd gone && rmdir ../gone && $V"
    refused(run(f"{begun} run {folder}/talk.srt"), "the current folder is not there any more", "whole paths")
    works(run(f"{begun} run {folder}/talk.srt -o {folder}/notes -q"))
    ended = run(f"{begun} run talk.srt {folder}/talk.srt -o {folder}/notes --fresh")
    assert (ended.code, "1 done, 1 failed" in ended.err) == (1, True), ended.err
    assert run(f"{begun} search kettle {folder}/notes").out.startswith(" 1. talk")


@pytest.mark.parametrize("name", ["../notes", "./notes", "link", "notes/."])
def test_one_folder_under_two_names(run: Run, folder: Path, name: str) -> None:
    (folder / "notes").mkdir()
    (folder / "link").symlink_to(folder / "notes")
    (folder / "below").mkdir()
    name = f"../{name}" if name == "../notes" else name
    assert run("$V run talk.srt -q").code == 0
    where = (
        f"cd below && $V run ../talk.srt -o {name.replace('../../', '../')}"
        if ".." in name
        else f"$V run talk.srt -o {name}"
    )
    ended = run(where)
    assert ended.code == 0, ended.err
    assert ended.notes == ("talk-talk.txt",)


@needs_root
def test_a_folder_that_refuses_fsync(run: Run, folder: Path) -> None:
    """A folder with mode 0333 takes files and cannot be opened, so not be flushed either."""
    (folder / "notes").mkdir(mode=0o777)
    (folder / "notes").chmod(0o333)
    ended = run("setpriv --reuid 54321 --clear-groups $V run talk.srt -q")
    assert ended.code == 0, ended.err
    (folder / "notes").chmod(0o777)
    assert [path.name for path in (folder / "notes").glob("*.txt")] == ["talk-talk.txt"]


@needs_root
def test_a_folder_that_cannot_be_written(run: Run, folder: Path) -> None:
    (folder / "notes").mkdir(mode=0o555)
    ended = run("setpriv --reuid 54321 --clear-groups $V run talk.srt")
    assert ended.code in (1, 2, 3), ended.err
    assert "Permission denied" in ended.err
    assert ended.notes == ()


@needs_root
def test_a_state_that_cannot_be_written(run: Run, folder: Path) -> None:
    (folder / "state").mkdir(mode=0o555)
    refused(
        run("setpriv --reuid 54321 --clear-groups $V run talk.srt"), "the state folder", "Permission denied"
    )


def test_a_state_that_is_a_file(run: Run, folder: Path) -> None:
    (folder / "state").touch()
    refused(run("$V run talk.srt"), "the state folder")


def test_no_temporary_folder(run: Run) -> None:
    works(run("$V run talk.srt -q", TMPDIR="/nowhere"))


@pytest.fixture
def small(folder: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    disk = folder / "small"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k,mode=777", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=False)


@needs_root
def test_a_full_disk_for_notes(run: Run, small: Path) -> None:
    (small / "ballast").write_bytes(bytes(200 * 1024 - 4096))
    ended = run("head -c 4096 /dev/zero >> small/ballast; $V run talk.srt -o small/notes")
    assert (ended.code, "No space left" in ended.err) == (3, True), ended.err
    assert not [path for path in small.rglob("*.txt") if path.stat().st_size == 0]


@needs_root
def test_a_full_disk_for_the_state(run: Run, small: Path) -> None:
    ended = run(
        "head -c 300000 /dev/zero > small/ballast 2>/dev/null; $V run talk.srt",
        VIDGIST_STATE=str(small / "state"),
    )
    refused(ended, "the state folder", "free some space")


# Limits


@needs_root
def test_no_more_threads(run: Run) -> None:
    ended = run("ulimit -u 1; exec setpriv --reuid 54322 --clear-groups $V run talk.srt")
    assert ended.code in (0, 2, 3), ended.err


@pytest.mark.parametrize(
    "limit", ["-n 24", "-v 400000", "-s 256", "-c 0"], ids=["descriptors", "memory", "stack", "core"]
)
def test_small_limits(run: Run, limit: str) -> None:
    works(run(f"ulimit {limit}; $V run talk.srt -q"))


def test_a_limit_on_the_size_of_files(run: Run) -> None:
    ended = run("ulimit -f 1; $V run talk.srt")
    assert ended.code in (2, 3), ended.err
    assert "the state folder" in ended.err


def test_the_first_interrupt_ends_it(folder: Path) -> None:
    given = {**os.environ, "HOME": str(folder / "home"), "VIDGIST_STATE": str(folder / "state")}
    command = [sys.executable, "-P", "-m", "vidgist", "run", "--from-file", "-", "--model", "offline:"]
    started = subprocess.Popen(
        command, cwd=folder, env=given, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdin is not None
    assert started.stderr is not None
    started.stdin.write("talk.srt\n")
    started.stdin.flush()
    line = started.stderr.readline()
    while not line.startswith("done"):
        line = started.stderr.readline()
        assert line
    began = time.monotonic()
    started.send_signal(signal.SIGTERM)
    assert started.wait(60) == 130
    assert time.monotonic() - began < 30
    started.stdin.close()
    started.stderr.close()


# Python


@pytest.mark.parametrize("flags", ["-OO", "-X dev", "-W error", "-I", "-X utf8=0"])
def test_flags_of_python(run: Run, flags: str) -> None:
    if flags == "-I" and os.environ.get("PYTHONPATH"):
        pytest.skip("vidgist is found by PYTHONPATH here")
    works(run(f"{sys.executable} {flags} -m vidgist run talk.srt -q"))


def test_a_dependency_is_missing(run: Run) -> None:
    code = "import sys; sys.modules['typer'] = None; from vidgist.__main__ import main; main()"
    refused(run(f'{sys.executable} -c "{code}"'), "typer is missing")


def test_modules_of_the_current_folder(run: Run, folder: Path) -> None:
    for name in ("typer.py", "json.py", "pydantic.py"):
        (folder / name).write_text("raise SystemExit('executed')\n")
    works(
        run(f"{sys.executable} -m vidgist run talk.srt -q", PYTHONPATH=os.environ.get("PYTHONPATH") or None)
    )


def test_a_time_zone_that_does_not_exist(run: Run) -> None:
    works(run("$V run talk.srt -q", TZ=":no/such/zone"))


def test_the_hour_that_comes_twice(run: Run, folder: Path) -> None:
    """Local time stands in a record as the clock shows it; how long a run took does not come from that clock."""
    works(run("$V run talk.srt", TZ="XST0XDT-23,J1/0,J365/23"))
    first = (folder / "notes" / "talk-talk.txt").read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"Timestamp: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", first)


# The network


MODEL = "$V run talk.srt --model openai:x --base-url {}"


@pytest.mark.parametrize("given", ["/nowhere", "talk.srt"])
def test_certificates_that_are_none(run: Run, given: str) -> None:
    ended = run(MODEL.format("https://127.0.0.1:9/v1"), SSL_CERT_FILE=given, OPENAI_API_KEY="x")
    refused(ended, "SSL_CERT_FILE names")


def test_certificates_are_not_looked_at_without_a_network(run: Run) -> None:
    works(
        run(
            "$V run talk.srt -q",
            SSL_CERT_FILE="/nowhere",
            SSL_CERT_DIR="/nowhere",
            REQUESTS_CA_BUNDLE="/nowhere",
        )
    )


@pytest.mark.parametrize(
    "proxy", ["socks4://127.0.0.1:9", "ftp://127.0.0.1:9", "http://[::1", "http://h:99999"]
)
def test_proxies_that_are_not_taken(run: Run, proxy: str) -> None:
    refused(run(MODEL.format("https://192.0.2.1/v1"), ALL_PROXY=proxy, OPENAI_API_KEY="x"), "ALL_PROXY")


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://127.0.0.1:9",
        "socks5h://127.0.0.1:9",
        "http://127.0.0.1:9",
        "127.0.0.1:9",
        "https://127.0.0.1:9",
    ],
)
def test_proxies_that_are_taken_and_down(run: Run, proxy: str) -> None:
    ended = run(MODEL.format("https://192.0.2.1/v1"), ALL_PROXY=proxy, OPENAI_API_KEY="x")
    assert (ended.code, "by the proxy ALL_PROXY=" in ended.err, ended.notes) == (3, True, ()), ended.err


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/v1 x",
        "http://ho\u200bst/v1",
        "http://a..b/v1",
        "http://[::1/v1",
        "http://h:99999/v1",
        "http://",
        "ftp://h/v1",
    ],
)
def test_base_urls_that_are_none(run: Run, address: str) -> None:
    refused(run(MODEL.format(f"'{address}'"), OPENAI_API_KEY="x"), "the base URL")


@pytest.mark.parametrize(
    "address", [" http://127.0.0.1:9/v1 ", "127.0.0.1:9/v1", "http://127.0.0.1:9/v1/chat/completions"]
)
def test_base_urls_as_people_write_them(run: Run, address: str) -> None:
    ended = run(MODEL.format(f"'{address}'"), OPENAI_API_KEY="x")
    assert (ended.code, "127.0.0.1:9" in ended.err, ended.notes) == (3, True, ()), ended.err
