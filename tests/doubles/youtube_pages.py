"""What the loopback YouTube answers: pages, InnerTube documents and caption files, as the two libraries read them.

Written after reading which keys yt-dlp and youtube-transcript-api look up; nothing recorded is in here. The
WEB client's caption addresses want a token, as on the real site; other clients' do not.
"""

import html
import json
from typing import Any
from urllib.parse import urlencode

from tests.doubles.youtube_catalogue import Captions, Channel, Video

Json = dict[str, Any]

KEY = "AIzaLoopback"
SIGNATURE = "loopback"
TRANSLATIONS = ("en", "de", "ja", "fr")

REFUSALS: dict[str, tuple[str, str, str, bool]] = {
    # kind: (status, reason, further reason, whether the answer still describes the video)
    "private": (
        "LOGIN_REQUIRED",
        "Private video",
        "Sign in if you've been granted access to this video",
        False,
    ),
    "deleted": ("ERROR", "Video unavailable", "This video has been removed by the uploader", False),
    "terminated": (
        "ERROR",
        "Video unavailable",
        "This video is no longer available because the YouTube account associated with it has been terminated.",
        False,
    ),
    "members": (
        "UNPLAYABLE",
        "Join this channel to get access to members-only content like this video.",
        "",
        True,
    ),
    "country": (
        "UNPLAYABLE",
        "Video unavailable",
        "The uploader has not made this video available in your country",
        True,
    ),
    "paid": ("UNPLAYABLE", "This video requires payment to watch.", "", True),
    "login": ("LOGIN_REQUIRED", "Please sign in", "", False),
    "upcoming": ("LIVE_STREAM_OFFLINE", "Premieres in 2 hours", "", True),
    "bot": (
        "LOGIN_REQUIRED",
        "Sign in to confirm you’re not a bot",
        "This helps protect our community. Learn more",
        False,
    ),
    "session_limit": (
        "UNPLAYABLE",
        "Video unavailable",
        "This content isn't available, try again later.",
        False,
    ),
}

CONSENT = (
    '<!DOCTYPE html><html><body><form action="https://consent.youtube.com/s" method="POST">'
    '<input type="hidden" name="v" value="cb.loopback"></form></body></html>'
)
CAPTCHA = (
    '<!DOCTYPE html><html><body><form><div class="g-recaptcha" data-sitekey="x"></div></form></body></html>'
)


def runs(text: str) -> Json:
    return {"runs": [{"text": text}]}


def player(video: Video | None, client: str, kinds: set[str]) -> Json:
    """The answer of ``/youtubei/v1/player``; the WEB client's stands in the watch page too."""
    status, described = _playability(video, client, kinds)
    answer: Json = {"responseContext": {}, "playabilityStatus": status}
    if video is None or not described:
        return answer
    details: Json = {
        "videoId": "other_video" if "other_video" in kinds else video.id,
        "title": video.title,
        "lengthSeconds": "0" if "live" in kinds else str(video.seconds),
        "channelId": video.channel.id,
        "author": video.channel.name,
        "shortDescription": video.description,
        "viewCount": "1200",
        "isLiveContent": bool(kinds & {"live", "live_captions", "upcoming", "post_live"}),
    }
    if kinds & {"live", "live_captions"}:
        details["isLive"] = True
    if "upcoming" in kinds:
        details["isUpcoming"] = True
    if "post_live" in kinds:
        details["isPostLiveDvr"] = True
    if "no_title" in kinds:
        del details["title"]
    if "no_length" in kinds:
        del details["lengthSeconds"]
    answer["videoDetails"] = details
    if status["status"] == "OK":
        answer["streamingData"] = _streams(video, client, kinds)
        if video.captions and not kinds & {"disabled", "live", "post_live"}:
            answer["captions"] = {"playerCaptionsTracklistRenderer": _tracks(video, client, kinds)}
    if client == "WEB":
        day = video.published.isoformat()
        micro: Json = {"uploadDate": f"{day}T08:00:00-07:00", "publishDate": f"{day}T08:00:00-07:00"}
        answer["microformat"] = {"playerMicroformatRenderer": micro}
    return answer


def watch(video: Video | None, kinds: set[str]) -> Json:
    """The ``ytInitialData`` of a watch page, and the answer of ``/youtubei/v1/next``."""
    rows: list[Json] = [{"itemSectionRenderer": {}}]
    panels: list[Json] = []
    if video is not None and _playability(video, "WEB", kinds)[1]:
        owner = {
            "title": {
                "runs": [{"text": video.channel.name, "navigationEndpoint": channel_link(video.channel)}]
            }
        }
        rows = [
            {"videoPrimaryInfoRenderer": {"title": runs("" if "no_title" in kinds else video.title)}},
            {"videoSecondaryInfoRenderer": {"owner": {"videoOwnerRenderer": owner}}},
        ]
        marks = [
            {
                "macroMarkersListItemRenderer": {
                    "title": {"simpleText": title},
                    "timeDescription": {"simpleText": clock(start)},
                }
            }
            for start, title in video.chapters
        ]
        panels = [
            {
                "engagementPanelSectionListRenderer": {
                    "content": {"macroMarkersListRenderer": {"contents": marks}}
                }
            }
        ]
    results = {"results": {"results": {"contents": rows}}}
    return {"contents": {"twoColumnWatchNextResults": results}, "engagementPanels": panels}


def page(title: str, data: Json, answer: Json | None, filler: str) -> str:
    settings = {
        "INNERTUBE_API_KEY": KEY,
        "INNERTUBE_CONTEXT": {"client": {"hl": "en", "clientName": "WEB", "clientVersion": "2.20261101"}},
        "INNERTUBE_CONTEXT_CLIENT_NAME": 1,
        "LOGGED_IN": False,
    }
    parts = [f"ytcfg.set({_script(settings)});", f"var ytInitialData = {_script(data)};"]
    if answer is not None:
        parts.append(f"var ytInitialPlayerResponse = {_script(answer)};")
    scripts = "".join(f"<script>{part}</script>" for part in parts)
    return f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body>{filler}{scripts}</body></html>"


def json3(captions: Captions) -> str:
    """The site's own format: for generated captions a window, words with offsets, and line breaks."""
    events: list[Json] = []
    if captions.generated:
        events.append({"tStartMs": 0, "dDurationMs": 9_000_000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1})
    for start, seconds, text in captions.lines:
        at, length = round(start * 1000), round(seconds * 1000)
        if not captions.generated:
            events.append({"tStartMs": at, "dDurationMs": length, "segs": [{"utf8": text}]})
            continue
        first, *others = text.split(" ")
        words = [
            {"utf8": first},
            *({"utf8": f" {word}", "tOffsetMs": 100 * n} for n, word in enumerate(others, 1)),
        ]
        events.append({"tStartMs": at, "dDurationMs": length, "wWinId": 1, "segs": words})
        events.append(
            {"tStartMs": at + length, "dDurationMs": 10, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}
        )
    return json.dumps({"wireMagic": "pb3", "events": events}, ensure_ascii=False)


def xml(captions: Captions) -> str:
    """The plain format that youtube-transcript-api reads; entities are escaped twice."""
    lines = "".join(
        f'<text start="{start}" dur="{seconds}">{html.escape(html.escape(text))}</text>'
        for start, seconds, text in captions.lines
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{lines}</transcript>'


def clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def _playability(video: Video | None, client: str, kinds: set[str]) -> tuple[Json, bool]:
    """What the player says of playing it, and whether the answer describes the video all the same."""
    if video is None or "unavailable" in kinds:
        return _refusal(
            "ERROR", "Video unavailable" if client == "WEB" else "This video is unavailable", ""
        ), False
    if "age" in kinds:
        young = "This video may be inappropriate for some users."
        web = client.startswith("WEB")
        return _refusal(
            "LOGIN_REQUIRED", "Sign in to confirm your age" if web else young, young if web else ""
        ), True
    for kind, (status, reason, further, described) in REFUSALS.items():
        if kind in kinds:
            return _refusal(status, reason, further), described
    return {"status": "OK", "playableInEmbed": True}, True


def _refusal(status: str, reason: str, further: str) -> Json:
    message: Json = {"reason": runs(reason)}
    if further:
        message["subreason"] = runs(further)
    return {"status": status, "reason": reason, "errorScreen": {"playerErrorMessageRenderer": message}}


def _streams(video: Video, client: str, kinds: set[str]) -> Json:
    media = f"https://media.googlevideo.com/videoplayback?id={video.id}"
    if "live" in kinds:
        return {"hlsManifestUrl": "https://manifest.googlevideo.com/api/manifest/hls_variant/index.m3u8"}
    if client == "WEB":
        return {"serverAbrStreamingUrl": f"{media}&sabr=1"}
    sound = {
        "itag": 140,
        "url": f"{media}&itag=140",
        "mimeType": 'audio/mp4; codecs="mp4a.40.2"',
        "bitrate": 130_000,
    }
    return {"adaptiveFormats": [sound]}


def _tracks(video: Video, client: str, kinds: set[str]) -> Json:
    web = client == "WEB"
    tracks = []
    for captions in video.captions:
        query = {"v": video.id, "signature": SIGNATURE, "lang": captions.language}
        if captions.generated:
            query["kind"] = "asr"
        if web or "locked" in kinds:
            query["exp"] = "xpe"
        if not web:
            query["fmt"] = "srv3"
        track: Json = {
            "baseUrl": f"https://www.youtube.com/api/timedtext?{urlencode(query)}",
            "name": {"simpleText": captions.language} if web else runs(captions.language),
            "vssId": f"{'a' if captions.generated else ''}.{captions.language}",
            "languageCode": captions.language,
            "isTranslatable": True,
        }
        if captions.generated:
            track["kind"] = "asr"
        tracks.append(track)
    languages = [
        {"languageCode": code, "languageName": {"simpleText": code} if web else runs(code)}
        for code in TRANSLATIONS
    ]
    return {"captionTracks": tracks, "translationLanguages": languages}


def channel_link(channel: Channel) -> Json:
    return {"browseEndpoint": {"browseId": channel.id, "canonicalBaseUrl": f"/{channel.handle}"}}


def _script(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
