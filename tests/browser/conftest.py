"""A real Chromium that can reach nothing but files, and a library of many scripts to look at."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import samples
from tests.doubles import chromium
from vidgist import site
from vidgist.models import Chapter, ConceptMap, Edge, Evidence, Item, Node, Note, Point, Transcript, Video
from vidgist.notes import document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

Open = Callable[..., "Page"]
_GIVEN_UP = "net::ERR_ABORTED"
"""What becomes of requests under way when a link is followed: no fault of the page."""


@pytest.fixture
def show(browser: "Browser") -> Iterator[Open]:
    """Opens a file. The test fails where a page complains, reaches out or is taken over."""
    pages: list[Page] = []
    complaints: list[str] = []
    outside: list[str] = []

    def show(path: Path, fragment: str = "", **options: object) -> "Page":
        settings = {"viewport": {"width": 1280, "height": 900}} | options
        page = browser.new_page(**settings)  # type: ignore[arg-type]
        page.set_default_timeout(chromium.PATIENCE)
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))

        def lost(request: "Request") -> None:
            if request.failure != _GIVEN_UP:
                complaints.append(f"failed: {request.url}: {request.failure}")

        page.on("requestfailed", lost)

        def guard(route: object, request: object) -> None:
            url: str = request.url  # type: ignore[attr-defined]
            if url.startswith("file:"):
                route.continue_()  # type: ignore[attr-defined]
            else:
                outside.append(url)
                route.abort()  # type: ignore[attr-defined]

        page.route("**/*", guard)
        pages.append(page)
        page.goto(f"{path.as_uri()}{fragment}")
        return page

    yield show
    for page in pages:
        assert page.evaluate("window.pwned") is None
        page.close()
    assert outside == []
    assert complaints == []


def chinese() -> Note:
    words = "深度学习改变了人工智能 我们先看一个简单的问题 河流为什么弯曲 水带走外侧的泥土"
    point = Point(
        label="河流弯曲", text="外侧的水流更快。", evidence=(Evidence(quote="河流为什么弯曲", start=7.0),)
    )
    return _note("chinesechin", "河流为什么弯曲", "地理频道", "zh", words, point, "河流")


def arabic() -> Note:
    words = (
        "نبدأ بسؤال بسيط. لماذا تنحني بعض الأنهار ويجري بعضها الآخر مستقيماً؟ النهر الذي يجري في أرض لينة يحرك "
        "ضفتيه بنفسه. في الجانب الخارجي من المنعطف يكون الماء سريعاً فيجرف التربة. وفي الجانب الداخلي يكون "
        "بطيئاً فيترك التربة خلفه. وهكذا يكبر كل منعطف صغير مع الزمن. وعندما يلتقي منعطفان يشق النهر طريقه."
    )
    point = Point(
        label="المنعطفات تكبر",
        text="الماء السريع يجرف التربة من الخارج والبطيء يتركها في الداخل.",
        evidence=(Evidence(quote="في الجانب الخارجي من المنعطف يكون الماء سريعاً", start=10.5),),
    )
    return _note(
        "arabicarabi", "لماذا تنحني الأنهار؟ سؤال في عشر دقائق", "علوم الأرض", "ar", words, point, "النهر"
    )


def _note(name: str, title: str, channel: str, language: str, words: str, point: Point, concept: str) -> Note:
    assert samples.FULL.answer
    summary = samples.SUMMARY.model_copy(
        update={
            "core_ideas": (point, point.model_copy(update={"label": f"{point.label} ٢"}), point),
            "core_point": point,
            "fundamental_point": point,
            "framework": point.text,
            "concept_map": ConceptMap(
                nodes=(
                    Node(id="a", label=concept, shape="round"),
                    Node(id="b", label=point.label),
                    Node(id="c", label=channel),
                ),
                edges=(Edge(source="a", target="b", label=concept), Edge(source="a", target="c")),
            ),
        }
    )
    return samples.FULL.model_copy(
        update={
            "item": Item(source="youtube", id=name, name=name, url=f"https://youtu.be/{name}"),
            "video": Video(
                title=title,
                seconds=60,
                channel=channel,
                language=language,
                published=date(2026, 11, 1),
                chapters=(Chapter(start=0, title=concept), Chapter(start=14, title=point.label)),
            ),
            "transcript": Transcript(segments=samples.segments(words, size=6), language=language),
            "answer": samples.FULL.answer.model_copy(update={"summary": summary, "notices": ()}),
        }
    )


def plain(number: int) -> Note:
    """One of many: talk 7 is the only one that speaks of the platypus."""
    assert samples.FULL.video
    title = f"Talk {number} about {('stones', 'clouds', 'trees')[number % 3]}"
    words = f"{samples.WORDS} This was talk number {number}." + (" A platypus swims by." * (number == 7))
    name = f"plain{number:06}"
    return samples.FULL.model_copy(
        update={
            "item": Item(source="youtube", id=name, name=name, url=f"https://youtu.be/{name}"),
            "created": samples.FULL.created - timedelta(hours=7 * number + 1),
            "video": samples.FULL.video.model_copy(
                update={
                    "title": title,
                    "channel": f"Channel {number % 12}",
                    "published": date(2026, 10, 28) - timedelta(days=number),
                }
            ),
            "transcript": Transcript(segments=samples.segments(words), language="en"),
        }
    )


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built in two goes: 66 plain talks, one each in Chinese and Arabic, a failure, the hostile."""
    folder = tmp_path_factory.mktemp("notes")
    notes = {f"talk-{number}": plain(number) for number in range(66)}
    notes |= {"rivers": samples.FULL, "zh-河流": chinese(), "ar": arabic(), "failed": samples.FAILED}
    for number, text in enumerate(samples.HOSTILE):
        name = f"hostile{number:04}"
        item = samples.FULL.item.model_copy(update={"id": name, "name": name})
        notes[f"hostile #{number}"] = samples.hostile(text).model_copy(
            update={"item": item, "created": samples.FULL.created - timedelta(days=100)}
        )
    for place, (stem, note) in enumerate(notes.items()):
        if place == 40:  # the rest is new on the second night
            site.build(folder, title="Talks")
        (folder / f"{stem}.json").write_text(document.render(note), encoding="utf-8")
    site.build(folder, title="Talks")
    return folder / "_site"
