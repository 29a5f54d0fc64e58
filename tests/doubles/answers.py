"""What the doubles of language models answer: valid for a schema, made of the prompt's own words."""

import json
import re
from collections.abc import Mapping

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟])\s*|\n+")
_PHRASE_WORDS = 12
_TELLING_WORDS = 5
_MATERIAL = re.compile(r"<(transcript|notes)-[0-9a-f]{8}>\n(.*)\n</\1-", re.DOTALL)
_DEEP = 6


class Phrases:
    """Phrases of a text or of the material in it, evenly spread and taken in turn; always the same ones."""

    def __init__(self, text: str) -> None:
        self._all: list[str] = []
        material = _MATERIAL.search(text)
        text = material[2] if material else text
        for sentence in filter(None, (part.strip() for part in _SENTENCE_END.split(text))):
            words = sentence.split()
            self._all += [
                " ".join(words[at : at + _PHRASE_WORDS]) for at in range(0, len(words), _PHRASE_WORDS)
            ]
        telling = [phrase for phrase in self._all if len(phrase.split()) >= _TELLING_WORDS]
        self._all = telling or self._all or ["nothing"]
        self._step = max(1, len(self._all) // 12)
        self._at = 0

    def take(self, least: int = 0, most: int = 1_000) -> str:
        """The next phrase, between ``least`` and ``most`` characters."""
        phrase = self._all[(self._at * self._step) % len(self._all)].strip(" .,;:。")
        self._at += 1
        while len(phrase) < least:
            phrase += " and so on"
        return phrase[:most]


def for_schema(schema: Mapping[str, object], text: str) -> str:
    """JSON text that the schema accepts, its strings phrases of ``text``."""
    return json.dumps(_value(schema, schema, Phrases(text), 0), ensure_ascii=False)


def honest(entry: dict[str, Json]) -> dict[str, Json]:
    """The entry, its statement made of its quote, as it is in a good model's answer."""
    quotes = entry.get("quotes", entry.get("quote"))
    quote = quotes[0] if isinstance(quotes, list) and quotes else quotes
    if "text" not in entry or "number" in entry or not isinstance(quote, str):
        return entry
    opening = (
        "It is said in so many words that"
        if "label" in entry
        else "What it comes to after all, in the end, is that"
    )
    return {**entry, "text": f"{opening} {quote}."}


def plain(text: str) -> str:
    """A Markdown answer made of phrases of ``text``."""
    phrases = Phrases(text)
    return "### Summary\n\n" + "\n".join(f"*   {phrases.take()}." for _ in range(4)) + "\n"


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping), value
    return value


def _options(schema: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The alternatives of a union, null last."""
    found = schema.get("anyOf") or schema.get("oneOf") or []
    assert isinstance(found, list)
    return sorted(map(_mapping, found), key=lambda option: option.get("type") == "null")


def _value(schema: Mapping[str, object], root: Mapping[str, object], phrases: Phrases, depth: int) -> Json:
    if "$ref" in schema:
        target: object = root
        for part in str(schema["$ref"]).lstrip("#/").split("/"):
            target = _mapping(target)[part]
        return _value(_mapping(target), root, phrases, depth + 1)
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        choices = schema["enum"]
        assert isinstance(choices, list)
        return str(choices[0])
    if options := _options(schema):
        return _value(options[0], root, phrases, depth + 1)
    return _typed(schema, root, phrases, depth)


def _number(schema: Mapping[str, object], key: str, default: int) -> int:
    value = schema.get(key, default)
    assert isinstance(value, int | float)
    return int(value)


def _typed(schema: Mapping[str, object], root: Mapping[str, object], phrases: Phrases, depth: int) -> Json:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        properties = _mapping(schema.get("properties", {}))
        return honest(
            {name: _value(_mapping(part), root, phrases, depth + 1) for name, part in properties.items()}
        )
    if kind == "array":
        least = _number(schema, "minItems", 0)
        count = min(max(least, 3 if depth < _DEEP else least), _number(schema, "maxItems", 1_000))
        return [_value(_mapping(schema.get("items", {})), root, phrases, depth + 1) for _ in range(count)]
    if kind in ("integer", "number"):
        return min(_number(schema, "minimum", 0) + 1, _number(schema, "maximum", 1_000_000))
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    return phrases.take(_number(schema, "minLength", 0), _number(schema, "maxLength", 1_000))
