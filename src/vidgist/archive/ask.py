"""Ask a notes folder a question: passages are found, a model answers from them, code checks what it cites."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date
from os import PathLike
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from vidgist.archive import answers, model, questions, search
from vidgist.archive.answers import Asked, AskResult, Draft, Sentence
from vidgist.archive.index import Index
from vidgist.archive.model import Model
from vidgist.archive.search import EVERYTHING, Found, Hit, Scope
from vidgist.archive.streaming import Sentences
from vidgist.config import Settings
from vidgist.errors import InputError, TooLong
from vidgist.llm.dialogue import Dialogue
from vidgist.models import Reply, Request, Usage
from vidgist.protocols import Memory, Reporter

PASSAGES, LEAST_PASSAGES = 16, 3
"""Passages that a model is shown, and those that its window must have room for."""

KIND = "asked"
_REMEMBERED, _SHOWN = 8, 3
"""Exchanges of a folder that are kept, and those that a model is shown again."""

_NEW = 2
"""Passages that must be new for a second question with further words to be worth its tokens."""

Show = Callable[[Sentence], None]

_EXCHANGES = TypeAdapter(tuple[AskResult, ...])


def ask(
    question: str,
    notes: str | PathLike[str] = "notes",
    settings: Settings | None = None,
    *,
    since: date | None = None,
    channel: str = "",
    follow: bool = False,
    report: Reporter | None = None,
) -> AskResult:
    """Return the answer to a question about a notes folder; every sentence cites passages that carry it.

    ``result.says`` is False where the notes do not say; ``result.passages`` are the best in any case. With
    ``offline:`` no model is asked and there are passages alone. ``follow`` goes on from the last question
    about this folder. Raises `SetupError`, `ItemError` where the model gives no answer, and `RunError`.
    """
    folder, chosen = Path(notes), settings or Settings()
    with (
        closing(Index(folder)) as index,
        model.opened(chosen, report or (lambda _: None)) as (language_model, memory),
    ):
        index.refresh()
        before = recall(memory, folder) if follow else ()
        scope = Scope(since=since, channel=channel)
        result = answer(index, question, language_model, scope=scope, before=before)
        remember(memory, folder, (*before, result))
        return result


def answer(
    index: Index,
    question: str,
    language_model: Model | None,
    *,
    scope: Scope = EVERYTHING,
    before: Sequence[AskResult] = (),
    show: Show | None = None,
) -> AskResult:
    """Return the answer of an open index; passages alone where there is no model. Raises as `ask`.

    ``show`` is given each supported sentence as soon as it is written, where the engine streams.
    """
    if not question.strip():
        raise InputError("no question is asked")
    found = _find(index, question, scope, before)
    result = AskResult(
        question=question,
        passages=found.hits,
        unknown=found.unknown,
        is_foreign=found.is_foreign,
        notes=found.notes,
        model="offline:",
    )
    if language_model is None:
        return result
    result = result.model_copy(update={"model": language_model.name})
    asked = Asked(question=question, names=found.names, absent=found.absent)
    if not found.is_foreign and not any(answers.has_names(hit, asked) for hit in found.hits):
        return result
    return _Answering(index, language_model, result, asked, before, show).result(found, scope)


def _find(
    index: Index, question: str, scope: Scope, before: Sequence[AskResult], further: tuple[str, ...] = ()
) -> Found:
    """Return passages for a question; those that the last answer stood on come along to a follow-up, where
    their notes still have them.
    """
    topic = (before[-1].question, *(one.text for one in before[-1].sentences)) if before else ()
    found = search.within(
        index, question, scope=scope, limit=PASSAGES, further=(*further, *topic), named=True
    )
    if not before:
        return found
    cited = [before[-1].passages[number - 1] for number in before[-1].cited]
    kept = [hit for hit in cited if search.is_there(index, hit)]
    known = {(hit.file, hit.place) for hit in kept}
    fresh = [hit for hit in found.hits if (hit.file, hit.place) not in known]
    return found.model_copy(update={"hits": tuple((*kept, *fresh)[:PASSAGES])})


class _Answering:
    """One question to a model: asked once, again with further words, again where nothing was supported."""

    def __init__(
        self,
        index: Index,
        language_model: Model,
        start: AskResult,
        asked: Asked,
        before: Sequence[AskResult],
        show: Show | None,
    ) -> None:
        self.show = show
        self.index = index
        self.language_model = language_model
        self.start = start
        self.asked = asked
        self.before = before
        self.dialogue: Dialogue = language_model.dialogue()
        self.spent = language_model.bill

    def result(self, found: Found, scope: Scope) -> AskResult:
        made, draft = self._answered(found.hits)
        if made.says or not draft.look_for:
            return made
        wider = _find(self.index, self.start.question, scope, self.before, draft.look_for)
        known = {(hit.file, hit.place) for hit in made.passages}
        fresh = [hit for hit in wider.hits if (hit.file, hit.place) not in known]
        if len(fresh) < _NEW:
            return made
        again, _ = self._answered(tuple(fresh))
        if again.says:
            return again
        left_out = (*made.left_out, *again.left_out)
        return made.model_copy(update={"left_out": left_out, "usage": again.usage, "cost": again.cost})

    def _answered(self, hits: Sequence[Hit]) -> tuple[AskResult, Draft]:
        request, shown = self._request(hits)
        live = Sentences(shown, self.asked, self.show) if self.show else None
        with self.language_model.heard(live.feed if live else None):
            draft, reply = self.dialogue.read(request, self.start.question, answers.read)
        sentences, left_out = self._checked(draft, shown)
        if left_out and not sentences and shown:
            draft, sentences, more = self._again(reply, left_out, shown)
            left_out = (*left_out, *more)
        bill = self.language_model.bill
        spent = None if bill.cost is None else bill.cost - (self.spent.cost or 0.0)
        made = self.start.model_copy(
            update={
                "sentences": sentences,
                "passages": shown,
                "missing": answers.lack(draft.missing, self.start.question),
                "left_out": left_out,
                "usage": self.dialogue.usage,
                "cost": spent,
            }
        )
        return made, draft

    def _request(self, hits: Sequence[Hit]) -> tuple[Request, tuple[Hit, ...]]:
        """Return the request with as many passages as the model has room for. Raises `TooLong`."""
        context = self.dialogue.context
        least = 1 if hits else 0  # without passages, for words of their language to look for
        for count in range(len(hits), least - 1, -1):
            shown = tuple(hits[:count])
            before = self.before[-_SHOWN:] if count >= LEAST_PASSAGES else ()
            request = questions.ask(
                self.start.question, shown, before, context.for_reply(questions.REPLY_TOKENS)
            )
            if context.fits(request):
                return request, shown
        raise TooLong("the model's context window has no room for a passage")

    def _again(
        self, reply: Reply, left_out: Sequence[answers.LeftOut], shown: Sequence[Hit]
    ) -> tuple[Draft, tuple[answers.Sentence, ...], tuple[answers.LeftOut, ...]]:
        """Ask once more, of those passages alone that may carry an answer."""
        among = answers.to_the_point(shown, self.asked)
        room = self.dialogue.context.for_reply(questions.REPLY_TOKENS)
        request = questions.ask(self.start.question, shown, self.before[-_SHOWN:], room, among)
        second = questions.again(request, reply.text, left_out)
        if not among or not self.dialogue.context.fits(second):
            return Draft(), (), ()
        draft, _ = self.dialogue.read(second, self.start.question, answers.read)
        return draft, *self._checked(draft, shown)

    def _checked(
        self, draft: Draft, shown: Sequence[Hit]
    ) -> tuple[tuple[answers.Sentence, ...], tuple[answers.LeftOut, ...]]:
        return answers.check(draft.answer, shown, self.asked)


def recall(memory: Memory, folder: Path) -> tuple[AskResult, ...]:
    """Return the last exchanges about a folder, the oldest first."""
    body = memory.recall(KIND, _key(folder))
    with suppress(ValidationError):
        return _EXCHANGES.validate_json(body) if body else ()
    return ()


def remember(memory: Memory, folder: Path, exchanges: Sequence[AskResult]) -> None:
    """Keep the exchanges about a folder for a question that follows."""
    kept = [_light(one) for one in exchanges[-_REMEMBERED:]]
    memory.remember(KIND, _key(folder), _EXCHANGES.dump_json(tuple(kept)).decode())


def _light(one: AskResult) -> AskResult:
    """Return an exchange with the passages that its answer cites, numbered again."""
    places = {number: place for place, number in enumerate(one.cited, 1)}
    sentences = tuple(
        sentence.model_copy(update={"passages": tuple(places[number] for number in sentence.passages)})
        for sentence in one.sentences
    )
    passages = tuple(one.passages[number - 1] for number in one.cited)
    return one.model_copy(
        update={"sentences": sentences, "passages": passages, "left_out": (), "usage": Usage()}
    )


def _key(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode(errors="replace")).hexdigest()
