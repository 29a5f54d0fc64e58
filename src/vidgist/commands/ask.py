"""``vidgist ask``: a question is put to a notes folder, and the answer shown with what it stands on."""

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from vidgist.archive import answer_page, ask, model
from vidgist.archive.answers import AskResult, Sentence
from vidgist.archive.search import Scope
from vidgist.commands import search
from vidgist.config import Settings
from vidgist.errors import InputError
from vidgist.protocols import Reporter
from vidgist.ui import answers, phrases


def run(
    arguments: Sequence[str],
    settings: Settings,
    report: Reporter,
    *,
    channel: str,
    follow: bool,
    save: bool,
    as_json: bool,
) -> int:
    """Show the answer and return the exit code. Raises `SetupError`, `ItemError` or `RunError`."""
    question, folder = search.split(arguments, settings)
    with closing(search.opened(folder)) as index, model.opened(settings, report) as (language_model, memory):
        before = ask.recall(memory, folder) if follow else ()
        scope = Scope(since=settings.since, channel=channel)
        sentences: list[Sentence] = []

        def collect(one: Sentence) -> None:
            sentences.append(one)
            answers.sentence(one, sys.stdout)

        result = ask.answer(
            index, question, language_model, scope=scope, before=before, show=None if as_json else collect
        )
        ask.remember(memory, folder, (*before, result))
        show(result, sentences, as_json=as_json)
        if save:
            try:
                kept = answer_page.keep(result, folder, datetime.now(), memory)
            except InputError as error:
                raise InputError(f"not saved: {error}", hint="take it from standard output") from error
            for line in filter(None, (kept.notice, f"saved as {kept.path}")):
                print(f"vidgist: {phrases.visible(line)}", file=sys.stderr)
    return 0


def show(result: AskResult, sentences: Sequence[Sentence] = (), *, as_json: bool) -> None:
    """Print an answer on standard output, and what is to be known of it on standard error."""
    if as_json:
        print(result.model_dump_json(indent=2))
        return
    answers.show(result, sys.stdout, sentences)
    for line in answers.remarks(result):
        print(f"vidgist: {line}", file=sys.stderr)
