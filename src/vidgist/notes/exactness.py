"""Whether a text is an exact record: header, four sections in their form, a diagram that parses. Pure.

`record.parse` takes any description, since a free prompt may ask for any; here it has to be the one that
`record.sections` lays out.
"""

import re

from vidgist.errors import Unreadable
from vidgist.models import Record
from vidgist.text import hygiene, record
from vidgist.text.mermaid import checking

_BULLET = r"\*   \*\*[^\n]+:\*\* [^\n]+\n"
_CONCLUSION = r"\*   \*\*Core Point:\*\* [^\n]+\n\*   \*\*Fundamental Point:\*\* [^\n]+\n"
_SECTIONS = (
    (
        r"### Summary of the Content:\n\n",
        "it does not begin with '### Summary of the Content:'",
    ),
    (
        rf"\*\*I\. Core Ideas\*\*\n\n(?:{_BULLET}){{1,15}}\n",
        "'**I. Core Ideas**' and 1 to 15 bullets '*   **Label:** text' are wanted",
    ),
    (
        rf"\*\*II\. Conclusion Points\*\*\n\n{_CONCLUSION}\n",
        "'**II. Conclusion Points**' with '*   **Core Point:**' and '*   **Fundamental Point:**' is wanted",
    ),
    (
        r"\*\*III\. Overarching Framework\*\*\n\n(?:[^\n]+\n\n)+(?=\*\*IV\. )",
        "'**III. Overarching Framework**' and paragraphs of one line each are wanted",
    ),
    (
        r"\*\*IV\. Conceptual Map\*\*\n\n",
        "'**IV. Conceptual Map**' is wanted",
    ),
)
_READ = tuple((re.compile(pattern), wanted) for pattern, wanted in _SECTIONS)
_OPEN, _CLOSE = "<Mermaid_Diagram>\n", "</Mermaid_Diagram>\n"


def fault(text: str) -> str:
    """Return what is wrong with a record's text, in one line; empty where nothing is."""
    try:
        found = record.parse(text)
    except Unreadable as error:
        return str(error)
    if found.status != record.SUCCESS:
        return f"no summary: {found.status}"
    return _in_lines(found) or _in_description(found.description)


def _in_lines(found: Record) -> str:
    for number, name, line in ((2, "title", found.title), (3, "URL", found.url)):
        if not line or hygiene.published(line) != line:
            return f"not an exact record: line {number}: {line!r} is no {name}"
    if not found.content:
        return "not an exact record: a success without content"
    if hygiene.one_line(found.content) != found.content:
        return "not an exact record: the content has control characters or more than single spaces"
    return ""


def _in_description(description: str) -> str:
    at = 0
    for pattern, wanted in _READ:
        match = pattern.match(description, at)
        if match is None:
            return f"not an exact description: {wanted}"
        at = match.end()
    diagram = description[at:]
    if not diagram.startswith(_OPEN) or _CLOSE not in diagram:
        return "no diagram between <Mermaid_Diagram> and </Mermaid_Diagram>"
    source, _, rest = diagram.removeprefix(_OPEN).partition(_CLOSE)
    if rest:
        return "not an exact description: it goes on after </Mermaid_Diagram>"
    problem = checking.check(source)
    return f"the diagram does not parse: {problem}" if problem else ""
