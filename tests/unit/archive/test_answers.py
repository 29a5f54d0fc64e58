import pytest

from vidgist.archive import answers, checking
from vidgist.archive.answers import Asked, LeftOut, Said, Sentence
from vidgist.archive.search import Hit
from vidgist.errors import BadReply

COST = "The Halden bridge was opened in 1987. It cost 14 million crowns."
HITS = tuple(
    Hit(file=f"{n}.json", title=title, kind="said", place=1, text=text, shown=text, score=1.0)
    for n, (title, text) in enumerate((("Bridges", COST), ("Bread", "Bakers in Lyon wait for two days.")))
)


@pytest.mark.parametrize(
    ("statement", "quote", "stands"),
    [
        ("The Halden bridge cost 14 million crowns.", "", True),
        ("It cost fourteen million crowns.", "", True),
        ("The bridge opened in 1987.", "", True),
        ("The bridge cost 15 million crowns.", "It cost 14 million crowns", False),
        ("The bridge was designed by Gustave Pettersson.", "The Halden bridge was opened", False),
        ("Whales sing at night.", "", False),
        ("Die Brücke kostete 14 Millionen Kronen.", "It cost 14 million crowns", True),
        ("Die Brücke ist sehr schön.", "the bridge is lovely", False),
    ],
)
def test_a_statement_stands_on_what_it_cites(statement: str, quote: str, stands: bool) -> None:
    assert (checking.fault(statement, quote, [COST]) == "") is stands


def test_nothing_cited_is_a_fault() -> None:
    assert checking.fault("It cost 14 million crowns.", "", []) == "it cites no passage"


def test_a_citation_that_does_not_carry_the_sentence_goes() -> None:
    said = Said(text="The Halden bridge cost 14 million crowns.", passages=(1, 2, 9))
    assert answers.checked(said, HITS, Asked(question="What did it cost?")) == Sentence(
        text=said.text, passages=(1,)
    )


def test_a_number_that_names_no_passage_is_no_citation() -> None:
    made = answers.checked(Said(text="It cost 14 million crowns.", passages=(7,)), HITS, Asked(question="?"))
    assert made == LeftOut(text="It cost 14 million crowns.", why="it cites no passage")


@pytest.mark.parametrize(
    "text",
    [
        '{"answer": [{"text": "It cost a lot.", "passages": [1], "quote": ""}], "missing": "", "look_for": []}',
        '```json\n{"answer": [{"text": "It cost a lot [1].", "passages": []}]}\n```',
        '{"answer": ["It cost a lot. [1]"]}',
        '{"answer": "It cost a lot. [1]"}',
        "It cost a lot. [1]",
        "<think>Hm.</think>\n- It cost a lot [1].",
        '{"answer": [{"text": "It cost a lot.", "passages": "[1]"}]}',
    ],
)
def test_replies_of_many_shapes_are_read(text: str) -> None:
    draft = answers.read(text)
    assert [(one.text.rstrip("."), one.passages) for one in draft.answer] == [("It cost a lot", (1,))]


@pytest.mark.parametrize("text", ["", '{"answer": [{"text": "It', '{"other": 1}', "[]", "<x>"])
def test_a_reply_of_no_use_is_said_to_be(text: str) -> None:
    with pytest.raises(BadReply):
        answers.read(text)


def test_an_empty_answer_is_an_answer() -> None:
    assert answers.read('{"answer": [], "missing": "Not said.", "look_for": ["rust"]}').look_for == ("rust",)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("It takes $0.17 for each withdrawal.", "The exchange charges 17 cents for each withdrawal."),
        ("The simulator needed 96 GB.", "The simulator needed 96 gigabytes of memory."),
        ("The download fell to 12 MB.", "We reduced the download from 310 megabytes to 12."),
        ("60% stopped using the app.", "Sixty percent of them stopped using the app."),
        ("€2.4 million, which lasts until 2030.", "A grant of 2.4 million euros pays for it until 2030."),
    ],
)
def test_other_ways_to_write_a_figure_stand(statement: str, said: str) -> None:
    assert checking.fault(statement, "", [said]) == ""


def test_a_talk_may_be_named_by_the_beginning_of_its_title() -> None:
    said, title = "FROST leaves one signature on the chain.", "#MPCbros vs #TeamScript"
    statement = "The MPC side says that FROST leaves one signature on the chain."
    assert checking.fault(statement, "", [said], "", [title]) == ""
    assert checking.fault(statement.replace("MPC", "MPX"), "", [said], "", [title]) != ""


@pytest.mark.parametrize(
    ("missing", "is_kept"),
    [
        ("The passages do not say who paid for it.", True),
        ("Nothing is said of the price.", True),
        ("Es wird nicht gesagt, wer bezahlt hat.", True),
        ("誰が払ったかは述べられていない。", True),
        ("", True),
        ("The brass band was conducted by a random guy.", False),
        ("It was not Gustave Pettersson who paid.", False),
        ("It is not said why it cost 900 crowns.", False),
    ],
)
def test_what_is_missing_tells_nothing_itself(missing: str, is_kept: bool) -> None:
    assert answers.lack(missing, "Who paid for the bridge?") == (missing if is_kept else "")
