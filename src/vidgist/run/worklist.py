"""The items of a run: inputs opened one by one, each item once, what is finished left alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date

from vidgist.errors import Blocked, InputError, ItemError, Transient, VidgistError
from vidgist.events import Failed, Listed, Notice, Skipped
from vidgist.models import Failure, Item, Ref
from vidgist.protocols import Reporter, Source
from vidgist.run import inputs
from vidgist.run.item import ItemProcessor

LISTED_EVERY = 100
LISTINGS = 3
"""How often a listing is begun that breaks off midway."""


@dataclass
class WorkList:
    """The items to do, as a stream: a list of any length is never held.

    ``failed`` counts inputs that could not be opened. A list that the site does not show any more is left;
    inputs after it that need no listing are still taken.
    """

    refs: Iterable[Ref]
    sources: Sequence[Source]
    items: ItemProcessor
    report: Reporter
    _: KW_ONLY
    limit: int | None = None
    since: date | None = None
    retry_failed: bool = False
    failed: int = field(default=0, init=False)
    _opened: int = field(default=0, init=False)
    _senseless: int = field(default=0, init=False)
    _remarks: set[str] = field(default_factory=set, init=False)
    _met: set[tuple[str, str]] = field(default_factory=set, init=False)

    def __iter__(self) -> Iterator[Item]:
        begun = 0
        for ref in self.refs:
            self._opened += 1
            for item in self._open(ref):
                if (item.source, item.id) in self._met:
                    continue
                self._met.add((item.source, item.id))
                if self._is_left_alone(item):
                    continue
                yield item
                begun += 1
                if begun == self.limit:
                    return

    @property
    def is_senseless(self) -> bool:
        """Return whether inputs were given and none of them could be understood."""
        return self._opened > 0 and self._senseless == self._opened

    def _open(self, ref: Ref) -> Iterator[Item]:
        try:
            source = inputs.route(ref, self.sources)
            if source.lists(ref.text):
                yield from self._list(ref, source)
            else:
                yield from self._told(source.expand(ref))
        except Blocked:
            self.report(Skipped(item=_stand_in(ref), why="left"))
        except (InputError, ItemError) as error:
            self.failed += 1
            self._senseless += isinstance(error, InputError)
            title = ref.text.strip() or repr(ref.text)
            self.report(Failed(item=_stand_in(ref), title=title, failure=_failure(error)))

    def _told(self, items: Iterable[Item]) -> Iterator[Item]:
        """Tell of what may surprise in how an input was understood, each remark once a run."""
        for item in items:
            if item.remark and item.remark not in self._remarks:
                self._remarks.add(item.remark)
                self.report(Notice(text=item.remark))
            yield item

    def _list(self, ref: Ref, source: Source) -> Iterator[Item]:
        """The members of a list; begun again where it breaks off, since an item is met only once."""
        visit = self.items.throttle.visiting(ref.text, stay=True)
        for attempt in range(LISTINGS):
            count = 0
            try:
                for item in source.expand(ref, visit):
                    count += 1
                    if count % LISTED_EVERY == 0:
                        self.report(Listed(ref=ref.text, count=count, complete=False))
                    yield item
            except (Transient, Blocked) as error:
                if attempt + 1 == LISTINGS or self.items.throttle.closed is not None:
                    raise
                if isinstance(error, Blocked):
                    self.items.throttle.shut(error)
            else:
                self.report(Listed(ref=ref.text, count=count, complete=True))
                return

    def _is_left_alone(self, item: Item) -> bool:
        published = item.video.published if item.video else None
        if self.since and published and published < self.since:
            self.report(Skipped(item=item, why="older"))
            return True
        if self.retry_failed:
            return self.items.delivery.last_failure(item) is None
        finished = self.items.finished(item)
        if finished is not None:
            self.report(finished)
        return finished is not None


def _stand_in(ref: Ref) -> Item:
    return Item(source="", id=ref.text, name="", url=ref.text, origin=ref.origin)


def _failure(error: VidgistError) -> Failure:
    return Failure(stage="list", code=error.code, message=str(error), hint=error.hint)
