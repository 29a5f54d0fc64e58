import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import vidgist
from tests.doubles.answering import Scripted
from tests.doubles.engine import Bench, Kept, Time
from tests.samples import HOSTILE
from tests.unit.archive.folders import BREAD, BRIDGES, OVENS, point, talk, write
from vidgist import Settings
from vidgist.archive import claims, digest, digest_files, digest_html, digest_text, themes, watch_list
from vidgist.archive.index import Index
from vidgist.archive.model import Model
from vidgist.archive.search import Scope
from vidgist.archive.themes import Digest
from vidgist.errors import BadReply, ConfigError, InputError, ItemError
from vidgist.models import Extras, Note, Statement, Transcript
from vidgist.text.mermaid import reading

NOW = datetime(2026, 5, 6, 7, 8, 9)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with closing(Index(write(tmp_path / "notes"))) as opened:
        opened.refresh()
        yield opened


def gathered(index: Index) -> claims.Gathered:
    return claims.gather(index, list(index.entries.values()))


def number(found: claims.Gathered, text: str) -> int:
    return next(one.id for one in (*found.claims, *found.questions) if text in one.text)


def reply(found: claims.Gathered) -> str:
    bread, oven = number(found, "18 hours in the cold"), number(found, "The dough rests for 18 hours.")
    lyon, stone = number(found, "Lyon"), number(found, "stone")
    theme = {
        "title": "Rest",
        "says": [{"text": "Dough rests for 18 hours in the cold.", "ids": [bread]}],
        "agree": [
            {"text": "In both talks the dough rests for 18 hours.", "ids": [bread, oven]},
            {"text": "Both bake with 300 ovens.", "ids": [bread, oven]},
            {"text": "The dough rests for 18 hours.", "ids": [bread]},
        ],
        "differ": [],
        "only": [
            {"text": "Bakers in Lyon wait for two days.", "ids": [lyon]},
            {"text": "Nothing.", "ids": []},
        ],
    }
    return json.dumps(
        {"themes": [theme], "watch": [{"id": stone, "why": "heat"}, {"id": 999, "why": "?"}], "questions": []}
    )


def made(index: Index, engine: Scripted | None = None, **more: object) -> Digest:
    model = Model(Bench(engine, Kept(), Time()).calls()) if engine else None  # type: ignore[arg-type]
    return digest.make(index, model, now=lambda: NOW, **more)  # type: ignore[arg-type]


def test_claims_are_the_checked_ideas_with_their_links(index: Index) -> None:
    found = gathered(index)
    assert [one.title for one in found.talks] == [
        "Bridges of the north",
        "Bread and time",
        "What an oven does",
    ]
    cost = found.claims[0]
    assert (cost.id, cost.text, cost.start) == (1, "The Halden bridge cost 14 million crowns.", 20.0)
    assert cost.link.endswith("&t=20s")
    assert found.questions[0].text == "How many rivets has the bridge?"


def test_a_note_that_lost_its_quotes_is_looked_up_in_its_words(tmp_path: Path) -> None:
    assert BREAD.answer is not None
    assert BREAD.answer.summary is not None
    bare = BREAD.answer.summary.model_copy(
        update={
            "core_ideas": tuple(
                one.model_copy(update={"evidence": ()}) for one in BREAD.answer.summary.core_ideas
            )
        }
    )
    note = BREAD.model_copy(update={"answer": BREAD.answer.model_copy(update={"summary": bare})})
    with closing(Index(write(tmp_path, note))) as index:
        index.refresh()
        assert any(one.evidence for one in gathered(index).claims)


def test_statements_that_no_claim_carries_are_left_out(index: Index) -> None:
    found = made(index, Scripted(reply(gathered(index))))
    theme = found.themes[0]
    assert [one.text for one in theme.agree] == ["In both talks the dough rests for 18 hours."]
    assert [one.text for one in theme.only] == ["Bakers in Lyon wait for two days."]
    assert len(found.left_out) == 3
    assert found.watch[0].why == "heat"
    assert found.model == "openai:double"


def test_the_reason_to_watch_is_what_is_said_there_and_no_title_of_a_theme(index: Index) -> None:
    for found in (made(index), made(index, Scripted(reply(gathered(index))))):
        titles = {theme.title for theme in found.themes}
        assert found.watch
        assert titles.isdisjoint(one.why for one in found.watch)


def test_every_number_leads_to_a_claim(index: Index) -> None:
    for found in (made(index), made(index, Scripted(reply(gathered(index))))):
        known = {one.id for one in (*found.claims, *found.questions)}
        assert found.themes
        for theme in found.themes:
            for one in theme.statements:
                assert one.claims
                assert set(one.claims) <= known


def test_without_a_model_it_says_so_and_sees_words_alone(index: Index) -> None:
    found = made(index)
    assert found.model == "offline:"
    assert "without a model" in found.notices[0]
    texts = {one.text for one in found.claims}
    assert all(one.text in texts for theme in found.themes for one in theme.says)
    assert any("18 hours" in one.text for theme in found.themes for one in theme.agree)
    assert [one.text for one in found.open_questions] == ["How many rivets has the bridge?"]


def subject(number: int, title: str, *ideas: tuple[str, str]) -> Note:
    """A talk whose ideas are labels and texts."""
    said = ". ".join(text for _, text in ideas)
    points = tuple(point(label, text, text, 10.0 * n) for n, (label, text) in enumerate(ideas))
    return talk(f"subject{number:04}", title, said, ideas=points)


def test_without_a_model_a_theme_is_what_talks_name_and_each_line_of_it_has_that(tmp_path: Path) -> None:
    notes = [
        subject(1, "On rivers", ("Sediment", "A river carries sediment to the sea.")),
        subject(
            2,
            "On deltas",
            ("Old deltas", "However, sediment builds them."),
            ("Sediment", "Sediment is sand."),
        ),
        subject(3, "On kitchens", ("Copper pan", "A copper pan heats evenly.")),
        subject(4, "On metals", ("Copper", "Copper conducts heat better than iron.")),
        subject(
            5,
            "On silence",
            ("Quiet", "We're going to talk about quiet."),
            ("Quiet", "Owls fly without noise."),
        ),
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        found = made(index)
    themes_ = {one.title: one for one in found.themes}
    assert list(themes_) == ["Copper", "Sediment", "Further talks"]
    assert {one.text for one in themes_["Sediment"].says} == {
        "A river carries sediment to the sea.",
        "Sediment is sand.",
    }
    assert all("opper" in one.text for one in themes_["Copper"].statements)
    assert [one.text for one in themes_["Further talks"].only] == ["Owls fly without noise."]
    assert len({one.talk for one in found.watch[:5]}) == 5
    assert "Further talks" not in {node.label for node in found.concept_map.nodes}


def test_talks_of_one_title_are_told_apart_and_what_they_repeat_is_said_once(tmp_path: Path) -> None:
    notes = [
        talk(
            f"weekly{n:05}",
            "Weekly call",
            "The roof leaks",
            published=date(2026, 1, 5 + 7 * min(n, 2)),
            ideas=(point("Roof", "The roof leaks.", "The roof leaks", 0.0),),
        )
        for n in range(4)
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        found = made(index)
    titles = [one.title for one in found.talks]
    assert titles[:2] == ["Weekly call (2026-01-05)", "Weekly call (2026-01-12)"]
    assert titles[2:] == ["Weekly call (3)", "Weekly call (4)"]
    [theme] = found.themes
    assert [(one.text, len(one.claims)) for one in theme.says] == [("The roof leaks.", 4)]
    assert len(theme.agree) == 1


@pytest.mark.parametrize(
    ("labels", "texts", "title"),
    [
        (("الراحة", "الراحة"), ("العجين يرتاح ثماني عشرة ساعة.", "العجين ينام قبل الفرن."), "الراحة"),
        (("", ""), ("Sediment builds deltas.", "Rivers carry sediment."), "Sediment"),
        (("Loan fee", "Fee rate"), ("Money is dear.", "A fee is paid for each loan."), "Each for itself"),
        (
            ("Teigruhe", "Ofen"),
            ("Die Teigruhe dauert lange.", "Nach der Teigruhe kommt der Ofen."),
            "Teigruhe",
        ),
    ],
)
def test_a_subject_is_said_or_is_the_label_itself(
    tmp_path: Path, labels: tuple[str, str], texts: tuple[str, str], title: str
) -> None:
    notes = [
        subject(n, name, one)
        for n, (name, one) in enumerate(
            zip(("Erste", "Zweite"), zip(labels, texts, strict=True), strict=True)
        )
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        assert [one.title for one in made(index).themes] == [title]


def test_where_talks_share_nothing_each_stands_for_itself(tmp_path: Path) -> None:
    notes = [
        subject(1, "On rivers", ("Sediment", "A river carries sediment to the sea.")),
        subject(2, "Über Brot", ("Teigruhe", "Der Teig ruht achtzehn Stunden.")),
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        found = made(index)
    assert [one.title for one in found.themes] == ["Each for itself"]
    assert not found.concept_map.nodes
    assert "Mermaid" not in digest_text.text(found)


@pytest.mark.parametrize("count", [2, 3, 6, 12])
def test_what_all_talks_name_is_a_theme_where_there_is_no_other(tmp_path: Path, count: int) -> None:
    notes = [
        subject(n, f"Talk {n}", ("Salt", f"{thing.capitalize()} takes up salt."))
        for n, thing in enumerate(
            [
                "bread",
                "butter",
                "cheese",
                "ham",
                "soup",
                "fish",
                "rice",
                "beans",
                "olives",
                "leeks",
                "broth",
                "eggs",
            ]
        )
    ]
    with closing(Index(write(tmp_path, *notes[:count]))) as index:
        index.refresh()
        assert [one.title for one in made(index).themes] == ["Salt"]


def test_the_same_notes_give_the_same_digest(index: Index) -> None:
    assert made(index) == made(index)


def test_many_talks_are_compared_in_levels(tmp_path: Path) -> None:
    ideas = tuple(point(f"Idea {n}", f"The kettle number {n} of this talk sings loudly.") for n in range(8))
    notes = [talk(f"kettle{n:05}", f"Kettles {n}", "A kettle sings", ideas=ideas) for n in range(30)]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        engine = Levels()
        found = made(index, engine)
    assert len(engine.asked) > 2
    assert any("digests" in one.messages[-1].content[:20] for one in engine.asked)
    assert found.themes


class Levels(Scripted):
    """Makes a theme of the first claims it is shown."""

    def __init__(self) -> None:
        super().__init__(window=5_000)

    def complete(self, request):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        import re

        shown = request.messages[-1].content
        ids = [
            int(one)
            for one in re.findall(r"^\[(\d+)\]|says: .* \[(\d+)\]", shown, re.MULTILINE)
            for one in one
            if one
        ]
        says = [{"text": "The kettle of this talk sings loudly.", "ids": [one]} for one in ids[:2]]
        theme = {"title": "Kettles", "says": says, "agree": [], "differ": [], "only": []}
        self.replies = [json.dumps({"themes": [theme], "watch": [], "questions": []})]
        return super().complete(request)


def test_a_digest_needs_two_talks(tmp_path: Path) -> None:
    with closing(Index(write(tmp_path, BREAD))) as index:
        index.refresh()
        with pytest.raises(InputError, match="1 of 1 notes have ideas"):
            made(index)


def test_days_choose(index: Index) -> None:
    found = made(index, scope=Scope(since=date(2025, 1, 1)))
    assert [one.title for one in found.talks] == ["Bread and time", "What an oven does"]


@pytest.mark.parametrize("text", ["", "{}", '{"themes": []}', '{"themes": "none"}'])
def test_a_reply_of_no_use_is_said_to_be(text: str) -> None:
    with pytest.raises(BadReply):
        themes.read(text)


def test_a_model_that_gives_nothing_of_use_is_a_failure(index: Index) -> None:
    with pytest.raises(ItemError):
        made(index, Scripted(*["no"] * 30))


def test_what_to_watch_fits_a_quarter_of_an_hour(index: Index) -> None:
    found = gathered(index)
    assert found.claims
    wanted = [themes.Watch(id=one.id) for one in found.claims] * 20
    chosen = watch_list.choose(wanted, found, lambda _: BRIDGES)
    assert 0 < sum(one.end - one.start for one in chosen) <= watch_list.QUARTER
    for place, one in enumerate(chosen):
        assert not any(
            one.talk == other.talk and one.start < other.end and other.start < one.end
            for other in chosen[place + 1 :]
        )


def test_a_talk_without_times_has_no_stretch(tmp_path: Path) -> None:
    notes = [
        note.model_copy(update={"transcript": Transcript.untimed("A kettle sings.")})
        for note in (BREAD, OVENS)
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        assert all(one.end > one.start for one in made(index).watch)


def test_markdown_links_to_blocks_and_seconds(index: Index) -> None:
    text = digest_text.markdown(made(index, Scripted(reply(gathered(index)))))
    assert "[[bread000001-note#^idea-1|Bread and time 0:10]]" in text
    assert "](https://www.youtube.com/watch?v=ovens000001&t=0s)" in text
    assert "## If you have 15 minutes" in text
    assert "click" in text
    assert 'vidgist: "digest"' in text


def test_the_map_parses_and_each_talk_leads_to_its_video(tmp_path: Path) -> None:
    titles = ['#One "two" & three: four_5', "Fees | and; [blocks] (8)", "Plain", "C++ <b> 100 % `x`"]
    notes = [
        talk(f"title{n:06}", title, "The dough rests.", ideas=(point("Rest", "The dough rests."),))
        for n, title in enumerate(titles)
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        found = made(index)
    drawn = digest_text.markdown(found).partition("```mermaid\n")[2].partition("```")[0]
    shown = {node.label for node in reading.read(drawn).map.nodes} & {one.title for one in found.talks}
    assert shown
    assert drawn.count("    click ") == len(shown)


def test_text_is_laid_out_as_a_record(index: Index) -> None:
    text = digest_text.text(made(index))
    assert text.startswith("Timestamp: 2026-05-06T07:08:09.000000\nTitle: Digest of notes\nTalks: 3\n")
    assert "<Mermaid_Diagram>\ngraph" in text
    assert text.endswith("\n")


def test_json_is_the_whole_of_it(index: Index) -> None:
    found = made(index)
    assert Digest.model_validate_json(digest_files.FORMATS["json"](found)) == found


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    notes = [
        talk(
            f"evil{n:07}",
            text,
            f"{text}. More words {n}",
            ideas=tuple(point(text, f"{text} number {n} {k}", text, 1.0) for k in range(3)),
            extras=Extras(questions=(Statement(text=text),)),
        )
        for n, text in enumerate(HOSTILE)
    ]
    with closing(Index(write(tmp_path, *notes))) as index:
        index.refresh()
        found = made(index)
    page = digest_html.render(found)
    tags = _Tags()
    tags.feed(page)
    assert not {"script", "img", "iframe", "object", "form"} & {name for name, _ in tags.seen}
    for _, attributes in tags.seen:
        assert not any(name.startswith("on") for name, _ in attributes)
        assert all(
            (value or "").startswith(("#", "https://")) for name, value in attributes if name == "href"
        )
    text = digest_text.markdown(found)
    assert "\n# heading" not in text
    assert "<script>" not in text


def test_files_are_kept_and_only_ours_replaced(tmp_path: Path, index: Index) -> None:
    found = made(index)
    formats, memory = ["md", "html", "json", "txt"], Kept()
    paths = [one.path for one in digest_files.keep(found, tmp_path / "out", formats, memory)]
    assert [path.name for path in paths] == [
        f"Digest-of-notes.{one}" for one in ("md", "html", "json", "txt")
    ]
    assert [one.path for one in digest_files.keep(found, tmp_path / "out", formats, memory)] == paths
    assert [one.path for one in digest_files.keep(found, tmp_path / "out", formats, Kept())] == paths
    paths[0].write_text("mine", encoding="utf-8")
    assert digest_files.keep(found, tmp_path / "out", ["md"], memory)[0].path.name == "Digest-of-notes-2.md"
    assert paths[0].read_text(encoding="utf-8") == "mine"
    with pytest.raises(ConfigError):
        digest_files.chosen(["pdf"])


def test_it_is_a_function_too(tmp_path: Path) -> None:
    settings = Settings(model="offline:", state=tmp_path / "state")
    assert vidgist.digest(write(tmp_path / "notes"), settings, title="All").title == "All"


def test_a_copy_of_a_note_is_no_second_talk(tmp_path: Path) -> None:
    folder = write(tmp_path / "notes")
    [path] = folder.glob("bread*.json")
    (folder / "bread copy.json").write_bytes(path.read_bytes())
    with closing(Index(folder)) as index:
        index.refresh()
        found = gathered(index)
    assert [talk.title for talk in found.talks].count("Bread and time") == 1
    assert any("of the same video as" in line for line in found.left_out)
