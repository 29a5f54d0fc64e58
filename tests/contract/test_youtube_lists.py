"""Playlists and channels of the loopback YouTube, read as streams through the real yt-dlp."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import ATLAS, BAKERY, MILL, Blockade
from vidgist.errors import Blocked, ItemError, Transient, Unavailable
from vidgist.models import Item, Ref, Video
from vidgist.sources import youtube as source_room
from vidgist.sources._network import Network

T = TypeVar("T")
WATCH = "https://www.youtube.com/watch?v="
BULK = [f"bulk{number:07}" for number in range(250)]


@pytest.fixture(scope="module")
def shared(youtube_server: YouTube) -> Iterator[source_room.YouTube]:
    made = source_room.YouTube(Network(bundles=(youtube_server.ca,)))
    yield made
    made.close()


@pytest.fixture
def source(shared: source_room.YouTube, youtube: YouTube) -> source_room.YouTube:
    return shared


def expand(source: source_room.YouTube, text: str) -> list[Item]:
    return list(source.expand(Ref(text=text, origin="list.txt:3")))


def test_a_video_is_one_item_without_a_request(youtube: YouTube, source: source_room.YouTube) -> None:
    (item,) = expand(source, "youtu.be/bread_talk1?t=5")
    assert item == Item(
        source="youtube",
        id="bread_talk1",
        name="bread_talk1",
        url="https://youtu.be/bread_talk1?t=5",
        origin="list.txt:3",
    )
    assert expand(source, "bread_talk1")[0].url == f"{WATCH}bread_talk1"
    assert youtube.requests() == 0


def test_a_playlist_is_a_stream_of_its_members_in_order(
    youtube: YouTube, source: source_room.YouTube
) -> None:
    members = source.expand(
        Ref(text="https://www.youtube.com/playlist?list=PLbulk000250", origin="list.txt:3")
    )
    first = next(members)
    assert youtube.counts == {"list": 1}
    assert first == Item(
        source="youtube",
        id=BULK[0],
        name=BULK[0],
        url=WATCH + BULK[0],
        origin="list.txt:3",
        video=Video(
            title="Bulk talk 0",
            seconds=60.0,
            channel=MILL.name,
            channel_url=f"https://www.youtube.com/channel/{MILL.id}",
            playlist="PLbulk000250",
            playlist_index=1,
        ),
    )
    ids = [first.id, *(next(members).id for _ in range(99))]
    assert youtube.counts == {"list": 1}
    ids.append(next(members).id)
    assert youtube.counts == {"list": 1, "browse": 1}
    ids.extend(member.id for member in members)
    assert ids == BULK
    assert youtube.counts == {"list": 1, "browse": 2}


def test_newest_first_turns_a_playlist_round_but_no_channel(youtube: YouTube) -> None:
    source = source_room.YouTube(Network(bundles=(youtube.ca,)), newest_first=True)
    assert [item.id for item in expand(source, "PLgood000000")] == youtube.catalogue.lists["PLgood000000"][
        ::-1
    ]
    assert next(source.expand(Ref(text="@papermill"))).id == "music_only6"
    source.close()


def test_members_that_cannot_be_read_are_members(source: source_room.YouTube) -> None:
    items = expand(source, "PLmixed00000")
    assert [item.id for item in items] == [
        "bread_talk1",
        "private_xxx",
        "island_map2",
        "gone_video1",
        "live_xxxxxx",
        "old_well_03",
    ]
    titles = [item.video.title if item.video else None for item in items]
    assert titles[1] is titles[3] is None
    assert titles[2] == "島はなぜ動くのか【地図と砂】"
    live = items[4].video
    assert live is not None
    assert live.seconds is None


def test_a_channel_is_read_thirty_a_page(youtube: YouTube, source: source_room.YouTube) -> None:
    members = source.expand(Ref(text="@papermill"))
    assert next(members).id == "music_only6"
    assert youtube.counts == {"list": 1}
    assert [next(members).id for _ in range(60)][1:] == BULK[:59]
    assert youtube.counts == {"list": 1, "browse": 2}


@pytest.mark.parametrize(
    "text", ["https://www.youtube.com/@papermill/videos", MILL.id, f"m.youtube.com/channel/{MILL.id}"]
)
def test_a_channel_by_its_other_names(source: source_room.YouTube, text: str) -> None:
    assert next(source.expand(Ref(text=text))).id == "music_only6"


def test_the_playlists_of_a_channel_are_opened(youtube: YouTube, source: source_room.YouTube) -> None:
    items = expand(source, f"youtube.com/{ATLAS.handle}/playlists")
    assert [item.id for item in items] == youtube.catalogue.lists["PLgood000000"]


def test_a_channel_is_left_where_it_gets_too_old(youtube: YouTube) -> None:
    today = datetime.now(UTC).date()
    for number, video in enumerate(youtube.catalogue.videos.values()):
        youtube.catalogue.videos[video.id] = replace(video, published=today - timedelta(days=3 * number))
    since = today - timedelta(days=150)
    source = source_room.YouTube(Network(bundles=(youtube.ca,)), since=since)
    told = {item.id: item.video for item in expand(source, "@papermill")}
    wanted = [
        video.id
        for video in youtube.catalogue.videos.values()
        if video.channel is MILL and video.published >= since
    ]
    assert set(wanted) < set(told)
    assert len(told) < len(wanted) + 65
    for video_id, listed in told.items():
        assert listed is not None
        assert listed.published is not None
        assert listed.published >= youtube.catalogue.videos[video_id].published
    youtube.reset()
    assert len(expand(source, "PLbulk000250")) == 250
    source.close()


def test_the_streams_of_a_channel_are_its_videos_too(youtube: YouTube, source: source_room.YouTube) -> None:
    ids = ["island_map2", "old_well_03", "bread_talk1", "live_xxxxxx"]
    assert [item.id for item in expand(source, f"https://www.youtube.com/{ATLAS.handle}")] == ids
    assert youtube.counts == {"list": 2}
    assert [item.id for item in expand(source, f"youtube.com/{ATLAS.handle}/streams")] == ids[2:]


@pytest.mark.parametrize("text", ["PLempty00000", "https://www.youtube.com/playlist?list=PLempty00000"])
def test_an_empty_playlist_is_said_to_be(source: source_room.YouTube, text: str) -> None:
    with pytest.raises(Unavailable, match="empty") as caught:
        expand(source, text)
    assert caught.value.code == "empty_list"


@pytest.mark.parametrize(
    "text", ["PLnosuchlist0", "@not_a_bot", "@captcha.studio", "https://www.youtube.com/c/nobody"]
)
def test_what_does_not_exist_is_said_to_be_missing(source: source_room.YouTube, text: str) -> None:
    with pytest.raises(Unavailable) as caught:
        expand(source, text)
    assert caught.value.code == "unavailable"


@pytest.mark.parametrize(
    ("reason", "code"),
    [("This playlist is private.", "private"), ("The playlist does not exist.", "unavailable")],
)
def test_a_refused_listing_says_why(
    youtube: YouTube, source: source_room.YouTube, reason: str, code: str
) -> None:
    youtube.catalogue.refused_lists["PLrefused0000"] = reason
    with pytest.raises(ItemError) as caught:
        expand(source, "PLrefused0000")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("https://www.youtube.com/playlist?list=WL", "Watch Later", "--cookies-from-browser"),
        ("LL", "Liked videos", "--cookies-from-browser"),
        ("https://www.youtube.com/playlist?list=RDbread_talk1", "a Mix", "playlist"),
    ],
)
def test_a_list_of_its_owner_alone_says_why(
    youtube: YouTube, source: source_room.YouTube, text: str, reason: str, hint: str
) -> None:
    with pytest.raises(ItemError, match=reason) as caught:
        expand(source, text)
    assert caught.value.code == "private_list"
    assert hint in caught.value.hint
    assert youtube.requests() == 0


@pytest.mark.parametrize(("text", "count"), [("ytsearch3:bulk talk", 3), ("ytsearch:bulk talk", 1)])
def test_a_search_is_a_list(youtube: YouTube, source: source_room.YouTube, text: str, count: int) -> None:
    assert source.claims(text)
    assert source.lists(text)
    assert [item.id for item in expand(source, text)] == BULK[:count]
    assert youtube.counts["search"] == 1


def test_a_video_in_a_playlist_says_how_to_have_the_list(source: source_room.YouTube) -> None:
    (item,) = expand(source, f"{WATCH}bread_talk1&list=PLbulk000250")
    assert "playlist?list=PLbulk000250" in item.remark
    (item,) = expand(source, f"{WATCH}bread_talk1&list=RDbread_talk1&start_radio=1")
    assert item.remark == ""


@pytest.mark.parametrize("after", [0, 1])
def test_a_block_ends_a_listing_at_once(youtube: YouTube, source: source_room.YouTube, after: int) -> None:
    youtube.blockade = Blockade(after=after, refusals=9, retry_after="3")
    members = source.expand(Ref(text="PLbulk000250"))
    got = [next(members).id for _ in range(100 * after)]
    with pytest.raises(Blocked) as caught:
        next(members)
    assert got == BULK[: 100 * after]
    assert caught.value.retry_after == 3.0
    assert youtube.requests() == after + 1


def test_a_server_error_in_a_listing_may_pass(youtube: YouTube, source: source_room.YouTube) -> None:
    youtube.blockade = Blockade(after=1, refusals=1, status=503)
    with pytest.raises(Transient) as caught:
        expand(source, "PLbulk000250")
    assert caught.value.code == "server_error"
    assert len(expand(source, "PLbulk000250")) == 250


def test_an_odd_page_in_a_listing(youtube: YouTube, source: source_room.YouTube) -> None:
    youtube.blockade = Blockade(after=1, refusals=9, status=404)
    with pytest.raises(ItemError) as caught:
        expand(source, "PLbulk000250")
    assert caught.value.code == "odd_answer"
    assert youtube.requests() == 2


@pytest.mark.parametrize(
    ("text", "ours", "listed"),
    [
        ("bread_talk1", True, False),
        ("@papermill", True, True),
        ("youtu.be/x", True, False),
        ("a.vtt", False, False),
    ],
)
def test_what_is_claimed_and_what_is_a_list(
    source: source_room.YouTube, text: str, ours: bool, listed: bool
) -> None:
    assert (source.claims(text), source.lists(text)) == (ours, listed)


def test_a_listing_that_is_left_gives_its_connection_back(source: source_room.YouTube) -> None:
    members = source.expand(Ref(text=f"@{BAKERY.handle[1:]}"))
    next(members)
    members.close()  # type: ignore[attr-defined]
    assert len(expand(source, "PLgood000000")) == 7


@pytest.mark.parametrize("text", ["PLbulk000250", "@papermill", f"youtube.com/{ATLAS.handle}/playlists"])
def test_every_request_of_a_listing_waits_for_its_turn(
    youtube: YouTube, source: source_room.YouTube, text: str
) -> None:
    turns: list[int] = []

    def visit(request: Callable[[], T], /) -> T:
        turns.append(youtube.requests())
        return request()

    assert list(source.expand(Ref(text=text), visit))
    assert turns == list(range(youtube.requests()))
    assert len(turns) > 1
    source.fetch(expand(source, "bread_talk1")[0], ())
    assert youtube.requests() == len(turns) + 3


def test_a_page_that_is_asked_for_again_loses_no_member(
    youtube: YouTube, source: source_room.YouTube
) -> None:
    youtube.blockade = Blockade(after=1, refusals=1, status=503)

    def twice(request: Callable[[], T], /) -> T:
        try:
            return request()
        except Transient:
            return request()

    assert [item.id for item in source.expand(Ref(text="PLbulk000250"), twice)] == BULK
    assert youtube.requests() == 4
