"""Of figures altered in honest statements nearly all are caught, and no honest statement is doubted."""

import pytest

from tests.doubles import altered

CAUGHT = 0.97
"""Share of altered statements that must be caught; measured: 99 to 100 %."""


@pytest.mark.parametrize("language", altered.TALKS)
def test_altered_figures_are_caught_and_honest_ones_are_not(language: str) -> None:
    honest, tried = altered.trial(altered.checker(language), altered.TALKS[language])
    assert [(statement, doubts) for statement, doubts in honest if doubts] == []
    missed = [one for one, is_caught in tried if not is_caught]
    assert len(tried) >= 100
    assert len(missed) <= (1 - CAUGHT) * len(tried), missed


@pytest.mark.parametrize(
    ("said", "true", "false"),
    [
        (
            "one of the two of us lost one percent of it and that is the one thing we had three of",
            "They lost 1 percent of it.",
            "They lost 3 percent of it.",
        ),
        (
            "rates rose from one to five percent in nine months",
            "Rates rose from 1 to 5 percent.",
            "Rates rose from 9 to 5 percent.",
        ),
        (
            "the share grew by three percentage points to sixty percent",
            "The share grew by 3 percentage points.",
            "The share grew by 3 percent.",
        ),
        (
            "we have eleven goats and nine sheep on the hill",
            "They have 11 goats on the hill.",
            "They have 9 goats on the hill.",
        ),
        (
            "half a percent of the loans were never paid back",
            "0.5% of the loans were never paid back.",
            "50% of the loans were never paid back.",
        ),
        (
            "a couple hundred people came to the first fair",
            "Some 200 people came to the first fair.",
            "Some 300 people came to the first fair.",
        ),
    ],
)
def test_a_number_counts_only_what_stands_beside_it(said: str, true: str, false: str) -> None:
    judge = altered.checker_of([said, "and one more thing before the three questions that came in"], "en")
    passages = judge.concordance.find(said)
    assert passages
    assert judge.check(true, passages).figures == ()
    assert judge.check(false, passages).figures
