"""YouTube: the right library for each question, and the other one where that can help.

yt-dlp lists, describes and reads captions, in three requests a video. youtube-transcript-api is asked once
more where the first answer says nothing about the video itself: captions locked, empty or garbled, a page
that is not understood. It is not asked where its answer would be the same, and never during a block.

Where there are no captions and a speech model is set, the audio is downloaded, transcribed and deleted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from vidgist.bounds import responses
from vidgist.config import Settings
from vidgist.errors import Blocked, InputError, ItemError, NoTranscript, RunError, Transient, Unavailable
from vidgist.models import Fetched, Item, Ref
from vidgist.protocols import Visit, at_once
from vidgist.sources import _address_hints, _network, _run_network, _speech, _youtube_addresses
from vidgist.sources._captions import Captions
from vidgist.sources._youtube_addresses import ListAddress, VideoAddress, watch_url
from vidgist.sources._ytdlp import Member, Silent, YtDlp

_SECOND_CHANCE = ("captions_locked", "empty_captions", "garbled_captions", "odd_answer")


def create(settings: Settings) -> "YouTube":
    """Return the source. Raises `ConfigError` for a proxy, cookie file or speech model that cannot be
    used.
    """
    network = _run_network.network(settings)
    return YouTube(
        network,
        newest_first=settings.newest_first,
        since=settings.since,
        listener=_speech.create(settings),
    )


def look(settings: Settings, seconds: float) -> None:
    """Ask for the site's first page, within so many seconds. Raises `ItemError` or `RunError`."""
    network = replace(_run_network.network(settings), timeout=seconds)
    with closing(YtDlp(network, _network.Meter())) as ytdlp, responses.within(seconds):
        ytdlp.look(_youtube_addresses.SITE)


class YouTube:
    """A `Source`. Several threads may call it at once.

    ``since``: older members of a list may be left out; a member that is listed may still be older.
    """

    name = "youtube"
    remote = True

    def __init__(
        self,
        network: _network.Network,
        *,
        newest_first: bool = False,
        since: date | None = None,
        listener: _speech.Listener | None = None,
    ) -> None:
        self._listener = listener
        self._network = network
        self._meter = _network.Meter()
        self._ytdlp = YtDlp(network, self._meter, since)
        self._captions = Captions(network, self._meter)
        self._newest_first = newest_first

    @property
    def requests(self) -> Counter[str]:
        """Return the requests by kind: watch, player, captions, sound, next, list, browse, resolve, other."""
        return self._meter.read()

    def claims(self, ref: str) -> bool:
        return _youtube_addresses.is_ours(ref)

    def lists(self, ref: str) -> bool:
        try:
            return isinstance(_youtube_addresses.read(ref), ListAddress)
        except InputError:
            return False

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        """Yield one item for a video, without a request; a list's members as its pages come in.

        Raises `InputError` for what names nothing, `Unavailable` for an empty list.
        """
        address = _youtube_addresses.read(ref.text)
        if isinstance(address, VideoAddress):
            yield _item(address.id, address.url, ref, remark=_beside(address))
            return
        refusal = _address_hints.of_list(
            _youtube_addresses.list_id(address.url), signed_in=bool(self._network.cookies)
        )
        if refusal is not None:
            raise Unavailable(refusal[0], code="private_list", hint=refusal[1])
        members = self._ytdlp.members(address.url, visit)
        if self._newest_first and "/playlist?" in address.url:
            members = reversed(list(members))
        empty = True
        for member in members:
            empty = False
            yield _item(member.id, watch_url(member.id), ref, member)
        if empty:
            raise Unavailable("the list is empty", code="empty_list")

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        fetched = self._fetch(item, captions)
        if item.video is None or not item.video.playlist:
            return fetched
        place = {"playlist": item.video.playlist, "playlist_index": item.video.playlist_index}
        return fetched.model_copy(update={"video": fetched.video.model_copy(update=place)})

    def _fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        try:
            return self._read(item, captions)
        except Silent as silence:
            if self._listener is None or silence.code == "no_speech":
                raise
            try:
                return self._hear(silence, self._listener)
            except (ItemError, Blocked) as error:
                error.video = silence.video
                raise

    def _read(self, item: Item, captions: Sequence[str]) -> Fetched:
        try:
            return self._ytdlp.fetch(item.id, captions)
        except ItemError as error:
            if error.code not in _SECOND_CHANCE:
                raise
            return self._fetch_again(item, captions, error)

    def close(self) -> None:
        """Give up the connections that are kept open for reuse."""
        self._ytdlp.close()
        self._captions.close()

    def _fetch_again(self, item: Item, captions: Sequence[str], first: ItemError) -> Fetched:
        known = first.video if first.video and first.video.seconds is not None else None
        try:
            return self._captions.fetch(item.id, captions, known)
        except (Transient, RunError):
            raise
        except ItemError as second:
            # What yt-dlp saw says more of captions, what the other saw more of a page yt-dlp could not read.
            raise (second if first.code == "odd_answer" else first) from second

    def _hear(self, silence: Silent, listener: _speech.Listener) -> Fetched:
        video = silence.video
        assert video is not None
        if silence.sound is None:
            raise NoTranscript(f"{silence}, and its sound is not offered", code="no_sound")
        with TemporaryDirectory(prefix="vidgist-") as folder:
            recording = Path(folder) / "sound"
            self._ytdlp.download(silence.sound, recording)
            transcript = listener.hear(recording, video.language)
        return Fetched(
            video=video.model_copy(update={"language": video.language or transcript.language}),
            transcript=transcript,
        )


def _item(video: str, url: str, ref: Ref, member: Member | None = None, *, remark: str = "") -> Item:
    return Item(
        source=YouTube.name,
        id=video,
        name=video,
        url=url,
        origin=ref.origin,
        video=member.video if member else None,
        remark=remark,
    )


def _beside(address: VideoAddress) -> str:
    """Return how to have the playlist that an address names beside its video."""
    if not address.listed or address.listed.startswith("RD"):
        return ""
    whole = f"{_youtube_addresses.SITE}/playlist?list={address.listed}"
    return f"an address names a video and a playlist: the video is done; for the whole list give {whole}"
