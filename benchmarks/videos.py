"""Videos from the loopback YouTube, fetched by the real libraries: requests and time a video."""

import shutil
from pathlib import Path

from tests.doubles.youtube import YouTube

from benchmarks.measuring import SCRIPTS, Spent, home, mib, seconds, spend, table

SINGLE = 40
PLAYLIST = "PLbulk000250"


def youtube(folder: Path) -> str:
    """Without pacing, since pacing is a choice; every request that reached the site is counted."""
    single = [f"https://youtu.be/bulk{number:07}" for number in range(SINGLE)]
    playlist = [f"https://www.youtube.com/playlist?list={PLAYLIST}"]
    rows = []
    for name, inputs, count in ((f"{SINGLE} videos", single, SINGLE), ("a playlist of 250", playlist, 250)):
        shutil.rmtree(folder / "run", ignore_errors=True)
        (folder / "run").mkdir()
        with YouTube() as site:
            for words in ("first run", "again"):
                site.reset()
                spent = _run(folder / "run", inputs, site)
                videos = sum(
                    kinds.total() for subject, kinds in site.by_video.items() if subject.startswith("bulk")
                )
                kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(site.counts.items()))
                rows.append(
                    (
                        f"{name}, {words}",
                        f"{videos / count:.2f}",
                        site.requests() - videos,
                        kinds or "none",
                        seconds(spent.wall),
                        mib(spent.peak),
                    )
                )
    heads = ("videos", "requests a video", "other requests", "by kind", "wall, whole process", "peak memory")
    return table(heads, rows)


def _run(place: Path, inputs: list[str], site: YouTube) -> Spent:
    command = [str(SCRIPTS / "vidgist"), "run", *inputs, "--pace", "0", "--model", "offline:", "--quiet"]
    return spend(command, home(place) | site.environment, place)
