"""Other programs of the kind, installed as their users install them, beside the same loopback servers."""

import math
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import MILL, Captions, Catalogue, Video

from benchmarks.batches import LATENCY
from benchmarks.corpus import cues
from benchmarks.measuring import MIB, SCRIPTS, Spent, home, median, mib, seconds, spend, table

NAMES = ("llm", "tubeless", "notewise")
COUNT = 20
MODEL = "gpt-4o-mini"
"""A name that each of them knows; the double answers to any."""


def peers(folder: Path) -> str:
    programs = {"vidgist": SCRIPTS / "vidgist"}
    sizes = {}
    for name in NAMES:
        place = folder / name
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        bare = _size(place)
        pip = [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", name]
        subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
        programs[name] = place / "bin" / name
        sizes[name] = _size(place) - bare
    return _starts(folder, programs, sizes) + "\n" + _documents(folder, programs)


def _size(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file() and not path.is_symlink())


def _starts(folder: Path, programs: Mapping[str, Path], sizes: Mapping[str, int]) -> str:
    rows = []
    for name, program in programs.items():
        spent = median(7, partial(spend, [str(program), "--help"], home(folder), folder))
        installed = f"{sizes[name] / MIB:.0f} MiB" if name in sizes else "see above"
        rows.append((name, _version(program, name), installed, seconds(spent.wall), mib(spent.peak)))
    return table(("program", "version", "installed", "`--help`", "peak memory"), rows)


def _version(program: Path, name: str) -> str:
    """As its package says; not every program tells."""
    asked = f"from importlib.metadata import version; print(version({name!r}))"
    told = subprocess.run(
        [program.with_name("python"), "-c", asked], capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def _documents(folder: Path, programs: Mapping[str, Path]) -> str:
    """One and twenty documents through the same model, each program at the width that suits it best."""
    rows = []
    for count in (1, COUNT):
        with Llm(latency=LATENCY, responder=_answer) as model, YouTube(catalogue=_catalogue(count)) as site:
            for name, command in _commands(folder, programs, count, model).items():
                environment = home(folder) | {
                    "OPENAI_API_KEY": "sk-loopback",
                    "OPENAI_BASE_URL": model.base_url,
                    "OPENAI_API_BASE": model.base_url,
                    "LLM_USER_PATH": str(folder / "llm-user"),
                    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
                    "YOUTUBE_REQUESTS_PER_MINUTE": "100000",
                }
                environment |= site.environment
                site.reset()
                model.max_concurrency = 0
                spent = median(3, partial(_once, command, environment, folder, model))
                asked = site.requests() / 4 / count
                rows.append(
                    (
                        f"{name}, {count}",
                        f"{len(model.chats) / count:g}",
                        model.max_concurrency,
                        f"{asked:.1f}" if asked else "-",
                        seconds(spent.wall),
                        seconds(spent.wall - math.ceil(count / model.max_concurrency) * LATENCY),
                        mib(spent.peak),
                    )
                )
    heads = (
        "program, videos or documents",
        "model calls each",
        "in flight",
        "YouTube requests each",
        "wall",
        "over its own ideal",
        "peak memory",
    )
    return table(heads, rows)


def _once(command: Sequence[str], environment: Mapping[str, str], folder: Path, model: Llm) -> Spent:
    model.seen.clear()
    return spend(command, environment, folder)


def _commands(folder: Path, programs: Mapping[str, Path], count: int, model: Llm) -> dict[str, list[str]]:
    listed = folder / "videos.txt"
    listed.write_text("".join(f"https://www.youtube.com/watch?v={_id(n)}\n" for n in range(count)))
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    for number in range(count):
        (texts / f"{number}.txt").write_text(" ".join(text for _, _, text in cues(number)))
    user = folder / "llm-user"
    user.mkdir(exist_ok=True)
    (user / "extra-openai-models.yaml").write_text(
        f"- model_id: double\n  model_name: {MODEL}\n  api_base: {model.base_url}\n"
    )
    width = min(count, 10)
    names = " ".join(f"texts/{number}.txt" for number in range(count))
    each = f"{programs['llm']} -m double --no-stream --no-log -s 'Summarize this talk.' < \"$0\""
    # What is remembered is thrown away, so that each run does the work.
    vidgist = [
        *(str(programs["vidgist"]), "run", "--from-file", str(listed), "--pace", "0", "--fresh", "all"),
        *("--model", f"openai:{MODEL}", "--jobs", str(width), "--quiet"),
    ]
    notewise = [
        *(str(programs["notewise"]), "process", str(listed), "--model", f"openai/{MODEL}", "--force"),
        *("--base-url", model.base_url, "--api-key", "sk-loopback", "--output", "notewise-notes"),
    ]
    return {
        "vidgist, from YouTube": vidgist,
        "notewise, from YouTube": notewise,
        "vidgist, from files": [
            *(str(programs["vidgist"]), "run", "texts", "--fresh", "all", "--output", "vidgist-notes"),
            *("--model", f"openai:{MODEL}", "--jobs", str(width), "--quiet"),
        ],
        "llm with `xargs`, from files": [
            *("sh", "-c", f"printf '%s\\n' {names} | xargs -P {width} -n 1 sh -c '{_quoted(each)}'"),
        ],
    }


def _answer(prompt: str, schema: dict[str, object] | None, answer: str) -> str:
    return quoting(prompt, schema, answer) if schema else answer


def _quoted(text: str) -> str:
    return text.replace("'", "'\\''")


def _id(number: int) -> str:
    return f"long{number:07}"


def _catalogue(count: int) -> Catalogue:
    made = Catalogue()
    for number in range(count):
        lines = tuple(cues(number))
        length = int(lines[-1][0] + lines[-1][1])
        made.add(
            Video(
                _id(number), f"Talk number {number}", MILL, length, (Captions("en", lines, generated=True),)
            )
        )
    return made


if os.name == "nt":
    raise ImportError("the other programs are driven through a POSIX shell")
