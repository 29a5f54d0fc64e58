import pytest

from vidgist.archive import answer_kinds


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who paints the bridge?", "Ingrid Solheim paints it."),
        ("Who paints the bridge?", "A retired lighthouse keeper does."),
        ("Who paints the bridge?", "It is painted by two interns."),
        ("Who paints the bridge?", "The city pays for that."),
        ("Whose bridge is it?", "It belongs to a chemist."),
        ("Who paints the bridge?", "Nobody does."),
        ("Who paints the bridge?", "It isn't said."),
        ("Who paints the bridge?", "The passages do not mention that."),
        ("Who can swim here?", "It is allowed in summer."),
        ("When was it opened?", "It was opened in 1987."),
        ("When was it opened?", "The opening was on a Friday."),
        ("When is it opened?", "It is opened when the tide is out."),
        ("In which year was it painted?", "It was painted in the 80s."),
        ("What year was it painted?", "The talk does not say."),
        ("How tall is it?", "It is 30 metres tall."),
        ("How tall is it?", "It has nine storeys."),
        ("How far is it?", "It takes forty minutes by train."),
        ("How old is it?", "It was built in 1987."),
        ("How heavy is it?", "It weighs two tonnes."),
        ("How much did it cost?", "It cost 14 million crowns."),
        ("What does it cost?", "It is free."),
        ("What does a ticket cost?", "A ticket costs 20."),
        ("How many rivets has it?", "It has fourteen."),
        ("How much did that cut the bill?", "The bill was cut by 38 percent."),
        ("How much did that cut the bill?", "It was halved, by half."),
        ("How much faster is it?", "It is twice as fast."),
        ("How much of it is steel?", "Most of it is."),
        ("How many days did it take?", "It took nine days."),
        ("How many gigabytes did it hold?", "It held 900 GB."),
        ("How many rivets has it?", "All of them were counted."),
        ("What is it made of?", "It is made of steel."),
        ("Why is it closed?", "The paint is wet."),
        ("Wer hat sie gebaut?", "Die Farbe ist nass."),
        ("Who built it?", "Wir haben sie mit Holz gebaut."),
        ("Who built it?", "橋は木でできている。"),
    ],
)
def test_an_answer_of_the_kind_asked_for_is_one(question: str, answer: str) -> None:
    assert answer_kinds.missing(question, [answer]) == ""


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        (
            "Who paints the bridge?",
            "The bridge is painted with a flat brush, no matter how windy it is.",
            "a person",
        ),
        ("Who paints the Halden bridge?", "The Halden bridge is painted with a brush.", "a person"),
        ("When was it opened?", "It was opened with brass music.", "a time"),
        ("Who opened it?", "It could not be opened in the rain.", "a person"),
        ("In which year was the audit?", "The audit found 212 permissions.", "a time"),
        ("How tall is the dam?", "The sensors stayed up for eleven hours.", "a length"),
        ("How old is the dam?", "The dam is 30 metres tall.", "an age"),
        ("How heavy is it?", "It is 30 metres tall.", "a weight"),
        ("How much did the parser cost?", "The parser was written in nine days.", "a sum of money"),
        ("What does the parser cost?", "The parser was written on a train.", "a sum of money"),
        ("How much did that cut the bill?", "The solution is to restrict transactions.", "an amount"),
        ("How many gigabytes did it hold?", "It lost four hours of writes.", "a number"),
        ("How many people work there?", "They broadcast the news every Friday at noon.", "a number"),
    ],
)
def test_an_answer_of_another_kind_is_none(question: str, answer: str, kind: str) -> None:
    assert answer_kinds.missing(question, [answer]) == kind


def test_one_sentence_is_enough() -> None:
    assert (
        answer_kinds.missing("Who paints it?", ["It is painted with a brush.", "Anselm Vogt paints it."])
        == ""
    )
