"""What is near an address of YouTube that names nothing: said with its refusal. Pure."""

import re

_PLAYLIST = re.compile(r"(?:PL|UU|OL|FL|RD|EL)[\w-]{10,}", re.ASCII)
_CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
_SITE = "https://www.youtube.com"

_OWN = {
    "WL": "Watch Later",
    "LL": "Liked videos",
    "LM": "Liked music",
    "history": "the watch history",
    "subscriptions": "the subscriptions",
    "you": "the viewer's own page",
    "library": "the viewer's own page",
    "playlists": "the viewer's own playlists",
}

_NO_VIDEO = "its video is missing: /watch?v= and 11 characters"
_PAGES = {
    "results": "a search is written ytsearch5:{}",
    "hashtag": "a search is written ytsearch5:#{}",
    "feed": "{}: save it as a list with Google Takeout and name that with --from-file",
    **dict.fromkeys(("", "shorts", "live", "embed", "watch", "v"), _NO_VIDEO),
    "playlist": "its list is missing: /playlist?list= and the id of the playlist",
    **dict.fromkeys(("clip", "post"), "give the address of the video itself"),
    **dict.fromkeys(("channel", "c", "user"), "the name of the channel is missing"),
}


def of_id(name: str) -> tuple[str, str] | None:
    """Say what an id is that stands where a video's belongs, and the address to give for it."""
    if _PLAYLIST.fullmatch(name) and len(name) != 11:  # noqa: PLR2004
        return "a playlist id", f"{_SITE}/playlist?list={name}"
    if _CHANNEL.fullmatch(name):
        return "a channel id", f"{_SITE}/channel/{name}"
    if name.startswith("@"):
        return "the handle of a channel", f"{_SITE}/{name}"
    return None


def of_page(path: list[str], query: dict[str, list[str]]) -> str:
    """Say what to give in place of a page that is no video, playlist or channel."""
    page, name = (*path, "", "")[:2]
    if page == "results":
        name = " ".join(query.get("search_query", ["words"])[0].split())
    elif page == "feed":
        name = _OWN.get(name, "")
    said = _PAGES.get(page, "")
    if "{}" in said:
        return said.format(name) if name else ""
    is_name = not said and re.fullmatch(r"[A-Za-z][\w.-]{2,29}", page) is not None
    return f"a channel is written @{page}" if is_name else said


def of_list(identity: str, *, signed_in: bool) -> tuple[str, str] | None:
    """Say why a playlist can't be read, and what helps; None for one that can."""
    if identity in _OWN and not signed_in:
        reason = f"{_OWN[identity]} is shown to its owner alone"
        return reason, "give your cookies with --cookies-from-browser NAME or --cookies FILE"
    if identity.startswith("RD"):
        reason = "a Mix is generated for each viewer, so it has no fixed list"
        return reason, "save it as a playlist, or give the addresses of its videos"
    return None
