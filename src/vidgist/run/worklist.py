"""The items of a run: inputs opened one by one, each item once, what is finished left alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date

from vidgist.errors import Blocked, InputError, ItemError, Transient, VidgistError
from vidgist.events import Failed, Listed, Notice, Skipped
from vidgist.models import Failure, Item, Ref
from vidgist.protocols import Reporter, Source
from vidgist.run import inputs, throttles
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
                identity = (item.source, item.note or item.id)
                if identity in self._met:
                    continue
                self._met.add(identity)
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
        by_host = False
        try:
            source = inputs.route(ref, self.sources)
            by_host = throttles.lane(source, ref.text) != ""
            if source.lists(ref.text):
                yield from self._list(ref, source)
            else:
                yield from self._with_remarks(source.expand(ref))
        except Blocked as error:
            if by_host:
                self._fail(ref, error)
            else:
                self.report(Skipped(item=_stand_in(ref), why="left"))
        except (InputError, ItemError) as error:
            self._fail(ref, error)

    def _fail(self, ref: Ref, error: VidgistError) -> None:
        self.failed += 1
        self._senseless += isinstance(error, InputError)
        title = ref.text.strip() or repr(ref.text)
        self.report(Failed(item=_stand_in(ref), title=title, failure=_failure(error)))

    def _with_remarks(self, items: Iterable[Item]) -> Iterator[Item]:
        """Report remarks on how an input was understood, each once a run."""
        for item in items:
            if item.remark and item.remark not in self._remarks:
                self._remarks.add(item.remark)
                self.report(Notice(text=item.remark))
            yield item

    def _list(self, ref: Ref, source: Source) -> Iterator[Item]:
        """Yield the members of a list; begun again where it breaks off, since an item is met only once.

        An input that turned out to be one item is not asked for again.
        """
        known = self.items.memory.alone(source.name, ref.text)
        if known is not None:
            yield known.model_copy(update={"origin": ref.origin})
            return
        throttle = self.items.throttles.of(source, ref.text)
        visit = throttle.visiting(ref.text, stay=True)
        for attempt in range(LISTINGS):
            try:
                yield from self._members(ref, source.expand(ref, visit))
            except (Transient, Blocked) as error:
                if attempt + 1 == LISTINGS or throttle.closed is not None:
                    raise
                if isinstance(error, Blocked):
                    throttle.shut(error)
            else:
                return

    def _members(self, ref: Ref, items: Iterable[Item]) -> Iterator[Item]:
        count, last = 0, None
        for item in items:
            count, last = count + 1, item
            if count % LISTED_EVERY == 0:
                self.report(Listed(ref=ref.text, count=count, complete=False))
            yield item
        if last is not None and count == 1 and last.url == ref.text:
            self.items.memory.keep_alone(last, ref.text)
        else:
            self.report(Listed(ref=ref.text, count=count, complete=True))

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
            return True
        earlier = self.items.delivery.last_failure(item)
        if earlier is not None and earlier.retry != "never":
            name = item.video.title if item.video else item.url
            self.report(Notice(text=f"tried again: {name}: {earlier.code} (failed {_times(earlier.tries)})"))
        return False


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _stand_in(ref: Ref) -> Item:
    return Item(source="", id=ref.text, name="", url=ref.text, origin=ref.origin)


def _failure(error: VidgistError) -> Failure:
    return Failure(stage="list", code=error.code, message=str(error), hint=error.hint)
