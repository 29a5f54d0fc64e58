# ruff: noqa: ANN401 (yt-dlp is met by duck typing: it is imported late and its own types are loose)
"""What yt-dlp finds at an address of any site: one video or many, subtitles, sound."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from vidgist.errors import Unreadable, VidgistError
from vidgist.protocols import Visit, at_once
from vidgist.sources import _site_errors, _video_info, _youtube_dl
from vidgist.sources._caption_lines import clean
from vidgist.sources._network import Meter, Network, Pool
from vidgist.sources._site_info import File
from vidgist.sources._video_info import Info

_STEPS = 6
"""A page may lead to a player, and that to a third site."""

_DEPTH = 3
_MOST_PIECES = 3000
_KEPT = ("_type", "url", "ie_key", "id", "extractor", "extractor_key", "formats", "subtitles", "duration")


class Pages:
    """Several threads may call one object; each call has a `YoutubeDL` to itself, reused by later ones."""

    def __init__(self, network: Network, meter: Meter) -> None:
        self._doors = Pool(lambda: _youtube_dl.create(network, meter, site="the site"))

    def open(self, url: str, visit: Visit = at_once) -> Info:
        """Return what is at an address: a video, or a list whose ``entries`` are read as `members` does."""
        with self._door(url, visit) as door:
            info = _alone(_resolved(door, url))
            if info.get("entries") is not None:
                info["entries"] = list(_guarded(door, info["entries"]))
            return info

    def members(self, url: str, visit: Visit = at_once) -> Iterator[Info]:
        """Yield the one video at an address, or the members of a list as its pages come in."""
        with self._door(url, visit) as door:
            yield from _members(door, _alone(_resolved(door, url)), _DEPTH)

    def read(self, file: File, named: str = "") -> bytes:
        """Return a subtitle file of the page that was named. Raises `NoTranscript` where it has no words."""
        if file.text:
            return file.text.encode()
        with self._door(file.url, named=named) as door:
            body = _get(door, file.url)
            if not file.is_playlist:
                return body
            pieces = [urljoin(file.url, name) for name in _pieces(body)]
            if len(pieces) > _MOST_PIECES:
                raise Unreadable("its subtitles are in too many pieces", code="too_large")
            return b"\n\n".join(_get(door, piece) for piece in pieces)

    def get(self, url: str) -> bytes:
        """Return what is at an address. Raises `ItemError` or `RunError`."""
        with self._door(url) as door:
            with _judged(door):
                body: bytes = door.urlopen(url).read()
            return body

    def download(self, sound: Info, into: Path, named: str = "") -> None:
        """Write the sound of the page that was named to a file. Raises `ItemError` or `RunError`."""
        with self._door(str(sound["url"]), named=named) as door:
            door.whole = True
            try:
                _youtube_dl.save(door, sound, into)
            finally:
                door.whole = False

    def close(self) -> None:
        for door in self._doors.drain():
            door.close()

    @contextmanager
    def _door(self, url: str, visit: Visit = at_once, named: str = "") -> Iterator[Any]:
        """Yield one for what is at an address; it leads nowhere inside where the one that was named is
        outside.
        """
        with self._doors.one() as door:
            door.site, door.visit = urlsplit(url).hostname or "the site", visit
            door.named = named or url
            try:
                yield door
            finally:
                door.visit = at_once


def _resolved(door: Any, url: str, extractor: str | None = None) -> Info:
    """Return the content at an address, behind its redirects."""
    info = _extract(door, url, extractor)
    for _ in range(_STEPS):
        kind = info.get("_type")
        if kind not in ("url", "url_transparent") or info.get("ie_key") == "Youtube":
            return info
        inner = _extract(door, str(info["url"]), info.get("ie_key"))
        outer = {name: value for name, value in info.items() if value is not None and name not in _KEPT}
        info = {**inner, **outer} if kind == "url_transparent" else inner
    return info


def _extract(door: Any, url: str, extractor: str | None = None) -> Info:
    door.heard.clear()
    with _judged(door):
        info = door.extract_info(url, download=False, process=False, ie_key=extractor)
    if not isinstance(info, dict):
        raise _site_errors.of_failure("", 0, tuple(door.heard), door.site)
    return _video_info.typed(info)


def _alone(info: Info) -> Info:
    """Return a page's one player, which is listed and numbered as if there were more."""
    entries = info.get("entries")
    if isinstance(entries, list) and len(entries) == 1 and info.get("extractor") == "generic":
        info = {"title": info.get("title"), **entries[0]}
    title = info.get("title")
    is_numbered = str(info.get("id")).endswith("-1") and info.get("extractor") in ("generic", "html5")
    if is_numbered and info.get("entries") is None and isinstance(title, str):
        return {**info, "title": title.removesuffix(" (1)")}
    return info


def _members(door: Any, info: Info, depth: int) -> Iterator[Info]:
    if info.get("entries") is None:
        yield info
        return
    title = info.get("title")
    for place, entry in enumerate(_guarded(door, info["entries"]), start=1):
        if entry.get("entries") is not None:
            yield from _members(door, entry, depth - 1)
        elif depth and _youtube_dl.is_list(entry):
            yield from _members(door, _resolved(door, str(entry["url"]), entry.get("ie_key")), depth - 1)
        else:
            yield {"playlist_title": title, "playlist_index": place, "_place": place, **entry}


def _guarded(door: Any, entries: Any) -> Iterator[Info]:
    """Yield the entries of a list; reading on may mean a request."""
    with _judged(door):
        yield from (_video_info.typed(entry) for entry in entries if isinstance(entry, dict))


def _judged(door: Any) -> AbstractContextManager[None]:
    return _youtube_dl.judged(lambda error: _failed(door, error))


def _failed(door: Any, error: Exception) -> VidgistError:
    kind, status = _youtube_dl.cause(error)
    said = _youtube_dl.said(clean(str(error)))
    return _site_errors.of_failure(kind, status, (said, *door.heard), door.site)


def _get(door: Any, url: str) -> bytes:
    return _youtube_dl.captions(door, url)


def _pieces(playlist: bytes) -> list[str]:
    lines = playlist.decode("utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not re.match(r"\s*#", line)]
