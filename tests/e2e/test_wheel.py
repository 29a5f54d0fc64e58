"""What is shipped works: the wheel and the sdist, installed outside the tree, in an empty folder, with no key."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.metadata import Metadata

from tests.e2e.test_plugins import ECHO, MODULES, PYPROJECT
from vidgist import __version__
from vidgist.text import record

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]


def install(python: Path, wheel: Path) -> None:
    """Install a wheel as a person does, with pip, or with uv where the tests run without pip."""
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--isolated"]
    uv = ["uv", "pip"]
    command = [*pip, "install"] if find_spec("pip") else [*uv, "install", "--python", str(python)]
    options = ["-q", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def build(tree: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, "-d", str(folder))
    return folder


@pytest.fixture(scope="module")
def sdist(archives: Path) -> Path:
    return next(archives.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(archives: Path) -> Path:
    return next(archives.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def programs(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment that has the wheel made from the sdist.

    The libraries are borrowed from the environment that runs the tests: paths named in a ``.pth`` file are
    searched, but the ``.pth`` files there, the editable install's among them, are not read.
    """
    folder = tmp_path_factory.mktemp("wheel from sdist")
    build(unpacked, "-t", "wheel", "-d", str(folder))
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    install(python, next(folder.glob("*.whl")))
    packages = next(environment.rglob("site-packages"))
    (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return scripts


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("PYTHONPATH", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
    return folder


def vidgist(programs: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(programs / "vidgist"), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def shipped(tree: Path) -> set[str]:
    inside = (path.relative_to(tree / "src") for path in (tree / "src").rglob("*") if path.is_file())
    package = {
        path.as_posix()
        for path in inside
        if path.suffix != ".pyc" and not any(part.startswith(".") for part in path.parts)
    }
    return package | {f"vidgist/prompts/{path.name}" for path in (tree / "prompts").iterdir()}


def test_the_wheel_holds_the_package_and_the_prompts_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    information = {name for name in held if ".dist-info/" in name}
    assert held - information == shipped(ROOT)
    assert {"vidgist/py.typed", "vidgist/prompts/summary.md"} <= held
    assert any(name.endswith("licenses/LICENSE") for name in information)


def test_the_metadata_is_valid_names_each_licence_and_has_no_link_that_leads_nowhere(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = archive.namelist()
        told = Metadata.from_email(archive.read(next(name for name in held if name.endswith("/METADATA"))))
    assert str(told.license_expression) == "MIT AND LicenseRef-WordNet"
    licences = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT, *ROOT.glob("src/**/"))
        for path in path.glob("*LICENSE")
    }
    assert set(told.license_files or ()) == licences
    assert all(any(name.endswith(f"licenses/{licence}") for name in held) for licence in licences)
    assert told.description is not None
    assert told.description_content_type == "text/markdown"
    links = re.findall(r"\]\(([^)]+)\)", told.description)
    assert all(link.startswith(("https://", "http://", "#")) for link in links), links
    assert "docs/library.md" in told.description
    assert re.findall(r"\]\(docs/", (ROOT / "README.md").read_text("utf-8")), (
        "the page of the repository has links"
    )


def test_the_sdist_holds_all_that_the_wheel_is_made_of(unpacked: Path) -> None:
    assert shipped(unpacked) == shipped(ROOT)
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()


def test_the_installed_command_is_the_shipped_one(programs: Path, empty: Path) -> None:
    done = vidgist(programs, "--version")
    assert (done.returncode, done.stdout) == (0, f"vidgist {__version__}\n")
    where = subprocess.run(
        [str(programs / "python"), "-c", "import vidgist; print(vidgist.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert programs.parent in Path(where.stdout.strip()).parents
    module = subprocess.run(
        [str(programs / "python"), "-m", "vidgist", "--version"], capture_output=True, text=True, check=True
    )
    assert module.stdout == done.stdout
    assert not list(empty.iterdir())


@pytest.mark.parametrize(
    ("shell", "asked"),
    [
        ("bash", {"COMP_WORDS": "vidgist s", "COMP_CWORD": "1"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "vidgist s"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "vidgist s", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_the_installed_command_completes_its_words(
    programs: Path, empty: Path, monkeypatch: pytest.MonkeyPatch, shell: str, asked: dict[str, str]
) -> None:
    for name, value in {"_VIDGIST_COMPLETE": f"complete_{shell}", **asked}.items():
        monkeypatch.setenv(name, value)
    offered = vidgist(programs).stdout
    assert all(command in offered for command in ("site", "search", "schedule", "show", "status"))
    assert "digest" not in offered


def test_the_installed_command_finds_its_prompts(programs: Path, empty: Path) -> None:
    listed = vidgist(programs, "prompts", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    names = {line.partition("@")[0] for line in listed.stdout.splitlines() if not line.startswith(" ")}
    assert {"summary", "brief"} <= names <= {path.stem for path in (ROOT / "prompts").glob("*.md")}
    shown = vidgist(programs, "prompts", "show", "summary")
    assert shown.stdout.strip() == (ROOT / "prompts" / "summary.md").read_text(encoding="utf-8").strip()
    assert not list(empty.iterdir())


def test_the_installed_command_writes_an_exact_record_with_no_key(programs: Path, empty: Path) -> None:
    talk = min((ROOT / "examples").glob("*.vtt"), key=lambda path: path.stat().st_size)
    done = vidgist(programs, "run", str(talk))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "offline:" in done.stderr
    (note,) = (empty / "notes").glob("*.txt")
    text = note.read_bytes().decode("utf-8")
    assert record.render(record.parse(text)) == text
    assert record.parse(text).status == "success"
    assert vidgist(programs, "validate", str(note)).returncode == 0


def test_the_plug_ins_of_the_page_are_installed_beside_it_used_and_removed(
    programs: Path, empty: Path, tmp_path: Path
) -> None:
    tree = tmp_path / "my-talks"
    (tree / "my_talks").mkdir(parents=True)
    (tree / "my_talks" / "__init__.py").touch()
    (tree / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    for name, code in MODULES.items():
        (tree / "my_talks" / name).write_text(code, encoding="utf-8")
    build(tree, "-t", "wheel", "-d", str(tmp_path / "dist"))
    install(
        programs / ("python.exe" if os.name == "nt" else "python"), next((tmp_path / "dist").glob("*.whl"))
    )
    (empty / "echo.md").write_text(ECHO, encoding="utf-8")
    run = ("run", "lecture:1", "--model", "parrot:grey", "--prompt", "echo.md", "--format", "txt,title")
    done = vidgist(programs, *run)
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in (empty / "notes").glob("lecture-1*")} == {".txt", ".title"}
    for path in next(programs.parent.rglob("site-packages")).glob("my_talks*"):
        shutil.rmtree(path)
    assert vidgist(programs, *run).returncode == 2
