"""A library of five thousand notes: making it, adding to it, and searching it in a browser."""

import os
import shutil
import statistics
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests import samples

from benchmarks.corpus import cues
from benchmarks.measuring import SCRIPTS, Spent, home, mib, seconds, spend, table
from vidgist.models import Note, Segment, Transcript
from vidgist.notes import document

if TYPE_CHECKING:
    from playwright.sync_api import Page

MANY = 5_000
NEW = 10
TIMES = 5
QUERIES = ("platypus", "nation", "war and peace", "the", "number 4", "w")


def library(folder: Path) -> str:
    """The command, whole; then its pages in Chromium, where there is one."""
    place = folder / "site"
    notes = place / "notes"
    notes.mkdir(parents=True)
    for number in range(MANY):
        _write(notes, number)
    build = partial(spend, [str(SCRIPTS / "vidgist"), "site", "notes"], home(place), place)
    rows = [_row(f"{MANY:,} notes, the first time", build()), _row("nothing new", build())]
    added = []
    for turn in range(TIMES):
        for number in range(MANY + turn * NEW, MANY + (turn + 1) * NEW):
            _write(notes, number)
        added.append(build())
    rows.append(_row(f"{NEW} new, median of {TIMES}", _median(added)))
    made = table(("`vidgist site`", "wall", "CPU time", "peak memory"), rows)
    return f"{made}\n{_in_a_browser(notes / '_site' / 'index.html')}{_load()}"


def _load() -> str:
    """How much else was going on: where more than the cores is wanted, only CPU time means something."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"\n{os.cpu_count()} cores, load average over the last 15 minutes {os.getloadavg()[2]:.1f}.\n"


def _write(notes: Path, number: int) -> None:
    (notes / f"talk-{number:05}.json").write_text(document.render(_note(number)), encoding="utf-8")


def _note(number: int) -> Note:
    """A talk of 1,900 words with a summary, its map and its quotes."""
    words = tuple(Segment(start=start, duration=length, text=text) for start, length, text in cues(number))
    assert samples.FULL.video
    title = f"Talk {number} about {words[1].text.split()[-1]}"
    video = samples.FULL.video.model_copy(update={"title": title, "channel": f"Channel {number % 40}"})
    name = f"bulk{number:07}"
    return samples.FULL.model_copy(
        update={
            "item": samples.FULL.item.model_copy(update={"id": name, "name": name}),
            "created": samples.FULL.created - timedelta(hours=number),
            "video": video,
            "transcript": Transcript(segments=words, language="en"),
        }
    )


def _row(name: str, spent: Spent) -> tuple[str, str, str, str]:
    return name, seconds(spent.wall), seconds(spent.cpu), mib(spent.peak)


def _median(runs: list[Spent]) -> Spent:
    walls, cpus, peaks = zip(*runs, strict=True)
    return Spent(statistics.median(walls), statistics.median(cpus), int(max(peaks)))


def _in_a_browser(index: Path) -> str:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        return "No Chromium here: nothing was measured in a browser.\n"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = [_first_page(browser.new_page(), index) for _ in range(TIMES)]
        page = browser.new_page()
        _first_page(page, index)
        rows = [("the list, until it can be searched", seconds(statistics.median(opened)))]
        for query in QUERIES:
            first, again = _search(page, query), _search(page, query)
            rows.append((f"search for `{query}`: first, again", f"{first:.0f} ms, {again:.0f} ms"))
        browser.close()
    return table(("in Chromium, from the disk", "time"), rows)


def _first_page(page: "Page", index: Path) -> float:
    began = time.monotonic()
    page.goto(index.as_uri())
    page.wait_for_selector("html[data-took]")
    return time.monotonic() - began


def _search(page: "Page", query: str) -> float:
    """Milliseconds until the results stand, as the page itself counts them."""
    page.fill("#q", "")
    page.locator("html").evaluate("(html) => delete html.dataset.took")
    page.fill("#q", query)
    page.wait_for_selector("html[data-took]")
    return float(page.get_attribute("html", "data-took") or "nan")
