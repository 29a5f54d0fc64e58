"""The words that carry no meaning of their own, in six languages, and which of the six a text is in. Pure.

Small lists of our own. A text in a language that is not here is compared by its digits and its longer words.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from vidgist.evidence.folded_words import fold

_LISTS = {
    "en": """a about above after again all also am an and any are as at back be because been before being below
        between both but by came can come could did do does doing don done down each ever every few for from get
        gets give go goes going gone got had has have having he her here hers him his how i if in into is it its
        itself just keep kept know let like ll look looked looking looks made make makes making many may me might
        more most much must my no not now of off on once only onto or other our out over own put quite re really
        said same say says see seem seems seen she should since so some something still such take takes than that
        the their them themselves then there these they thing things think this those through to too took under
        until up upon us use used uses very was way we well went were what when where whether which while who
        whole whom whose why will with within without would yes yet you your talk talks speaker video part parts
        people one ones first last next new""",
    "de": """aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim
        bin bis bist da dabei dadurch dafür dagegen daher damit dann daran darauf darum das dass daß dein dem den
        denn der deren des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine
        einem einen einer eines einmal er es etwas euch euer für gab ganz geben gehen geht gegen gemacht gesagt
        gewesen gibt habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
        ins ist ja jede jedem jeden jeder jedes jetzt kam kann kein keine keinen können kommt konnte machen macht
        man manche mehr mein mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sei
        sein seine seinem seinen seiner seit sich sie sind so sogar soll sollen solche sondern über um und uns
        unser unter viel viele vom von vor war waren was weil welche wenn wer werden wie wieder will wir wird
        wurde wurden zu zum zur zwar zwischen vortrag teil heute neue neuen neuer""",
    "fr": """a à ai aie ainsi alors après as au aucun aussi autre autres aux avait avant avec avoir bien bon c ça
        car ce chez ceci cela celle celles celui ces cet cette ceux chaque comme comment d dans de dedans dehors depuis
        des deux donc dont du elle elles en encore entre est et était étaient été être eu fait faire faut fois
        font il ils j je l la là le les leur leurs lui m ma mais me même mêmes mes moi moins mon n ne ni nos notre
        nous on ont ou où par parce pas pendant peu peut plus pour pourquoi près qu quand que quel quelle quelles
        quels qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tous tout toute toutes très trop
        tu un une va vers voici voilà vont vos votre vous y vidéo partie""",
    "es": """a al algo algunas algunos allí ante antes aquí así aunque bajo bien cada casi como con contra cual
        cuando cuándo de del desde donde dónde dos e él el ella ellas ellos en entonces entre era eran es esa esas
        ese eso esos esta está están estaba estas este esto estos fue fueron ha había hace hacer han hasta hay la
        las le les lo los más me mi mientras mis mucho muchos muy nada ni no nos nosotros nuestra nuestro o otra
        otras otro otros para pero poco por porque pues que qué quien quién se sea según ser si sí sido sin sobre
        solo son su sus también tan tanto te tenemos tener tiene tienen toda todas todo todos tu un una unas uno
        unos usted va vamos van y ya yo vídeo parte""",
    "it": """a ad agli ai al alla alle allo anche ancora avere c che chi ci ciò come con contro cosa così cui d da
        dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove due e è ed era erano essere
        fa fare fino fra fu già gli ha hai hanno ho i il in io l la le lei li lo loro lui ma mai me mentre mi mia
        mie mio molto ne nei nel nella nelle nello noi non nostra nostro o ogni oltre per perché però più poco poi
        prima proprio qua quale quando quanto quasi quella quelle quelli quello questa queste questi questo qui se
        sempre senza si sì sia siamo sono sopra sotto sta stato stati su sua sue sugli sui sul sulla suo suoi
        tanto te tra tu tutta tutte tutti tutto un una uno va video parte""",
    "pt": """a à ainda além algo alguns ali ante antes ao aos apenas aqui as às assim até bem cada com como contra
        da das de dela dele deles depois desde dessa desse desta deste do dois dos duas e é ela elas ele eles em
        então entre era eram essa essas esse esses esta está estão estava este estes eu faz fazer foi foram há
        isso isto já la lá lhe mais mas me mesmo meu minha muito muitos na nas não nem no nos nós nossa nosso num
        numa o os ou para pela pelas pelo pelos pode por porque pouco pra qual quando quase que quem se seja sem
        ser seu seus só sobre sua suas também tanto tão te tem têm ter toda todas todo todos tu tudo um uma umas
        uns vai vamos vão você vocês vídeo parte""",
}


def _folded(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(map(fold, text.split())) for code, text in lists.items()}


FUNCTION_WORDS = _folded(_LISTS)

_DANGLING = {
    "en": "a an the of to for with from and or but nor which than into its their his her our my your these those is "
    "are was were be been very if because",
    "de": "der die das den dem des ein eine einen einem einer und oder aber von vom zum zur im am für durch als dass "
    "weil wenn ihre sehr",
    "fr": "le la les l un une des du de d à au aux et ou mais que qui dans sur sous avec par pour en ce cette ces "
    "son sa ses leur leurs est sont était très si comme",
    "es": "el la los las un una unos unas de del a al y o pero que en con por para sin sobre su sus es son era muy "
    "si como este esta",
    "it": "il lo la i gli le l un una uno di del della dei delle a al alla e ed o ma che in nel nella con per su "
    "sul da dal suo sua è sono era molto se come",
    "pt": "o a os as um uma uns umas de do da dos das a ao à e ou mas que em no na nos nas com por para sem sobre "
    "seu sua é são era muito se como",
}
DANGLING = _folded(_DANGLING)
"""Words with which no sentence ends: what they belong to comes after them."""

_FILLERS = {
    "en": "um uh uhm umm uhh er erm hm hmm mhm mm",
    "de": "äh ähm öh öhm hm hmm mhm",
    "fr": "euh heu hum",
    "es": "eh ehm em",
    "it": "ehm eh mah",
    "pt": "hã hum hem",
    "": "uh uhm umm erm hm hmm mhm euh äh ähm",
}
FILLERS = _folded(_FILLERS)

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 12_000
"""Letters that identify a language."""

_LEAST_SHARE = 0.12
_BELIEVED = 0.6
"""Share of the best language's function words from which the named language is believed."""

_SHORTEST = 4
"""Letters of a word that says something, in a language whose function words are not known."""


def code(name: str, sample: str) -> str:
    """Return the two letters of one of the six languages, or nothing.

    ``name`` is a BCP 47 code or empty; it is believed unless the words of the sample are plainly another's.
    """
    named = name.lower().replace("_", "-").partition("-")[0]
    if named and named not in FUNCTION_WORDS:
        return ""
    words = [fold(word) for word in _WORD.findall(sample[:_SAMPLE])]
    shares = {one: sum(word in known for word in words) for one, known in FUNCTION_WORDS.items()}
    best = max(shares, key=lambda one: shares[one])
    if named and shares[named] >= _BELIEVED * shares[best]:
        return named
    return best if words and shares[best] >= _LEAST_SHARE * len(words) else named


def matters(key: str, language: str) -> bool:
    """Return whether a word, folded, says what a passage is about."""
    known = FUNCTION_WORDS.get(language)
    if known is None:
        return len(key) >= _SHORTEST or not key.isascii()
    return key not in known and len(key) > 1


@lru_cache(65_536)
def stem(key: str) -> str:
    """Return a crude common form of an inflected word, good for comparing only."""
    if len(key) < _STEMMED or not key.isalpha():
        return key
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= _LEAST_STEM:
            key = key.removesuffix(suffix)
            break
    return key[:_LONGEST_STEM].rstrip("ey") if len(key) > _LEAST_STEM + 1 else key


_STEMMED, _LEAST_STEM, _LONGEST_STEM = 4, 3, 7
_SUFFIXES = ("ings", "ing", "ies", "ied", "ed", "es", "en", "er", "em", "s", "n")


def stems(keys: Iterable[str], language: str) -> list[str]:
    """Return the stems of those words that say something, in order."""
    return [stem(key) for key in keys if matters(key, language)]
