"""Takes the pictures of the documentation: ``python -m tests.browser.shots [FOLDER]``."""

import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import samples
from tests.browser import conftest
from tests.doubles import chromium
from vidgist import site
from vidgist.config import Settings
from vidgist.models import Note, Transcript
from vidgist.notes import document
from vidgist.writers import html

HERE = Path(__file__).parent
TALKS = (
    (
        "Where deserts get their water",
        "Ground & Water",
        "A desert lives on water that fell ten thousand years ago.",
    ),
    ("Reading a map of winds", "Sky School", "The lines of a weather map are the heights of one pressure."),
    ("Warum Brücken schwingen", "Bauwerke", "Eine Brücke darf schwingen, nur nicht im eigenen Takt."),
    ("Bread without kneading", "Slow Kitchen", "Time does for a dough what hands would do."),
    ("The clock that kept a ship on course", "Sky School", "Longitude is a question of time."),
    ("What a forest hears", "Ground & Water", "Roots and fungi pass on what the leaves have met."),
)


def talk(number: int) -> Note:
    title, channel, point = TALKS[number]
    assert samples.FULL.video
    assert samples.FULL.answer
    core = samples.SUMMARY.core_point.model_copy(update={"text": point})
    ideas = tuple(samples.labelled(part, title.split()[-1]) for part in (point, title, point))
    summary = samples.SUMMARY.model_copy(update={"core_point": core, "core_ideas": ideas, "framework": point})
    name = f"talk{number:07}"
    return samples.FULL.model_copy(
        update={
            "item": samples.FULL.item.model_copy(update={"id": name, "name": name}),
            "created": samples.FULL.created - timedelta(hours=13 * (number + 1)),
            "video": samples.FULL.video.model_copy(
                update={"title": title, "channel": channel, "seconds": 560 + 217 * number}
            ),
            "transcript": Transcript(segments=samples.segments(f"{point} {title}. {point}"), language="en"),
            "answer": samples.FULL.answer.model_copy(update={"summary": summary}),
        }
    )


def write(folder: Path) -> Path:
    notes = {f"talk-{number}": talk(number) for number in range(len(TALKS))}
    notes |= {
        "rivers": samples.FULL,
        "zh": conftest.chinese(),
        "ar": conftest.arabic(),
        "failed": samples.FAILED,
    }
    for stem, note in notes.items():
        (folder / f"{stem}.json").write_text(document.render(note), encoding="utf-8")
    seed = HERE.parent / "golden" / "seed_record.txt"
    shutil.copy(seed, folder / "WDsAhkFsKfE-DeepSeek.txt")
    site.build(folder, title="Talks")
    writer = html.create(Settings.model_validate({}))
    (folder / "rivers.html").write_text(writer.render(samples.FULL), encoding="utf-8")
    return folder / "_site"


def take(browser: Browser, path: Path, target: Path, fragment: str = "", **options: object) -> None:
    settings = {"viewport": {"width": 1120, "height": 760}} | options
    page = browser.new_page(**settings)  # type: ignore[arg-type]
    page.goto(f"{path.as_uri()}{fragment}")
    page.wait_for_timeout(600)
    page.screenshot(path=target)
    page.close()


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, chromium.CHROMES)))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        library = write(Path(name))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        take(browser, library / "index.html", target / "library.png")
        take(browser, library / "index.html", target / "search.png", "#q=water")
        take(browser, Path(name) / "rivers.html", target / "note-light.png")
        take(browser, Path(name) / "rivers.html", target / "note-dark.png", "#framework", color_scheme="dark")
        tall = {"width": 1120, "height": 1060}
        take(browser, library / "r" / "WDsAhkFsKfE-DeepSeek.html", target / "map.png", "#map", viewport=tall)
        take(browser, library / "r" / "ar.html", target / "note-arabic.png")
        phone = {"width": 390, "height": 780}
        take(browser, library / "r" / "rivers.html", target / "note-phone.png", viewport=phone)
        take(browser, library / "digest.html", target / "digest.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "docs" / "images")
