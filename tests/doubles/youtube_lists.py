"""How the loopback YouTube shows playlists and channels, in the layout that lists have had since 2026."""

from datetime import UTC, date, datetime

from tests.doubles.youtube_catalogue import Channel, Video
from tests.doubles.youtube_pages import Json, channel_link, clock, runs


def playlist(title: str, rows: list[Json]) -> Json:
    """The ``ytInitialData`` of a playlist's page."""
    content = {"sectionListRenderer": {"contents": [{"itemSectionRenderer": {"contents": rows}}]}}
    return _tabbed([{"selected": True, "content": content}], {"playlistMetadataRenderer": {"title": title}})


def channel(owner: Channel, tabs: tuple[str, ...], selected: str, rows: list[Json]) -> Json:
    """The ``ytInitialData`` of one tab of a channel."""
    shown = []
    for name in tabs:
        link = {"commandMetadata": {"webCommandMetadata": {"url": f"/{owner.handle}/{name}"}}}
        tab: Json = {"title": name.title(), "endpoint": link}
        if name == selected:
            tab |= {"selected": True, "content": {"richGridRenderer": {"contents": rows}}}
        shown.append(tab)
    return _tabbed(shown, {"channelMetadataRenderer": {"title": owner.name, "externalId": owner.id}})


def _tabbed(tabs: list[Json], metadata: Json) -> Json:
    shown = {"twoColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": tab} for tab in tabs]}}
    return {"contents": shown, "metadata": metadata}


def no_listing(reason: str) -> Json:
    return {"alerts": [{"alertRenderer": {"type": "ERROR", "text": runs(reason)}}]}


def row(video: Video | None, video_id: str, *, grid: bool) -> Json:
    """One member of a list: a video, or where the id is a playlist's, that."""
    if video_id.startswith("PL"):
        shelf: Json = {"contentId": video_id, "contentType": "LOCKUP_CONTENT_TYPE_PLAYLIST"}
        return {"richItemRenderer": {"content": {"lockupViewModel": shelf}}}
    model: Json = {"contentId": video_id, "contentType": "LOCKUP_CONTENT_TYPE_VIDEO"}
    kinds = {fault.kind for fault in video.faults} if video else set()
    if video is None or kinds & {"private", "unavailable", "deleted"}:
        title = "[Private video]" if "private" in kinds else "[Deleted video]"
        model["metadata"] = {"lockupMetadataViewModel": {"title": {"content": title}}}
    else:
        badge = "LIVE" if "live" in kinds else "UPCOMING" if "upcoming" in kinds else clock(video.seconds)
        style = f"THUMBNAIL_OVERLAY_BADGE_STYLE_{'LIVE' if badge == 'LIVE' else 'DEFAULT'}"
        badges = [{"thumbnailBadgeViewModel": {"text": badge, "badgeStyle": style}}]
        overlay = {"thumbnailBottomOverlayViewModel": {"badges": badges}}
        name = {
            "content": video.channel.name,
            "commandRuns": [{"onTap": {"innertubeCommand": channel_link(video.channel)}}],
        }
        ago = {"text": {"content": _ago(video.published)}, "accessibilityLabel": "x"}
        rows = [
            {"metadataParts": [{"text": name}]},
            {"metadataParts": [{"text": {"content": "9 views"}}, ago]},
        ]
        model["contentImage"] = {"thumbnailViewModel": {"overlays": [overlay]}}
        model["metadata"] = {
            "lockupMetadataViewModel": {
                "title": {"content": video.title},
                "metadata": {"contentMetadataViewModel": {"metadataRows": rows}},
            }
        }
    member = {"lockupViewModel": model}
    return {"richItemRenderer": {"content": member}} if grid else member


def more(token: str) -> Json:
    command = {"continuationCommand": {"token": token, "request": "CONTINUATION_REQUEST_TYPE_BROWSE"}}
    return {"continuationItemRenderer": {"continuationEndpoint": command}}


def searched(rows: list[Json]) -> Json:
    section = {"itemSectionRenderer": {"contents": rows}}
    listed = {"sectionListRenderer": {"contents": [section]}}
    return {"contents": {"twoColumnSearchResultsRenderer": {"primaryContents": listed}}}


def continued(rows: list[Json]) -> Json:
    return {"onResponseReceivedActions": [{"appendContinuationItemsAction": {"continuationItems": rows}}]}


def _ago(day: date) -> str:
    days = (datetime.now(UTC).date() - day).days
    for unit, length in (("year", 365), ("month", 30), ("day", 1)):
        if days >= length:
            return f"{days // length} {unit}{'s' * (days >= 2 * length)} ago"
    return "3 hours ago"
