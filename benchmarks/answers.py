"""Makes the double a model that quotes well: one call a document, as a good model takes."""

import json
import re

WORDS = 12

_TRANSCRIPT = re.compile(r"<transcript[^>]*>(.*)</transcript", re.DOTALL)


def quoting(prompt: str, _: dict[str, object] | None, answer: str) -> str:
    """The answer with each list of quotes replaced by one run of words of the transcript."""
    found = _TRANSCRIPT.search(prompt)
    words = (found[1] if found else prompt).split()
    document = json.loads(answer)
    _quote(document, words)
    return json.dumps(document)


def _quote(value: object, words: list[str]) -> None:
    if isinstance(value, list):
        for member in value:
            _quote(member, words)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name == "quotes":
                at = hash(str(value.get("text"))) % max(1, len(words) - WORDS)
                value[name] = [" ".join(words[at : at + WORDS])]
            else:
                _quote(member, words)
