"""Whether what is said of a talk stands in it: quotes found, passages looked up, statements checked. Pure.

concordance = Concordance(transcript)
concordance.find(quote)                      # the passages that a quote repeats
checker = Checker(concordance, [title])
checker.index.look_up(quote, statement)      # passages that may carry it, the likeliest first
checker.check(statement, passages)           # figures and names that were not said
"""

from vidgist.evidence.concordance import Concordance, Passage
from vidgist.evidence.doubts import Check, Checker
from vidgist.evidence.lookup import Candidate

__all__ = ["Candidate", "Check", "Checker", "Concordance", "Passage"]
