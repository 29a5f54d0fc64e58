"""An answer in the terminal or a pipe: its sentences with numbers, then the passages that these stand for."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from vidgist.archive.answers import AskResult, Sentence
from vidgist.ui import columns, passages, phrases

SILENT = "The notes do not say."
_NEAREST = 3


def sentence(one: Sentence, stream: TextIO) -> None:
    """Print one sentence with the numbers of its passages."""
    print(columns.hang("", f"{phrases.visible(one.text)} {_cited(one.passages)}", stream), file=stream)
    stream.flush()


def show(result: AskResult, stream: TextIO, printed: Sequence[Sentence] = ()) -> None:
    """Print what the notes say, and where; ``printed`` are sentences printed already."""
    if result.model == "offline:":
        _listed(result, tuple(range(1, len(result.passages) + 1)), stream)
        return
    is_printed = result.sentences[: len(printed)] == tuple(printed)
    if printed and not is_printed:
        print("\nPut right:\n", file=stream)
    for one in result.sentences[len(printed) if is_printed else 0 :]:
        sentence(one, stream)
    if not result.says:
        print(SILENT, file=stream)
    if result.missing and result.says:
        print(columns.hang("", f"Not said: {phrases.visible(result.missing)}", stream), file=stream)
    print(file=stream)
    numbers = result.cited
    if not result.says and result.passages:
        print("The nearest passages:\n", file=stream)
        numbers = tuple(range(1, min(_NEAREST, len(result.passages)) + 1))
    _listed(result, numbers, stream)


def _listed(result: AskResult, numbers: tuple[int, ...], stream: TextIO) -> None:
    for place, number in enumerate(numbers):
        if place:
            print(file=stream)
        passages.one(number, result.passages[number - 1], stream)


def _cited(numbers: tuple[int, ...]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def remarks(result: AskResult) -> Iterator[str]:
    """Return lines on what a person should know of an answer."""
    if result.unknown and not result.is_foreign:
        yield phrases.visible(f"in no note: {', '.join(result.unknown)}")
    if result.is_foreign and result.notes and result.model == "offline:":
        yield passages.FOREIGN
    if not result.notes:
        yield passages.NO_NOTE
    elif not result.passages:
        yield f"nothing found in {result.notes} notes"
    elif result.model == "offline:":
        yield "no model was asked: these are the passages that match best; name a model with --model"
    for one in result.left_out:
        yield f"left out: {phrases.short(one.text, 100)} ({phrases.visible(one.why)})"
    if result.usage.calls:
        yield f"{result.usage.tokens:,} tokens · {phrases.money(result.cost)}"
