"""Models that read a talk by script: carefully, hastily, inventing figures, or saying the same twice."""

import json
import re
from typing import Any

MINDS = ("careful", "hasty", "inventive", "repeating")

_MATERIAL = re.compile(r"<(transcript|notes)-[0-9a-f]{8}>\n(.*)\n</\1-", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FIGURE = re.compile(r"\d+")
_WORDS, _IDEAS, _HASTE = 25, 6, 10


def reading(kind: str) -> Any:
    """Return what makes the reply of such a model out of the double's own: ideas on sentences of the material."""

    def reply(prompt: str, _: dict[str, Any] | None, answer: str) -> str:
        document = json.loads(answer)
        found = _MATERIAL.search(prompt)
        if found is None or "core_ideas" not in document:
            return answer
        words = (len(one.split()) for one in _SENTENCE.split(found[2]))
        sentences = [
            one for one, count in zip(_SENTENCE.split(found[2]), words, strict=True) if 6 <= count <= _WORDS
        ]
        if kind == "hasty":
            sentences = sentences[: max(_IDEAS, len(sentences) // _HASTE)]
        picked = [_telling(sentences, at) for at in range(_IDEAS)] if len(sentences) >= _IDEAS else []
        if kind == "repeating":
            picked = [one for one in picked[: _IDEAS // 2] for _ in range(2)]
        document["core_ideas"] = [
            {"label": f"Point {'ABCDEFGH'[at]}", "quotes": [one], "text": _told(one, kind)}
            for at, one in enumerate(picked)
        ]
        if picked:
            for name, one in (
                ("core_point", sentences[len(sentences) // 5]),
                ("fundamental_point", sentences[-1]),
            ):
                document[name] = {"quotes": [one], "text": f"Above all: {_told(one, kind)}"}
        return json.dumps(document, ensure_ascii=False)

    return reply


def _telling(sentences: list[str], at: int) -> str:
    """Return the sentence with most digits of one of as many stretches as there are ideas."""
    stretch = sentences[at * len(sentences) // _IDEAS : (at + 1) * len(sentences) // _IDEAS]
    return max(stretch, key=lambda one: sum(map(str.isdigit, one)))


def _told(sentence: str, kind: str) -> str:
    return (
        _FIGURE.sub(lambda found: str(int(found[0]) * 7 + 13), sentence) if kind == "inventive" else sentence
    )
