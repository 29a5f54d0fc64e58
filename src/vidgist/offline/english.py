"""Word lists of English speech that only its repair and judgement need."""


def bag(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


FILLERS = bag("um uh er erm ah eh hm hmm mm mmm mm-hmm mmhmm uh-huh uhm huh ooh aha")

OPENERS = bag(
    """so and but well okay ok right yeah yes yep now then also or because anyway actually basically obviously
    alright like no just oh hey still plus cuz cause 'cause exactly absolutely sure great cool"""
)
"""Chatter where it begins a sentence."""

PHRASES: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "you know",
        "i mean",
        "i guess",
        "i think",
        "i suppose",
        "i believe",
        "i would say",
        "i'd say",
        "you see",
        "let's see",
        "of course",
        "all right",
        "that's right",
        "as i said",
        "like i said",
        "as you know",
        "first of all",
        "kind of",
        "sort of",
        "in fact",
        "to be honest",
    )
)
"""Chatter of several words where it begins a sentence."""

ANYWHERE = frozenset({("you", "know"), ("i", "mean")})
"""Chatter wherever it stands, unless one of `KNOWING` is before it."""
KNOWING = bag("do don't if what as did to let how didn't when")

HEDGES = frozenset({("kind", "of"), ("sort", "of")})
"""Chatter unless a determiner or an adjective stands before."""
DETERMINERS = bag(
    """a an the this that these those what which some any every each other same another certain different one new his
    her its their our my your no all first second third"""
)

CLOSERS = bag(
    """and but or so because um uh like right okay ok yeah then if which who when where the a an than my your our their
    his its these very really just i we he she whether although though while since until unless every each how why
    whose exactly absolutely anyway oh"""
)
"""Words on which no sentence ends whole; cut where they end one."""
STUBS = bag("re dec con de com dis rec tech tel")
"""Words that are mostly the beginning of the next one, where that begins so: ``re remote``."""
KEPT = bag("like")
"""Those that do end one after a content word: ``what it looks like``."""

NUMBERS = bag(
    """zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions"""
)
DOUBLES = bag("that had very really much many no more so far her")
"""Words that may stand twice."""

QUESTIONS = bag(
    """what why how who where when which whose is are was were do does did can could would will should shall have has
    had am isn't aren't don't doesn't didn't can't couldn't wouldn't won't"""
)
ASKING = bag("what's who's where's how's why's when's")
LEANING = bag(
    "it that this these those them him there here such one ones it's that's there's here's it'll that'll"
)
"""Openings that lean on a sentence before."""
PERSONS = bag("they he she they're he's she's they've they'll they'd he'll she'll he'd she'd")
"""Those that mostly lean on the subject of the talk."""
BIDDING = bag("remember imagine note please let's let press look see think")
"""Openings of a request."""
CONDITIONS = bag("if when because since unless while although though even until whether")
"""Openings of a clause that needs another one."""
BOTH_CLAUSES = 14
"""Words that a sentence with two clauses has at least."""
SELF = bag("i i'm i'll i'd i've me my you you're you'll you'd you've your")

CLAUSES = bag(
    """i you he she it we they there i'm you're he's she's it's we're they're that's there's i've you've we've they've
    i'll you'll we'll they'll it'll"""
)
"""Words that begin a clause within a sentence."""
LINKS = bag("and but so because")
"""Words that may stand before one of them."""
ARTICLES = bag("the a an my your our their his its every")
NOMINATIVE = bag("i you he she it we they")
SUBJECTS = bag("i you he she it we they this that there who these those what")
UNDECLARED = bag(
    """the a an my your our their his its every i you he she it we they is are was were be of to in on at with for
    from by and but or so because if when while would could should can will that this these those then than"""
)
"""Words that never follow an article: the two together are a false start."""

CHATTER = (
    OPENERS
    | FILLERS
    | bag(
        "that's it is was hello hi bye thanks thank you welcome good fine right correct totally definitely perfect awesome"
    )
)
"""Words of sentences that say nothing at all."""
