"""Which inputs are YouTube's, and what each names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import InputError
from vidgist.sources._youtube_addresses import ListAddress, VideoAddress, is_ours, read

ID = "bread_talk1"
CHANNEL = "UC" + "a" * 22
SITE = "https://www.youtube.com"
PAIRS = ("<>", '""', "''", "()", "[]", "“”", "„“", "«»", "``")


@pytest.mark.parametrize(
    "text",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}&t=12s",
        f"youtube.com/watch?app=desktop&v={ID}",
        f"WWW.YouTube.com/watch?v={ID}",
        f"https://m.youtube.com/watch?v={ID}#t=4",
        f"https://music.youtube.com/watch?v={ID}&list=RDAMVM{ID}",
        f"https://www.youtube.com/watch?v={ID}&list=PLbulk000250&index=4",
        f"https://youtu.be/{ID}?si=abc&t=4",
        f"youtu.be/{ID}",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/embed/{ID}?start=3",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/v/{ID}",
        f"https://www.youtube.com/watch/{ID}",
        f"https://www.youtube.com/?v={ID}",
        f"https://www.youtube.com:443/watch?v={ID}",
        f"https://www.youtube.com./watch?v={ID}",
    ],
)
def test_addresses_of_one_video(text: str) -> None:
    assert is_ours(text)
    address = read(f"  {text}\n")
    assert isinstance(address, VideoAddress)
    assert address.id == ID
    assert address.url.casefold() in (text.casefold(), f"https://{text}".casefold())


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (rf"https://www.youtube.com/watch\?v\={ID}\&t\=4", f"{SITE}/watch?v={ID}&t=4"),
        *((f"{one[0]}https://youtu.be/{ID}{one[1]}", f"https://youtu.be/{ID}") for one in PAIRS),
        *((f"https://youtu.be/{ID}{end}", f"https://youtu.be/{ID}") for end in (".", ",", ")", ").", "?!", "”")),
        (f"[a (good) talk](https://youtu.be/{ID})", f"https://youtu.be/{ID}"),
        (f'![x](<https://youtu.be/{ID}> "title")', f"https://youtu.be/{ID}"),
        (f"intent://www.youtube.com/watch?v={ID}#Intent;scheme=https;end", f"{SITE}/watch?v={ID}"),
        (f"youtube://www.youtube.com/watch?v={ID}", f"{SITE}/watch?v={ID}"),
        (f"youtube://watch?v={ID}", f"{SITE}/watch?v={ID}"),
        (f"//www.youtube.com/watch?v={ID}", f"{SITE}/watch?v={ID}"),
        (f"yt:video:{ID}", f"{SITE}/watch?v={ID}"),
        (f"https%253A%252F%252Fyoutu.be%252F{ID}", f"https://youtu.be/{ID}"),
        (f"{SITE}/watch%253Fv%253D{ID}", f"{SITE}/watch?v={ID}"),
        (f"https://youtu.be/watch?v={ID}", f"https://youtu.be/watch?v={ID}"),
        (f"https://youtu.be/shorts/{ID}", f"https://youtu.be/shorts/{ID}"),
        (f"https://studio.youtube.com/video/{ID}/edit", f"https://studio.youtube.com/video/{ID}/edit"),
        (f"https://www.youtubekids.com/watch?v={ID}", f"https://www.youtubekids.com/watch?v={ID}"),
        (r"https://youtu.be/bread\_talk1", f"https://youtu.be/{ID}"),
        (f"https://www.youtube.com/watch%3Fv%3D{ID}", f"{SITE}/watch?v={ID}"),
        (f"https://www.youtube.com/watch?v%3D{ID}", f"{SITE}/watch?v={ID}"),
        (f"https%3A%2F%2Fyoutu.be%2F{ID}", f"https://youtu.be/{ID}"),
        (f"{SITE}/attribution_link?a=x&u=%2Fwatch%3Fv%3D{ID}%26feature%3Dshare", f"{SITE}/watch?v={ID}&feature=share"),
        (f"https://consent.youtube.com/m?continue=https%3A%2F%2Fyoutu.be%2F{ID}&gl=DE", f"https://youtu.be/{ID}"),
        (f"https://consent.google.de/ml?continue=https://youtu.be/{ID}", f"https://youtu.be/{ID}"),
        (f"https://www.google.com/url?sa=t&url=https%3A%2F%2Fyoutu.be%2F{ID}&usg=x", f"https://youtu.be/{ID}"),
        (f"{SITE}/redirect?q=https%3A%2F%2Fyoutu.be%2F{ID}", f"https://youtu.be/{ID}"),
        (f"https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2F{ID}&h=x", f"https://youtu.be/{ID}"),
        (f"https://youtu.be/{ID}&t=30", f"https://youtu.be/{ID}&t=30"),
        (f"{SITE}/watch?v={ID}?si=abc", f"{SITE}/watch?v={ID}?si=abc"),
        (f"{SITE}/watch?feature=share&amp;v={ID}", f"{SITE}/watch?feature=share&v={ID}"),
        (f"{SITE}/v/{ID}&hl=en", f"{SITE}/v/{ID}&hl=en"),
        (f"https://m.youtube.com/#/watch?v={ID}", f"https://m.youtube.com/#/watch?v={ID}"),
        (f"vnd.youtube://{ID}", f"{SITE}/watch?v={ID}"),
        (f"https://i.ytimg.com/vi/{ID}/hqdefault.jpg", f"https://i.ytimg.com/vi/{ID}/hqdefault.jpg"),
        (f"<https://youtu.be/{ID}>", f"https://youtu.be/{ID}"),
    ],
)  # fmt: skip
def test_addresses_as_a_shell_an_encoder_or_a_forwarder_left_them(text: str, url: str) -> None:
    assert is_ours(text)
    address = read(text)
    assert isinstance(address, VideoAddress)
    assert (address.id, address.url) == (ID, url)


@pytest.mark.parametrize(
    "text",
    ["https://www.google.com/url?q=https://example.org/x", "https://www.google.com/search?q=youtube", "https://l.facebook.com/l.php"],
)  # fmt: skip
def test_a_forwarder_to_another_site_is_not_ours(text: str) -> None:
    assert not is_ours(text)


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        (f"{SITE}/watch?v=PLbulk000250000", "is a playlist id, not a video id", f"{SITE}/playlist?list=PLbulk000250000"),
        (f"https://youtu.be/{CHANNEL}", "is a channel id", f"{SITE}/channel/{CHANNEL}"),
        (f"{SITE}/watch?v=@slowbakery", "is the handle of a channel", f"{SITE}/@slowbakery"),
        (f"{SITE}/playlist?list={ID}", "is a video id, not a playlist id", f"{SITE}/watch?v={ID}"),
        (f"{SITE}/results?search_query=slow+bread", "not a video", "ytsearch5:slow bread"),
        (f"{SITE}/hashtag/bread", "not a video", "ytsearch5:#bread"),
        (f"{SITE}/feed/history", "not a video", "Google Takeout"),
        (f"{SITE}/slowbakery", "not a video", "@slowbakery"),
        (f"{SITE}/watch", "not a video", "/watch?v="),
        (f"{SITE}/playlist", "not a video", "/playlist?list="),
        (f"{SITE}/post/Ugkx1", "not a video", "address of the video"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_near(text: str, says: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert says in str(caught.value)
    assert hint in caught.value.hint


def test_a_bare_id() -> None:
    assert read(ID) == VideoAddress(ID, f"{SITE}/watch?v={ID}")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("PLbulk000250", f"{SITE}/playlist?list=PLbulk000250"),
        ("UU" + "a" * 22, f"{SITE}/playlist?list=UU{'a' * 22}"),
        ("OLAK5uy_kkk0123456789", f"{SITE}/playlist?list=OLAK5uy_kkk0123456789"),
        ("https://www.youtube.com/playlist?list=PLx&si=1", f"{SITE}/playlist?list=PLx"),
        ("music.youtube.com/playlist?list=OLAK5uy_k", f"{SITE}/playlist?list=OLAK5uy_k"),
        ("https://www.youtube.com/watch?list=PLbulk000250", f"{SITE}/playlist?list=PLbulk000250"),
        ("https://www.youtube.com/embed/videoseries?list=PLbulk000250", f"{SITE}/playlist?list=PLbulk000250"),
        (CHANNEL, f"{SITE}/channel/{CHANNEL}"),
        (f"{SITE}/feeds/videos.xml?channel_id={CHANNEL}", f"{SITE}/channel/{CHANNEL}"),
        (f"{SITE}/feeds/videos.xml?playlist_id=PLx", f"{SITE}/playlist?list=PLx"),
        ("WL", f"{SITE}/playlist?list=WL"),
        ("ytsearch5: how bread rises", "ytsearch5:how bread rises"),
        ("YTSEARCHdate2:bread", "ytsearchdate2:bread"),
        (f"https://www.youtube.com/channel/{CHANNEL}/featured", f"{SITE}/channel/{CHANNEL}"),
        ("youtube.com/c/SlowBakery", f"{SITE}/c/SlowBakery"),
        ("https://www.youtube.com/user/slow/about", f"{SITE}/user/slow"),
        ("@slowbakery", f"{SITE}/@slowbakery"),
        ("@地図の部屋", f"{SITE}/@地図の部屋"),
        ("https://www.youtube.com/@slow.bakery", f"{SITE}/@slow.bakery"),
        ("https://m.youtube.com/@slowbakery/streams?view=1", f"{SITE}/@slowbakery/streams"),
        ("https://www.youtube.com/@slowbakery/videos", f"{SITE}/@slowbakery/videos"),
    ],
)
def test_addresses_of_lists(text: str, url: str) -> None:
    assert is_ours(text)
    assert read(text) == ListAddress(url)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://www.youtube.com/watch?v=short", "11 characters, 'short' has 5"),
        (f"https://youtu.be/{ID}x", "11 characters"),
        ("https://www.youtube.com/shorts/bread talk", "11 characters"),
        ("https://www.youtube.com/watch?v=bread.talk+", "no video id"),
        ("https://www.youtube.com/embed/ααααααααααα", "no video id"),
        ("https://www.youtube.com/", "not a video, playlist or channel"),
        ("https://youtu.be/", "not a video, playlist or channel"),
        ("https://www.youtube.com/watch", "not a video, playlist or channel"),
        ("https://www.youtube.com/feed/trending", "not a video, playlist or channel"),
        ("https://www.youtube.com/results?search_query=bread", "not a video, playlist or channel"),
        ("https://www.youtube.com/playlist?list=a/b", "no playlist id"),
        ("https://www.youtube.com/@slowbakery/store", "no videos under 'store'"),
        ("https://example.org/watch?v=bread_talk1", "not an address of YouTube"),
        ("bread", "not an address of YouTube"),
    ],
)
def test_what_names_nothing_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert says in str(caught.value)
    assert text not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/watch?v=bread_talk1",
        "https://notyoutube.com/watch?v=bread_talk1",
        "https://youtube.com.example.org/watch?v=bread_talk1",
        "https://www.youtube.community/x",
        "ftp://www.youtube.com/watch?v=bread_talk1",
        "talk.vtt",
        "notes/bread_talk1.vtt",
        "bread_talk1.txt",
        "@",
        "http://[",
        "",
    ],
)
def test_what_is_not_ours_is_left_to_others(text: str) -> None:
    assert not is_ours(text)


@given(
    st.one_of(
        st.text(), st.text().map(lambda tail: f"https://www.youtube.com/{tail}"), st.from_regex(r"\A@.+\Z")
    )
)
def test_claiming_never_fails_and_reading_fails_in_one_way(text: str) -> None:
    claimed = is_ours(text)
    try:
        read(text)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 (either outcome is right)
    else:
        assert claimed
