"""What it costs to start, and to have: wall time of commands that do nothing, and the size installed."""

import re
import sys
from functools import partial
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.measuring import MIB, SCRIPTS, home, median, mib, seconds, spend, table

TIMES = 15


def start(folder: Path) -> str:
    environment = home(folder)
    vidgist = str(SCRIPTS / "vidgist")
    commands = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`vidgist --version`": [vidgist, "--version"],
        "`vidgist --help`": [vidgist, "--help"],
        "`vidgist run --help`": [vidgist, "run", "--help"],
        "`vidgist config`": [vidgist, "config"],
    }
    spent = {
        name: median(TIMES, partial(spend, command, environment, folder))
        for name, command in commands.items()
    }
    bare = next(iter(spent.values())).wall
    rows = [
        (name, seconds(each.wall), f"{each.wall / bare:.1f}", mib(each.peak)) for name, each in spent.items()
    ]
    return table(("command", "wall", "times bare Python", "peak memory"), rows)


def size(_: Path) -> str:
    """Files of the package and of all that it requires without extras, compiled modules included."""
    sizes = {dist.metadata["Name"]: _bytes(dist) for dist in _closure("vidgist").values()}
    largest = sorted(sizes.items(), key=lambda pair: -pair[1])
    rows = [(name, f"{size / MIB:.1f} MiB") for name, size in largest[:6]]
    rest = sum(size for _, size in largest[6:])
    rows.append((f"{len(largest) - 6} more", f"{rest / MIB:.1f} MiB"))
    rows.append((f"**all {len(largest)}**", f"**{sum(sizes.values()) / MIB:.1f} MiB**"))
    return table(("package", "installed"), rows)


def _closure(name: str) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    wanted = [name]
    while wanted:
        name = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # a requirement of another platform
        wanted.extend(
            re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
            for requirement in found[name].requires or ()
            if "extra ==" not in requirement
        )
    return found


def _bytes(dist: Distribution) -> int:
    if dist.metadata["Name"] == "vidgist":
        package = Path(sys.modules["benchmarks"].__path__[0]).parent / "src" / "vidgist"
        return sum(path.stat().st_size for path in package.rglob("*") if path.is_file())
    paths = (Path(str(file.locate())) for file in dist.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())
