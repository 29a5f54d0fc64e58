"""Metadata of a video in the front matter of a Markdown file, by the names that note tools give it. Pure."""

import re

from vidgist.notes import front_matter
from vidgist.readers import metadata
from vidgist.readers.metadata import About
from vidgist.text import record

_PAIR = re.compile(r"([A-Za-z_][\w-]{0,40})\s*:\s*(.*)")
_LINK = re.compile(r"\[\[(?:[^][|]*\|)?([^][|]+)\]\]")

Pairs = dict[str, str]


def read(text: str) -> About:
    pairs = _pairs(text)
    length = pairs.get("duration", "") or pairs.get("length", "")

    def first(*names: str) -> str:
        return next((value for name in names if (value := pairs.get(name, ""))), "")

    return About(
        title=metadata.text(first("title", "name")),
        url=next(
            filter(
                None,
                (
                    metadata.link(pairs.get(name))
                    for name in ("url", "source", "link", "video", "webpage_url", "video_url")
                ),
            ),
            "",
        ),
        seconds=metadata.seconds(record.seconds(length))
        or metadata.seconds(length)
        or metadata.seconds(pairs.get("duration_seconds")),
        channel=metadata.text(first("channel", "uploader", "author", "authors", "creator", "by")),
        published=metadata.day(first("published", "upload_date", "date", "published_at")),
        language=metadata.language(first("language", "lang")),
    )


def _pairs(text: str) -> Pairs:
    """Return the values of the top level as text; of a list its first."""
    found, _ = front_matter.split(f"---\n{text}\n---\n")
    pairs = {
        key.lower(): _LINK.sub(r"\1", value if isinstance(value, str) else value[0])
        for key, value in found.items()
    }
    return pairs or _plain_pairs(text)


def _plain_pairs(text: str) -> Pairs:
    """Return the lines of ``key: value`` in what is no YAML, such as a title with a colon in it."""
    pairs: Pairs = {}
    for row in text.split("\n"):
        if pair := _PAIR.fullmatch(row.strip()):
            pairs[pair[1].lower()] = _LINK.sub(r"\1", _unquoted(pair[2]))
    return pairs


def _unquoted(value: str) -> str:
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        quote, bare = bare[0], bare[1:-1]
        return bare.replace('\\"', '"').replace("\\\\", "\\") if quote == '"' else bare.replace("''", "'")
    return bare
