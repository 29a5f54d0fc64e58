"""Train the sentence-boundary model of the embedded engine on punctuated talks and meetings.

    pip install torch==2.13.0
    python benchmarks/train_boundaries.py DATA... [-o src/vidgist/offline/boundaries.bin] [--folds 5] [--against FILE...]

DATA are ``.jsonl`` files (field ``text``) or ``.txt`` files of punctuated speech. Punctuation and capitals are
taken out; where sentences ended is learnt. With ``--folds`` nothing is written: each fold is scored by a model of the
others. ``--against`` scores the model on texts that it has not seen. One thread and a fixed seed: the same data,
torch and kind of processor give the same file.
"""

import argparse
import itertools
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vidgist.offline import boundaries, tagging
from vidgist.offline.boundaries import CELL, HELD, MAGIC, ONE, REACH, TAILS, WEIGHT, ZERO, Net
from vidgist.offline.sentences import ABBREVIATIONS, THRESHOLD
from vidgist.offline.tagging import TAGS
from vidgist.offline.words import split

if TYPE_CHECKING:
    from torch import Tensor, nn

WORD, TAG, STATE = 24, 8, 40
"""Numbers that stand for a word and for a tag, and those of a direction's state."""
LEAST = 4
"""Times a word is said to be learnt by itself."""
ROUNDS, BATCH, LENGTH, RATE, DECAY = 10, 64, 128, 4e-3, 1e-4
"""Rounds through the data, stretches to a step of AdamW and their words, its rate at its height, its decay."""
DROPPED, BLURRED, UNKNOWN = 0.3, 0.1, 0.15
"""Shares of the states and of the words' numbers that a step leaves out, and of the words known by their endings alone."""
BESIDE = 0.5
"""Weight of a second lesson, which the shipped file leaves out: nothing, a comma, a full stop or a question mark."""
NOTHING, COMMA, STOP, QUESTION = range(4)
GAP = 200
"""Words between two texts."""
Lesson = tuple[list[str], str, list[int]]
"""The words of a text, their tags, and what stands before each of them."""


def read(paths: Sequence[Path]) -> list[str]:
    """The texts of all files in order."""
    texts: list[str] = []
    for path in paths:
        body = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            texts += [json.loads(line)["text"] for line in body.splitlines() if line.strip()]
        else:
            texts.append(body)
    return texts


def ends(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, and what stands before each: the first one stands behind a full stop."""
    words = split(re.sub(r"(?<=\w)-(?=\w)", " ", text))
    found = [STOP]
    for left, right in itertools.pairwise(words):
        gap = text[left.end : right.start]
        short = gap.startswith(".") and (left.key in ABBREVIATIONS or len(left.key) == 1)
        if re.search(r"[.!?…]", gap) and not short and gap != ".":
            found.append(QUESTION if "?" in gap else STOP)
        else:
            found.append(COMMA if re.search(r"[,;:–—]|(?<!\w)-", gap) else NOTHING)
    return [word.key for word in words], found


def alike(key: str) -> str:
    """A word as it is learnt."""
    return re.sub(r"\d", "0", key)


def lessons(texts: Sequence[str]) -> list[Lesson]:
    """What is to be learnt of each text."""
    found = []
    for text in texts:
        keys, marks = ends(text)
        found.append((keys, tagging.tag(keys, tagging.shipped()), marks))
    return found


def train(texts: Sequence[str]) -> Net:
    """A net that has learnt these texts."""
    return boundaries.unpack(fit(lessons(texts)))


def fit(taught: Sequence[Lesson]) -> bytes:
    """The file of a net that has learnt this."""
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(1)
    torch.manual_seed(0)
    said = Counter(alike(key) for keys, _, _ in taught for key in keys)
    words = {
        word: row for row, word in enumerate(sorted(word for word, count in said.items() if count >= LEAST))
    }
    edge = len(words) + TAILS
    rows, tails, tags, marks = _columns(taught, words)
    layers = nn.ModuleDict(
        {
            "words": nn.Embedding(edge + 1, WORD),
            "tags": nn.Embedding(len(TAGS) + 1, TAG),
            "heard": nn.Linear((WORD + TAG) * 2 * REACH, 4 * STATE),
            "states": nn.ParameterList([torch.empty(2, STATE, 2 * STATE)]),
            "end": nn.Linear(2 * STATE, 1),
            "mark": nn.Linear(2 * STATE, QUESTION + 1),
        }
    )
    for name in ("words", "tags"):
        nn.init.normal_(layers[name].weight, 0, 0.3)
    for side, half in itertools.product(range(2), range(2)):
        nn.init.orthogonal_(layers["states"][0].data[side, :, half * STATE : (half + 1) * STATE])
        layers["heard"].bias.data[side * 2 * STATE : side * 2 * STATE + STATE] += 0.25
    steps = round(ROUNDS * len(rows) / (BATCH * LENGTH))
    optimizer = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    begins = torch.nonzero(marks >= STOP)[:, 0]
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, 20 * step / steps + 0.05) * (1 - step / steps)
        places = begins[torch.randint(len(begins), (BATCH,))][:, None] + torch.arange(LENGTH)
        places = places.clamp(max=len(rows) - 1)
        known = torch.where(torch.rand(places.shape) < UNKNOWN, tails[places], rows[places])
        states = functional.dropout(_states(layers, known, tags[places]), DROPPED)
        truth = marks[places][:, 1:]
        counted = truth >= 0
        found, beside = layers["end"](states)[..., 0][counted], layers["mark"](states)[counted]
        loss = functional.binary_cross_entropy_with_logits(found, (truth[counted] >= STOP).float())
        loss = loss + BESIDE * functional.cross_entropy(beside, truth[counted])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
        optimizer.step()
        if step % 200 == 0:
            print(f"step {step} of {steps}: {loss.item():.3f}", flush=True)
    return packed(layers, words)


def _columns(taught: Sequence[Lesson], words: dict[str, int]) -> "tuple[Tensor, Tensor, Tensor, Tensor]":
    """The rows of all words, those of their endings, their tags, and the marks before them; `GAP` words between texts."""
    import torch

    edge, columns = len(words) + TAILS, ([], [], [], [])
    for keys, tags, marks in taught:
        tails = [len(words) + boundaries.row(key, {}) for key in keys]
        rows = [boundaries.row(key, words) for key in keys]
        text = (rows, tails, [TAGS.index(tag) for tag in tags], marks)
        for column, part, filler in zip(columns, text, (edge, edge, len(TAGS), -1), strict=True):
            column += [*part, *[filler] * GAP]
    return tuple(torch.tensor(column) for column in columns)


def _states(layers: "nn.ModuleDict", rows: "Tensor", tags: "Tensor") -> "Tensor":
    """The states of both directions at the gaps between two words: stretches, gaps, numbers."""
    import torch
    from torch.nn import functional

    edge = torch.cat([layers["words"].weight[-1], layers["tags"].weight[-1]]).expand(len(rows), REACH, -1)
    heard = torch.cat([layers["words"](rows), layers["tags"](tags)], -1)
    heard = functional.dropout(torch.cat([edge, heard, edge[:, 1:]], 1), BLURRED)
    around = heard.unfold(1, 2 * REACH, 1)[:, 1:].permute(1, 0, 2, 3).flatten(2)
    sums = layers["heard"](around).chunk(2, -1)
    both = torch.stack([sums[0], sums[1].flip(0)], 1)
    state, found = torch.zeros(2, len(rows), STATE), []
    for sum_ in both.unbind():
        keep, new = torch.baddbmm(sum_, state, layers["states"][0]).chunk(2, -1)
        new = torch.tanh(new)
        state = new + torch.sigmoid(keep) * (state - new)
        found.append(state)
    forward, backward = torch.stack(found, 1)
    return torch.cat([forward.transpose(0, 1), backward.flip(0).transpose(0, 1)], -1)


def packed(layers: "nn.ModuleDict", words: dict[str, int]) -> bytes:
    """The file of `boundaries.unpack`: what a word adds is kept by its numbers, what a tag adds as it is."""
    import torch

    with torch.no_grad():
        table = layers["words"].weight
        scale = float(table.abs().max().clamp(max=2.0)) / 127
        table = (table / scale).round().clamp(-127, 127)
        weights = layers["heard"].weight.view(2, 2 * STATE, WORD + TAG, 2 * REACH)
        parts = []
        for side in range(2):
            # The words of a gap come in the order of its direction, and the last one first in the file.
            lines = weights[side] if side else weights[side].flip(-1)
            lines = lines.permute(1, 2, 0).flatten(1) * (1 << ONE)
            parts += [
                lines[:WORD] * scale,
                layers["tags"].weight @ lines[WORD:],
                layers["states"][0][side] * (1 << ONE - HELD),
                layers["heard"].bias.view(2, -1)[side : side + 1] * (1 << ONE) + ZERO,
                layers["end"].weight.view(2, -1)[side, :, None] * (1 << WEIGHT),
            ]
            figures, tags, states, fresh = (part.abs() for part in parts[-5:-1])
            most = table.abs().matmul(figures).amax(0) + tags.amax(0)
            most = most.view(2 * REACH, -1).sum(0) + states.sum(0) * (1 << HELD) + fresh[0]
            if most.max() >= 2 * ZERO:
                raise ValueError("a sum may leave its cell")
        numbers = b"".join(_cells(line) for part in parts for line in part.round().long().tolist())
        rows = table.to(torch.int8).numpy().tobytes()
        about = {
            "words": " ".join(words),
            "width": WORD,
            "size": STATE,
            "bias": round(layers["end"].bias.item(), 4),
        }
    return MAGIC + zlib.compress(json.dumps(about).encode() + b"\n" + rows + numbers, 9)


def _cells(values: Sequence[int]) -> bytes:
    """Whole numbers as the cells of one, the first lowest; a negative one borrows from the next."""
    whole = sum(value << CELL * at for at, value in enumerate(values))
    return whole.to_bytes(len(values) * CELL // 8, "little", signed=True)


def score(net: Net, texts: Sequence[str], threshold: float = THRESHOLD) -> tuple[float, float, float]:
    """Precision, recall and F1 of the gaps where sentences end."""
    hits = found = there = 0
    for text in texts:
        keys, marks = ends(text)
        truth = [mark >= STOP for mark in marks]
        guesses = [odds > threshold for odds in boundaries.log_odds(keys, net)]
        hits += sum(guess and end for guess, end in zip(guesses[1:], truth[1:], strict=True))
        found += sum(guesses[1:])
        there += sum(truth[1:])
    precision, recall = hits / max(1, found), hits / max(1, there)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def folds(texts: Sequence[str], count: int, more: Sequence[str] = ()) -> Iterator[tuple[list[int], Net]]:
    """For each of ``count`` parts of the texts its indices and a net that learnt the others and ``more``."""
    for fold in range(count):
        held = list(range(fold, len(texts), count))
        yield held, train([*more, *(text for index, text in enumerate(texts) if index % count != fold)])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(boundaries.__file__).with_name("boundaries.bin")
    )
    parser.add_argument("--more", nargs="*", type=Path, default=[], help="further texts, never held out")
    parser.add_argument("--against", nargs="*", type=Path, default=[], help="texts to score, not learnt from")
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    texts = read(arguments.data)
    if arguments.folds:
        results = []
        for held, net in folds(texts, arguments.folds, read(arguments.more)):
            results.append(score(net, [texts[index] for index in held]))
            print(f"fold of {len(held)} texts: {_told(results[-1])}")
        print(f"mean F1 {sum(result[2] for result in results) / len(results):.3f}")
        return
    texts += read(arguments.more)
    arguments.output.write_bytes(fit(lessons(texts)))
    print(f"{len(texts)} texts -> {arguments.output.name}, {arguments.output.stat().st_size} bytes")
    net = boundaries.unpack(arguments.output.read_bytes())
    for path in arguments.against:
        print(f"{path.name}, not learnt from: {_told(score(net, read([path])))}")


def _told(result: tuple[float, float, float]) -> str:
    return "precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*result)


if __name__ == "__main__":
    main()
