"""Texts that look like something else: whatever is taken for a time or a name, no word is lost."""

import re

import pytest

from vidgist import readers

TEXTS: list[tuple[str, str, str, str, bool | None]] = [
    # what it is, file, text, the words that must be there, whether it has times (None: either)
    ("detecting said", "t.txt", "[0:00] Good evening, and thank you all for coming to the bakery.\n[1:05] Sourdough needs only flour, water and a pinch of salt.\n[2:10] A warm kitchen makes the starter rise within four hours.\nDetecting language is hard for machines\nDetected language families differ\n", "", None),
    ("bible inline", "t.txt", "Read [3:16] and then [4:10] and also [5:12] in the old book.\nMore words [6:20] follow [7:30].\n", "", False),
    ("verses at end", "t.txt", "In the beginning was flour (1:10)\nAnd then came water (1:12)\nAnd then the salt (2:15)\n", "", False),
    ("schedule arrow", "t.txt", "Programme of the day\nWelcome all\n10:30 -> 11:00\nOpening by Ann\n", "", None),
    ("schedule dashes", "t.txt", "Programme\n9:00 - 10:00 Opening words\n10:00 - 11:00 Bread for all\n11:00 - 12:00 Salt\n", "", None),
    ("srt with title", "t.txt", "My bakery talk transcript\n\n1\n00:00:00,000 --> 00:00:04,000\nGood evening all.\n\n2\n00:00:05,000 --> 00:00:09,000\nWe bake.\n", "", None),
    ("vtt text before", "t.vtt", "WEBVTT\n\nThis stands before any cue\n\n00:05.000 --> 00:09.000\nWe bake.\n", "We bake.", None),
    ("dialog two names once", "t.txt", "Ann: Hello there.\nBo: Hi.\n", "", None),
    ("play", "t.txt", "ACT ONE\n\nHAMLET\nTo bake or not to bake.\n\nOPHELIA\nGood my lord.\n\nHAMLET\nI thank you.\n", "", None),
    ("qa", "t.txt", "Question:\nHow hot?\nAnswer:\nVery hot.\nQuestion:\nHow long?\nAnswer:\nAn hour.\n", "", None),
    ("recipe", "t.txt", "Ingredients:\nFlour\nSalt\n\nSteps:\nMix\nWait\n\nNotes:\nNone\n", "", None),
    ("lyrics", "t.txt", "Chorus:\nOh bread\nOh bread\n\nVerse:\nThe oven glows\n\nChorus:\nOh bread\nOh bread\n", "", None),
    ("lyrics [Chorus]", "t.txt", "[Chorus]\nOh bread\nOh bread\n\n[Verse 1]\nThe oven glows\n\n[Chorus]\nOh bread\n", "", None),
    ("steps", "t.txt", "Step One: mix the flour.\nStep Two: add water.\nStep One: again.\nStep Two: again too.\n", "", None),
    ("markdown numbered", "t.md", "1. First: mix.\n2. Second: wait.\n3. Third: bake.\n", "", None),
    ("md speech", "t.md", "# Bread\n\nSome words here.\n\n## Part one\n\nMore words there.\n\n- a list entry\n- another entry\n\n> a quote said\n", "Some words here Part one More words there a list entry another entry a quote said", None),
    ("md transcript section", "t.md", "# Bread\n\nA summary of it.\n\n## Transcript\n\nThe words that were said, many more than the summary has, so that they are it.\n", "The words that were said, many more than the summary has, so that they are it.", None),
    ("md html", "t.md", "Say <b>bread</b> and <span>salt</span>.<br>Then wait.\n", "Say bread and salt Then wait", None),
    ("md code", "t.md", "Use `x = 1` here.\n\n```python\nprint('hi')\n```\n\nEnd of it.\n", "Use x here print hi End of it", None),
    ("md mermaid", "t.md", "Words.\n\n```mermaid\ngraph LR\n a-->b\n```\nMore words.\n", "Words More words", None),
    ("md table of words", "t.md", "| Word | Meaning |\n|---|---|\n| bread | food of the people |\n| salt | white crystal |\n\nAnd words about it that are many and long and go on.\nAnd a second line of words.\nA third.\nA fourth one.\n", "", None),
    ("md comment", "t.md", "Words <!-- hidden --> go on.\n", "Words go on", None),
    ("numbers only lines", "t.txt", "Count with me\n1\n2\n3\nDone now\n", "", None),
    ("times mid prose", "t.txt", "The train at 10:30 left. The one at 11:45 stayed. At 12:00 sharp we ate.\n", "", False),
    ("chat log", "t.txt", "10:05 Ann: hi all\n10:06 Bo: hello\n10:07 Ann: the bread is done\n10:09 Bo: good\n", "", None),
    ("log lines", "t.txt", "2026-02-03 10:05:01 INFO started the oven\n2026-02-03 10:06:02 WARN too hot\n2026-02-03 10:07:00 INFO bread done\n", "", None),
    ("email", "t.txt", "From: Ann\nTo: Bo\nSubject: bread\nDate: February 3, 2026\n\nHello Bo,\n\nthe bread is done.\n", "", None),
    ("date diary", "t.txt", "February 3, 2026\nWe baked today.\n\nFebruary 4, 2026\nWe rested today.\n", "We baked today We rested today", None),
    ("speaker names in prose", "t.txt", "Ann Example said that bread is good. Bo Sample agreed.\n", "", None),
    ("caps poem", "t.txt", "THE BREAD\nIS GOOD\nTHE SALT\nIS WHITE\n", "", None),
    ("zh prose with colon", "t.txt", "他说：面包很好。\n她说：盐也好。\n他说：水也好。\n她说：是的。\n", "", None),
    ("ja quote", "t.txt", "「パンは美味しい」と言った。\n「塩も」と言った。\n", "", None),
    ("fr guillemets", "t.txt", "« Le pain : un délice », dit-elle.\n« Le sel : aussi », dit-il.\n", "", None),
    ("time words fr", "t.txt", "À 10 h 30 nous ouvrons. À 12h nous mangeons.\n", "", False),
    ("bracketed notes", "t.txt", "[laughs] That is funny.\n[coughs] Excuse me.\n[laughs] Again.\n", "", None),
    ("bracketed numbers", "t.txt", "[1] Bread first.\n[2] Salt next.\n[3] Then water.\n", "", None),
    ("years", "t.txt", "1990 We began.\n1995 We grew.\n2001 We moved.\n2010 We sold.\n", "", False),
    ("prices", "t.txt", "3.50 for bread\n4.20 for cake\n5.00 for pie\n", "", False),
    ("versions", "t.txt", "1.0 was slow.\n1.1 was fast.\n2.0 was new.\n", "", False),
    ("url lines with words", "t.txt", "Bread https://example.org/1\nSalt https://example.org/2\n", "", None),
    ("path in words", "t.txt", "We wrote talks/one.vtt and talks/two.srt today.\n", "", None),
    ("srt w/ spoken arrow", "t.srt", "1\n00:00:00,000 --> 00:00:04,000\nA --> B is a step\n\n2\n00:00:05,000 --> 00:00:09,000\nx -> y too\n", "A B is a step x y too", None),
    ("srt spoken time line", "t.srt", "1\n00:00:00,000 --> 00:00:04,000\nFrom 10:00 -> 11:00 we bake\n", "From we bake", None),
    ("srt number colon", "t.srt", "1\n00:00:00,000 --> 00:00:04,000\n10: the number\n\n2\n00:00:05,000 --> 00:00:09,000\n3.\n", "the number", None),
    ("vtt NOTE in cue", "t.vtt", "WEBVTT\n\n00:00.000 --> 00:04.000\nNOTE this well\nSTYLE matters\n\n00:05.000 --> 00:09.000\nREGION one\n", "NOTE this well STYLE matters REGION one", None),
    ("vtt blank + NOTE said", "t.vtt", "WEBVTT\n\n00:00.000 --> 00:04.000\nfirst line\n\nsecond after blank\n\n00:05.000 --> 00:09.000\nthird\n", "first line second after blank third", None),
    ("vtt css in words", "t.vtt", "WEBVTT\n\n00:00.000 --> 00:04.000\nUse {color: red} here\nand p{margin:0}\n", "Use color red here and p margin", None),
    ("srt braces latex", "t.srt", "1\n00:00:00,000 --> 00:00:04,000\nk^{\\alpha} and {\\beta}\n", "k alpha and beta", None),
    ("srt <html> said", "t.srt", "1\n00:00:00,000 --> 00:00:04,000\nthe <html> and <head> tags; if x<y and y>z\n", "the and tags if x y and z", None),
    ("json text w tags", "t.json", '[{"text": "the <p> and {\\\\an8} tag", "start": 0.0, "end": 1.0}]', "the p and an tag", None),
    ("otter long untimed para", "t.txt", "Ann Example  0:00\nword word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word end.\n\nBo Sample  5:00\nFine.\n", "word end Fine", None),
    ("names only once each with time", "t.txt", "Ann Example 0:00\nHello.\nBo Sample 0:05\nHi.\nCy Third 0:09\nHey.\n", "", None),
    ("mixed timed/untimed", "t.txt", "Intro words without time\n[0:05] first timed\nmore words\n[0:10] second timed\nand more words\n[0:15] third\n", "", True),
    ("hours begin", "t.txt", "[59:50] almost\n[1:00:05] over\n[1:00:10] more\n", "", True),
    ("bare ms", "t.txt", "00:00:00.000 first\n00:00:05.000 second\n", "", True),
    ("am pm", "t.txt", "10:05 AM Ann: hello\n10:06 AM Bo: hi there\n10:09 AM Ann: good\n", "Ann hello Bo hi there good", True),
    ("ranges dash", "t.txt", "0:00-0:05 first words\n0:05-0:10 second words\n0:10-0:15 third words\n", "", True),
    ("ranges en", "t.txt", "0:00–0:05: first words\n0:05–0:10: second words\n", "", True),
    ("ranges newline", "t.txt", "0:00 - 0:05\nfirst words\n\n0:05 - 0:10\nsecond words\n", "", True),
    ("time pipe", "t.txt", "0:00 | first words\n0:05 | second words\n0:10 | third words\n", "", True),
    ("time tab", "t.txt", "0:00\tfirst words\n0:05\tsecond words\n0:10\tthird words\n", "", True),
    ("time quote", "t.txt", '"0:00" first words\n"0:05" second words\n', "", None),
    ("t= times", "t.txt", "t=0 first words\nt=5 second words\n", "", None),
    ("00h00m", "t.txt", "00h00m05s first words\n00h01m10s second words\n00h02m00s third words\n", "", None),
    ("#00:00:05#", "t.txt", "#00:00:05# first words\n#00:00:10# second words\n#00:00:15# third words\n", "first words second third", True),
    ("<00:00:05>", "t.txt", "<00:00:05> first words\n<00:00:10> second words\n", "", True),
    ("{00:05}", "t.txt", "{00:05} first words\n{00:10} second words\n", "", True),
    ("*00:05*", "t.txt", "*00:05* first words\n*00:10* second words\n*00:15* third words\n", "", True),
    ("time after name colon", "t.txt", "Ann 00:05: first words\nBo 00:10: second words\nAnn 00:15: third words\n", "", True),
    ("name | time", "t.txt", "Ann Example | 00:05\nfirst words\nBo Sample | 00:10\nsecond words\n", "", True),
    ("(time) name:", "t.txt", "(00:05) Ann: first words\n(00:10) Bo: second words\n(00:15) Ann: third\n", "", True),
    ("name: (time) words", "t.txt", "Ann: (00:05) first words\nBo: (00:10) second words\nAnn: (00:15) third\n", "", True),
    ("[time - name]", "t.txt", "[00:05 - Ann] first words\n[00:10 - Bo] second words\n[00:15 - Ann] third\n", "", None),
    ("[name time]", "t.txt", "[Ann 00:05] first words\n[Bo 00:10] second words\n[Ann 00:15] third\n", "", None),
    ("[name, time]", "t.txt", "[Ann, 00:05]: first words\n[Bo, 00:10]: second words\n[Ann, 00:15]: third\n", "", None),
    ("Time: 0:05", "t.txt", "Time: 0:05\nfirst words\nTime: 0:10\nsecond words\n", "", None),
    ("Timestamp: x Speaker: y", "t.txt", "Timestamp: 0:05\nSpeaker: Ann\nfirst words\n\nTimestamp: 0:10\nSpeaker: Bo\nsecond words\n", "", None),
]  # fmt: skip


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


@pytest.mark.parametrize(
    ("name", "text", "kept", "timed"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS]
)
def test_no_word_is_lost(name: str, text: str, kept: str, timed: bool | None) -> None:
    made = readers.read(name, text.encode()).transcript
    said = " ".join(f"{one.speaker} {one.text}" for one in made.segments)
    assert not words(kept or text) - words(said)
    if timed is not None:
        assert made.timed is timed
