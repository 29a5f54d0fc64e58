"""Markup of captions: tags, overrides and entities are not said, and what only looks like them is."""

import pytest

from vidgist.readers import markup


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tom &amp; Jerry&#39;s", "Tom & Jerry's"),
        ("it&amp;#39;s &amp;quot;fine&amp;quot;", 'it\'s "fine"'),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("<c>to</c><00:00:01.469><c> the</c>", "to the"),
        ("<c.colorE5E5E5>grey</c> <i>slanted</i> <v Bob Smith>hello</v>", "grey slanted hello"),
        ('<font color="#fff">white</font><br/>next', "white next"),
        (r"{\an8}above {\i1}it{\i0}", "above it"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("a <bold claim> {set}", "a <bold claim> {set}"),
        ("two\nlines \t and\u00a0more\u2028here", "two lines and more here"),
        (r"the rate {\beta} and $x_{\max}$", r"the rate {\beta} and $x_{\max}$"),
        (r"one\Ntwo\hthree C:\New", r"one two three C:\New"),
        ('<a href="x">a link</a> and <u class="x">a line</u>', "a link and a line"),
        ("{y:i}slanted {c:$0000ff}blue", "slanted blue"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
)
def test_line_keeps_words_and_drops_markup(raw: str, clean: str) -> None:
    assert " ".join(markup.read(raw).split()) == clean
