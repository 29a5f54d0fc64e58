"""Three passages out of anything that was said: a summary has at least three ideas, and none is invented.

Short transcripts are parted further, first at commas and conjunctions, then in halves; one or two words
stand more than once.
"""

from vidgist.offline.english import bag
from vidgist.offline.sentences import Sentence

LEAST = 3
_JOINTS = bag("and but because so or which while when if und aber weil oder y pero porque")


def enough(sentences: list[Sentence], text: str) -> list[Sentence]:
    """At least three sentences, in order; those given where they are enough."""
    while len(sentences) < LEAST:
        longest = max(range(len(sentences)), key=lambda index: (len(sentences[index].words), -index))
        sentence = sentences[longest]
        if len(sentence.words) < 2:
            return (sentences * LEAST)[:LEAST]
        cut = _cut(sentence, text)
        halves = [_piece(sentence, 0, cut), _piece(sentence, cut, len(sentence.words))]
        sentences = [*sentences[:longest], *halves, *sentences[longest + 1 :]]
    return sentences


def _cut(sentence: Sentence, text: str) -> int:
    """The clause bound nearest the middle; the middle where there is none."""
    words = sentence.words
    middle = len(words) / 2
    bounds = [
        index
        for index in range(1, len(words))
        if words[index].key in _JOINTS
        or any(mark in text[words[index - 1].end : words[index].start] for mark in ",;:،，、；")
    ]
    return min(bounds or [len(words) // 2], key=lambda index: abs(index - middle))


def _piece(sentence: Sentence, first: int, last: int) -> Sentence:
    words = sentence.words[first:last]
    end = sentence.end if last == len(sentence.words) else words[-1].end
    return Sentence(
        start=words[0].start,
        end=end,
        words=words,
        seconds=sentence.seconds,
        opens=sentence.opens if first == 0 else 0.0,
        closes=sentence.closes if last == len(sentence.words) else 0.0,
    )
