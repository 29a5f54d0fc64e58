"""Quotes as models write them: with dots, without fillers, over lines and speakers, in other scripts; and invented ones."""

import pytest

from vidgist.evidence import Concordance
from vidgist.models import Segment, Transcript

LINES = [
    "so welcome everybody to the evening talk at the old mill",
    "um my name is aoife mccarthy and I uh restore clocks for a living",
    "the oldest one I ever had on my bench was made in sixteen fifty eight",
    "it had been lying in a barn for you know eighty years or so",
    "and the mice had eaten the the leather of the bellows",
    "what I learnt from it is that grease kills more clocks than rust does",
    "people put oil on everything because they think oil helps",
    "but oil gathers dust and dust is sandpaper in the end",
    "so I tell every customer leave it alone for five years",
    "and if it stops bring it to me or to siobhan in galway",
    "she has better hands than I have and she is cheaper",
    "thank you very much for listening tonight",
]
CLOCKS = Concordance(
    Transcript(
        segments=tuple(Segment(start=4.0 * i, duration=4, text=t) for i, t in enumerate(LINES)), language="en"
    )
)
COUNCIL = Concordance(
    Transcript(
        segments=(
            Segment(
                start=0, duration=4, text="So, what did the council decide about the bridge?", speaker="Ann"
            ),
            Segment(start=4, duration=4, text="We voted to close it until May.", speaker="Bob"),
            Segment(start=8, duration=4, text="And the ferry runs instead, every hour.", speaker="Ann"),
            Segment(start=12, duration=4, text="Right, every hour from six to nine.", speaker="Bob"),
        ),
        language="en",
    )
)
JAPANESE = Concordance(
    Transcript(
        segments=(
            Segment(start=0, duration=4, text="今日は時計の修理についてお話しします"),
            Segment(start=4, duration=4, text="油は埃を集めて、埃は最後には紙やすりになるんです"),
            Segment(start=8, duration=4, text="だから五年間は触らないでください"),
        ),
        language="ja",
    )
)
CHINESE = Concordance(
    Transcript(
        segments=(
            Segment(start=0, duration=4, text="今天我想讲一讲修钟表的事情"),
            Segment(start=4, duration=4, text="油会吸灰，灰到最后就是砂纸"),
            Segment(start=8, duration=4, text="所以我告诉每一位客人五年之内不要碰它"),
        ),
        language="zh",
    )
)
RUSSIAN = Concordance(
    Transcript(
        segments=(
            Segment(
                start=0, duration=4, text="масло собирает пыль а пыль в конце концов это наждачная бумага"
            ),
            Segment(start=4, duration=4, text="поэтому я говорю каждому не трогайте часы пять лет"),
        ),
        language="ru",
    )
)
# the talk, the quote, what is shown of it
QUOTES = [
    (
        CLOCKS,
        "grease kills more clocks than rust does ... oil gathers dust and dust is sandpaper",
        ["grease kills", "dust is sandpaper"],
    ),
    (
        CLOCKS,
        "grease kills more clocks than rust does … dust is sandpaper in the end",
        ["grease kills", "sandpaper in the end"],
    ),
    (
        CLOCKS,
        "grease kills more clocks than rust […] leave it alone for five years",
        ["grease kills", "leave it alone"],
    ),
    (
        CLOCKS,
        "grease kills more clocks than rust (...) leave it alone for five years",
        ["grease kills", "leave it alone"],
    ),
    (CLOCKS, "...oil gathers dust and dust is sandpaper in the end...", ["oil gathers dust"]),
    (CLOCKS, "…people put oil on everything…", ["put oil on everything"]),
    (
        CLOCKS,
        "grease kills more clocks than rust does .. leave it alone for five years",
        ["grease kills", "leave it alone"],
    ),
    (CLOCKS, "my name is Aoife McCarthy and I restore clocks for a living", ["aoife mccarthy"]),
    (CLOCKS, "My name is Eefa McCarthy, and I restore clocks for a living.", ["aoife mccarthy"]),
    (CLOCKS, "made in 1658. It had been lying in a barn for eighty years", ["sixteen fifty eight", "barn"]),
    (CLOCKS, "it had been lying in a barn for 80 years or so", ["barn"]),
    (CLOCKS, "the mice had eaten the leather of the bellows", ["leather of the bellows"]),
    (CLOCKS, "bring it to me or to Siobhán in Galway", ["galway"]),
    (CLOCKS, "What I learned from it is that grease kills more clocks than rust does", ["grease kills"]),
    (CLOCKS, "“Leave it alone for 5 years”", ["five years"]),
    (CLOCKS, "'leave it alone for five years'", ["five years"]),
    (CLOCKS, "Speaker: leave it alone for five years", ["five years"]),
    (CLOCKS, "[0:32] so I tell every customer leave it alone for five years", ["five years"]),
    (CLOCKS, "0:32 so I tell every customer leave it alone for five years", ["five years"]),
    (CLOCKS, "SO I TELL EVERY CUSTOMER LEAVE IT ALONE", ["leave it alone"]),
    (CLOCKS, "she has better hands than I have—and she is cheaper", ["better hands"]),
    (CLOCKS, "oil gathers dust &amp; dust is sandpaper in the end", ["gathers dust"]),
    (CLOCKS, "grease  kills\nmore clocks than rust does", ["grease kills"]),
    (
        COUNCIL,
        "what did the council decide about the bridge? We voted to close it until May.",
        ["close it until May"],
    ),
    (
        COUNCIL,
        "Ann: So, what did the council decide about the bridge? Bob: We voted to close it until May.",
        ["close it until May"],
    ),
    (
        COUNCIL,
        "We voted to close it until May. And the ferry runs instead, every hour.",
        ["close it until May", "ferry runs"],
    ),
    (
        COUNCIL,
        "We voted to close it until May … the ferry runs instead, every hour",
        ["close it until May", "ferry runs"],
    ),
    (COUNCIL, "every hour from 6 to 9", ["six to nine"]),
    (
        COUNCIL,
        "the ferry runs instead, every hour. Right, every hour from six to nine.",
        ["ferry runs", "six to nine"],
    ),
    (JAPANESE, "油は埃を集めて、埃は最後には紙やすりになる", ["紙やすり"]),
    (JAPANESE, "埃は最後には紙やすりになるんです。だから5年間は触らないでください", ["紙やすり", "触らない"]),
    (JAPANESE, "油は埃を集めて……五年間は触らないでください", ["油は埃", "触らない"]),
    (CHINESE, "油会吸灰，灰到最后就是砂纸。", ["砂纸"]),
    (CHINESE, "油会吸灰……五年之内不要碰它", ["油会吸灰", "五年之内"]),
    (CHINESE, "所以我告诉每一位客人，5年之内不要碰它", ["不要碰它"]),
    (RUSSIAN, "Масло собирает пыль, а пыль в конце концов — это наждачная бумага.", ["наждачная"]),
    (RUSSIAN, "масло собирает пыль … не трогайте часы пять лет", ["масло", "пять лет"]),
]
INVENTED = [
    "grease never harmed a clock in all of my years",
    "the bellows were replaced by a factory in leeds",
    "she has worse prices than anybody else in town",
    "thank you all for watching and please subscribe",
    "we voted to keep it open until June",
    "clocks are restored by the council of the bridge",
    "oil is the best friend of every clock and bell",
]


@pytest.mark.parametrize(("talk", "quote", "shown"), QUOTES)
def test_a_quote_is_found_whole(talk: Concordance, quote: str, shown: list[str]) -> None:
    found = " … ".join(passage.evidence.quote for passage in talk.find(quote)).casefold()
    assert [part for part in shown if part.casefold() not in found] == []


@pytest.mark.parametrize("quote", INVENTED)
def test_a_quote_that_was_never_spoken_is_not_found(quote: str) -> None:
    assert CLOCKS.find(quote) == ()
    assert COUNCIL.find(quote) == ()
