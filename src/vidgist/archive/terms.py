"""What a query is made of: words without those that only ask, and the terms that stand for each. Pure."""

from typing import NamedTuple, Protocol

from vidgist.archive import related
from vidgist.archive.vocabulary import Vocabulary
from vidgist.text.search_words import words

ASKING = related.bag(
    """
        who whom whose what which when where why how did does do done is are was were be been being am has
        have had can could would should will shall may might must the a an of to in on at by for from with
        about into over after before during between and or but not no if then than that this these those
        there here it its they them their he him his she her you your i me my we us our one any some much
        many more most other also say says said tell tells told talk talks talked speak speaks speaker
        speakers video videos mention mentions mentioned discuss discusses discussed according explain
        explains explained anyone someone anybody somebody ever really exactly please wer wie wann wo
        warum welche welcher welches der die das und oder ist sind war ein eine einen im von zu mit quien
        que cual cuando donde como por el la los las un una de del en y o es son fue qui quoi quel quelle
        quand ou comment pourquoi le les des du et est sont une
    """
)
"""Words that only make a question, in four languages."""


class Terms(Protocol):
    """What a query asks of an index."""

    @property
    def size(self) -> int: ...

    @property
    def vocabulary(self) -> Vocabulary: ...


class Group(NamedTuple):
    """One word of a query. ``terms``: what each term of the index is worth as that word, itself 1.

    ``weight`` is how specific the word is: little for a common one. ``counts`` are the passages of each term.
    """

    word: str
    terms: dict[str, float]
    weight: float
    counts: dict[str, int]

    @property
    def is_known(self) -> bool:
        return bool(self.terms)


def content_words(text: str) -> list[str]:
    """Return the content words of a text, each once."""
    return [word for word in dict.fromkeys(words(text)) if word not in ASKING]
