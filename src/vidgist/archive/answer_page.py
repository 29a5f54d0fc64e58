"""An answer as a Markdown note of the vault, its sentences linked to the blocks that carry them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from vidgist.archive import links
from vidgist.archive.answers import AskResult
from vidgist.archive.saving import Saved, save
from vidgist.protocols import Memory
from vidgist.text.hygiene import one_line
from vidgist.writers import _yaml
from vidgist.writers._markdown import escape, paragraph

FOLDER = "_answers"
KIND = "answer"
SILENT = "The notes do not say."


def render(result: AskResult, created: datetime) -> str:
    """Return the note: front matter, the question, the answer, its passages."""
    head = _yaml.front_matter(
        {
            "vidgist": KIND,
            "title": one_line(result.question),
            "model": one_line(result.model),
            "created": created,
            "notes": result.notes,
        }
    )
    parts = (f"# {escape(one_line(result.question))}", *_answer(result), *_passages(result))
    return f"{head}\n" + "\n\n".join(parts) + "\n"


def keep(result: AskResult, folder: Path, created: datetime, memory: Memory) -> Saved:
    """Write the note below the notes folder; a note of the same question is replaced, nothing else."""
    return save(folder / FOLDER, one_line(result.question), render(result, created), KIND, ".md", memory)


def _answer(result: AskResult) -> Iterator[str]:
    if result.says:
        yield " ".join(
            f"{paragraph(one_line(one.text)) if not place else escape(one_line(one.text))} "
            + " ".join(links.passage(result.passages[number - 1], short=True) for number in one.passages)
            for place, one in enumerate(result.sentences)
        )
    elif result.model == "offline:":
        yield "No model was asked; these passages match the question best."
    else:
        yield SILENT
    if result.missing:
        yield f"> {paragraph(one_line(result.missing))}"


def _passages(result: AskResult) -> Iterator[str]:
    numbers = result.cited or tuple(range(1, len(result.passages) + 1))
    if not numbers:
        return
    rows = []
    for place, number in enumerate(numbers, 1):
        hit = result.passages[number - 1]
        watch = f" ([watch]({links.target(hit.link)}))" if hit.link else ""
        rows.append(f"{place}. {links.passage(hit)}{watch}\n   > {escape(one_line(hit.shown))}")
    yield "## Passages\n\n" + "\n".join(rows)
