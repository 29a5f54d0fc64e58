"""A transcript that is too long for one call: notes on its parts, all at once, until one call takes them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import TypeVar

from vidgist.errors import ItemError, RunError, TooLong, Transient, VidgistError
from vidgist.evidence import Checker
from vidgist.llm import extracts, sizes, splitting
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.dialogue import Dialogue
from vidgist.llm.extracts import Extract
from vidgist.llm.filled_prompts import Questions, times
from vidgist.llm.splitting import Part
from vidgist.models import Request, Transcript, Video
from vidgist.text import tokens
from vidgist.text.hygiene import one_line

_Result = TypeVar("_Result")

Index = Callable[[], Checker]
"""The transcript's words, indexed; waits for that where it is under way."""

_WAVES = 6
"""How often parts that a server finds too long are cut again."""

_REPLY_SHARE = sizes.TOKENS_A_NOTE / (sizes.WORDS_A_NOTE * sizes.TOKENS_A_WORD)
"""Tokens of the reply for each token of a part."""

_MOST_OF_PART = int(sizes.MOST_NOTES * sizes.WORDS_A_NOTE * sizes.TOKENS_A_WORD)
"""Tokens of a part that is worth the most notes of one call."""


def cut(
    questions: Questions, context: ContextWindow, video: Video, transcript: Transcript, stretch: Part
) -> tuple[Part, ...]:
    """Return a stretch of a transcript in parts that fit a call each. Raises `TooLong`."""
    bare = questions.part(video, transcript, Part(stretch.segments[:1], ()))
    left_for_both = context.left(_without_reply(bare))
    left = int((left_for_both - sizes.reply_to(0)) / (1 + _REPLY_SHARE))
    if left < splitting.LEAST_TOKENS:
        raise TooLong("the model's context window has no room for a part of the transcript")
    spoken = transcript.model_copy(update={"segments": stretch.segments})
    return splitting.cut(spoken, min(left, _MOST_OF_PART), video.chapters)


class Digest:
    """Notes on one transcript. At most ``jobs`` calls are under way at once."""

    def __init__(
        self,
        dialogue: Dialogue,
        questions: Questions,
        video: Video,
        transcript: Transcript,
        checker: Index,
        jobs: int,
    ) -> None:
        self.dialogue = dialogue
        self.questions = questions
        self.video = video
        self.transcript = transcript
        self.checker = checker
        self.jobs = jobs
        self.length = sizes.LONGEST_NOTE

    def take(self, most: int) -> list[Extract]:
        """Take notes on every part of the transcript, in order, for a call that takes ``most`` tokens of
        them.

        Raises `ItemError` or `RunError`.
        """
        whole = Part(self.transcript.segments, ())
        each = most // sizes.notes(tokens.estimate(self.transcript.text)) - sizes.TOKENS_A_TIME
        self.length = min(max(each, sizes.SHORTEST_NOTE), sizes.LONGEST_NOTE)
        return self._take([whole], _WAVES)[0]

    def condense(self, entries: Sequence[Extract], most: int) -> list[Extract]:
        """Return the notes in ``most`` tokens, without their quotes: each shortened to its fact.

        A model does that, and code what it left long. Only where there is no room for a few words of each are
        some left out. Raises `TooLong` where a call has no room for notes.
        """
        length = max((most - _frames(entries)) // len(entries), sizes.SHORTEST_NOTE)
        left = self.dialogue.context.left(_without_reply(self.questions.shortened(self.video, (), 0)))
        taken = tokens.estimate("\n".join(entry.line for entry in entries)) / len(entries)
        given = length + sizes.TOKENS_A_FRAME
        budget = int((left - sizes.reply_to(0)) * taken / (taken + given))
        if budget < splitting.LEAST_TOKENS:
            raise TooLong("the notes on the transcript do not fit the model")
        tasks = [partial(self._shorten, bundle, length) for bundle in extracts.bundles(entries, budget)]
        return extracts.fitted(list(chain.from_iterable(self._at_once(tasks))), most)

    def _take(self, stretches: Sequence[Part], waves: int) -> list[list[Extract]]:
        """Take notes by stretch. Parts that turn out too long are stretches of the next wave."""
        cut = [self._cut(stretch) for stretch in stretches]
        flat = list(chain.from_iterable(cut))
        noted = self._at_once([partial(self._note, part) for part in flat])
        refused = [part for part, entries in zip(flat, noted, strict=True) if entries is None]
        if refused and not waves:
            raise TooLong("the model finds even small parts of the transcript too long")
        again = iter(self._take(refused, waves - 1) if refused else ())
        whole = iter([next(again) if entries is None else entries for entries in noted])
        return [list(chain.from_iterable(next(whole) for _ in group)) for group in cut]

    def _cut(self, stretch: Part) -> tuple[Part, ...]:
        return cut(self.questions, self.dialogue.context, self.video, self.transcript, stretch)

    def _note(self, part: Part) -> list[Extract] | None:
        """Take notes on a part, a later one under a line that says where it stands; None where it is too
        long.
        """
        request = self.questions.part(self.video, self.transcript, part, self.length)
        if not self.dialogue.context.fits(request):  # another part's refusal has shown it
            return None
        place = times(part, self.transcript)
        try:
            read, _ = self.dialogue.read(request, f"{self.video.title}, part{place}", extracts.read)
        except TooLong as error:
            self.dialogue.context.lower(request, error.read)
            return None
        first, *rest = extracts.found(read, self.checker(), self._begin(part))
        if part.segments[0] != self.transcript.segments[0]:
            heading = one_line("; ".join((f"Part{place}", *part.chapters)))
            first = first.model_copy(update={"heading": f"{heading}:"})
        return [first, *rest]

    def _begin(self, part: Part) -> float | None:
        return part.start if self.transcript.timed else None

    def _shorten(self, bundle: Sequence[Extract], length: int) -> list[Extract]:
        """Return the notes as a model shortens them, as they are where its reply is of no use."""
        request = self.questions.shortened(self.video, bundle, length)
        if not self.dialogue.context.fits(request):
            return list(bundle)
        read = partial(extracts.read_shortened, extracts=bundle)
        try:
            found, _ = self.dialogue.read(request, f"{self.video.title}, notes shortened", read, once=True)
        except TooLong as error:
            self.dialogue.context.lower(request, error.read)
            return list(bundle)
        except Transient:
            raise
        except ItemError:
            return list(bundle)
        return [found.get(place, note) for place, note in enumerate(bundle)]

    def _at_once(self, tasks: Sequence[Callable[[], _Result]]) -> list[_Result]:
        """Return all results in order.

        After a failure nothing more is begun, and one that ends the run is raised before others. A reply
        that is only deferred stops nothing: the other parts are to go into the same batch.
        """
        failures: list[VidgistError] = []
        deferred: list[VidgistError] = []

        def run(task: Callable[[], _Result]) -> list[_Result]:
            try:
                return [] if failures else [task()]
            except (ItemError, RunError) as error:
                failures.append(error)
            except VidgistError as error:
                deferred.append(error)
            return []

        with ThreadPoolExecutor(min(self.jobs, len(tasks)), thread_name_prefix="part") as pool:
            results = list(pool.map(run, tasks))
        if failures or deferred:
            raise min((*failures, *deferred), key=_rank)
        return list(chain.from_iterable(results))


def _without_reply(request: Request) -> Request:
    return request.model_copy(update={"max_output_tokens": 0})


def _frames(entries: Sequence[Extract]) -> int:
    """Return tokens of what stands around the texts of notes: times and headings."""
    return sum(tokens.estimate(f"{entry.heading}\n") for entry in entries if entry.heading) + (
        sizes.TOKENS_A_TIME * len(entries)
    )


def _rank(error: VidgistError) -> int:
    return next((rank for rank, kind in enumerate((RunError, ItemError)) if isinstance(error, kind)), 2)
