"""YouTube: the right library for each question, and the other one where that can help.

yt-dlp lists, describes and reads captions, in three requests a video. youtube-transcript-api is asked once
more where the first answer says nothing about the video itself: captions locked, empty or garbled, a page
that is not understood. It is not asked where its answer would be the same, and never during a block.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from vidgist import config
from vidgist.config import Settings
from vidgist.errors import InputError, ItemError, RunError, Transient
from vidgist.models import Fetched, Item, Ref
from vidgist.sources import _addresses, _network
from vidgist.sources._addresses import ListAddress, VideoAddress, watch_url
from vidgist.sources._captions import Captions
from vidgist.sources._ytdlp import Member, YtDlp

_SECOND_CHANCE = ("captions_locked", "empty_captions", "garbled_captions", "odd_answer")


def create(settings: Settings) -> "YouTube":
    """Raises `ConfigError` for a proxy or cookie file that cannot be used."""
    network = _network.create(settings, config.environment())
    return YouTube(network, newest_first=settings.newest_first, since=settings.since)


class YouTube:
    """A `Source`. Several threads may call it at once.

    ``since``: older members of a list need not be told of; a member that is told of may still be older.
    """

    name = "youtube"
    remote = True

    def __init__(
        self, network: _network.Network, *, newest_first: bool = False, since: date | None = None
    ) -> None:
        self._meter = _network.Meter()
        self._ytdlp = YtDlp(network, self._meter, since)
        self._captions = Captions(network, self._meter)
        self._newest_first = newest_first

    @property
    def requests(self) -> Counter[str]:
        """Requests made so far by kind: watch, player, captions, next, list, browse, resolve, other."""
        return self._meter.read()

    def claims(self, ref: str) -> bool:
        return _addresses.is_ours(ref)

    def lists(self, ref: str) -> bool:
        try:
            return isinstance(_addresses.read(ref), ListAddress)
        except InputError:
            return False

    def expand(self, ref: Ref) -> Iterator[Item]:
        """One item for a video, without a request; a list's members as its pages come in.

        Raises `InputError` for what names nothing and for an empty list.
        """
        address = _addresses.read(ref.text)
        if isinstance(address, VideoAddress):
            yield _item(address.id, address.url, ref)
            return
        members = self._ytdlp.members(address.url)
        if self._newest_first and "/playlist?" in address.url:
            members = reversed(list(members))
        empty = True
        for member in members:
            empty = False
            yield _item(member.id, watch_url(member.id), ref, member)
        if empty:
            raise InputError(f"{ref.text}: an empty list")

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
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


def _item(video: str, url: str, ref: Ref, member: Member | None = None) -> Item:
    return Item(
        source=YouTube.name,
        id=video,
        name=video,
        url=url,
        origin=ref.origin,
        video=member.video if member else None,
    )
