"""How well a sentence would stand alone as a note, beside what it says. Pure rules, no learning."""

from vidgist.offline import lexicon
from vidgist.offline.languages import Language
from vidgist.offline.sentences import Sentence

SHORTEST, LONGEST = 6, 48
_QUESTIONS = frozenset(
    """what why how who where when which whose is are was were do does did can could would will should shall have has
    had am isn't aren't don't doesn't didn't can't couldn't wouldn't won't""".split()
)
_LEANING = frozenset("it he she they that this these those them him there here such one ones".split())
_SELF = frozenset("i i'm i'll i'd i've me my you you're you'll you'd you've your".split())


def asks(shown: str, language: Language) -> bool:
    """Whether a shown sentence is a question, written or, in English, by its first word."""
    if shown.endswith(("?", "؟", "？")):
        return True
    first = shown.split(" ", 1)[0].lower()
    return language.code == "en" and first in _QUESTIONS


def judge(sentence: Sentence, shown: str, language: Language) -> float:
    """A factor, 1 for a plain complete statement, 0 for what is no statement."""
    count = sentence.size
    if count < SHORTEST or not shown:
        return 0.0
    factor = 1.0 if count <= LONGEST else LONGEST / count / 2
    if asks(shown, language):
        factor *= 0.5
    if language.code != "en":
        return factor
    keys = [word.lower().strip(",.?!;:") for word in shown.split()]
    if not keys:
        return 0.0
    if keys[0] in _LEANING:
        factor *= 0.8
    factor *= 1 - min(0.6, 2.0 * sum(key in _SELF for key in keys) / len(keys))
    lex = lexicon.shipped()
    if not any(lexicon.auxiliary(key) or lex.letters(key)[0] == "v" for key in keys):
        factor *= 0.5
    return factor
