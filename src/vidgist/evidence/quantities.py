"""Words of quantity in six languages: scales, halves, fractions, dozens, factors, months. Our own tables; pure."""

from vidgist.evidence import ideographs
from vidgist.evidence.folded_words import fold
from vidgist.evidence.units import bag, folded

SCALES: dict[str, float] = folded(
    {
        **dict.fromkeys(("k", "thousand", "tsd", "mila", "grand", "mil"), 1e3),
        **dict.fromkeys(
            "duizend tusen tusind tys tysiąc tysiące tysięcy tisíc тыс тысяча тысячи тысяч тисяч".split(), 1e3
        ),
        **dict.fromkeys(
            "miljoen miljon miljoner million millioner milion miliona miliony milionów milionů milyon млн миллион миллиона миллионов "
            "мільйон мільйона мільйонів mln".split(),
            1e6,
        ),
        **dict.fromkeys(
            "miljard miljarder milliarder miliard miliardy miliardów milyar млрд миллиард миллиарда миллиардов мільярдів".split(),
            1e9,
        ),
        **dict.fromkeys(
            (
                "mn",
                "mio",
                "mill",
                "million",
                "millions",
                "millionen",
                "millones",
                "milioni",
                "milhões",
                "milione",
                "milhão",
                "millón",
            ),
            1e6,
        ),
        **dict.fromkeys(
            (
                "bn",
                "mrd",
                "md",
                "mds",
                "mld",
                "milliard",
                "milliards",
                "milliarde",
                "milliarden",
                "miliardi",
                "miliardo",
                "bilhões",
                "bilhão",
            ),
            1e9,
        ),
        **dict.fromkeys(("tn", "trillion"), 1e12),
        "lakh": 1e5,
        "lakhs": 1e5,
        "crore": 1e7,
        "crores": 1e7,
    }
)
"""Multipliers after digits; of those after words the number reader knows more."""

ATTACHED: dict[str, float] = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
    "b": 1e9,
    "T": 1e12,
    "G": 1e9,
    **ideographs.SCALES,
}
"""Letters that multiply where they stand against the digits and nothing follows: 671B, 12k."""

HALVES = bag("half halb halbe halben halber halbes demi demie medio media mezzo mezza meio meia")
SHARES: dict[str, float] = folded(
    {
        **dict.fromkeys(("half", "hälfte", "moitié", "mitad", "metà", "metade"), 50.0),
        **dict.fromkeys(("quarter", "viertel", "quart"), 25.0),
        **dict.fromkeys(("drittel", "tiers", "tercio", "terzo", "terço"), 100 / 3),
        **dict.fromkeys(("fünftel",), 20.0),
        **dict.fromkeys(("zehntel",), 10.0),
        "dreiviertel": 75.0,
        "zweidrittel": 200 / 3,
    }
)
"""Percent that one of a fraction is, by its word."""

PARTS: dict[str, float] = folded(
    {
        **dict.fromkeys("third thirds drittel tiers tercio tercios terzo terzi terço terços".split(), 3),
        **dict.fromkeys(
            "quarter quarters fourth fourths viertel quart quarts cuarto cuartos quarto quarti quartos".split(),
            4,
        ),
        **dict.fromkeys("fifth fifths fünftel cinquième cinquièmes quinto quintos quinti".split(), 5),
        **dict.fromkeys("sixth sixths sechstel".split(), 6),
        **dict.fromkeys("eighth eighths achtel".split(), 8),
        **dict.fromkeys("tenth tenths zehntel dixième dixièmes décimo décimos decimo decimi".split(), 10),
        **dict.fromkeys("hundredth hundredths hundertstel".split(), 100),
        **dict.fromkeys("thousandth thousandths tausendstel millième millièmes".split(), 1_000),
        **dict.fromkeys("millionth millionths millionstel".split(), 1_000_000),
    }
)
FEMININE_PARTS: dict[str, float] = folded(
    {
        **dict.fromkeys("tercera terceras terza terze terça terças".split(), 3),
        **dict.fromkeys("cuarta cuartas quarta quarte quartas".split(), 4),
        **dict.fromkeys("quinta quintas quinte".split(), 5),
        **dict.fromkeys("sexta sextas sesta".split(), 6),
        **dict.fromkeys("octava octavas ottava oitava".split(), 8),
        **dict.fromkeys("décima décimas decima".split(), 10),
    }
)
"""Fractions only before ``parte``: tres cuartas partes."""

HOURS = bag("h heure heures hora horas ora ore uhr")
QUARTERS = bag("quarter quart cuarto quarto viertel")
ZEROES = bag("nil nought naught zilch")
DECADE_WORDS = bag("decade década décadas décennie decennio jahrzehnt")
CENT_WORDS = bag("con e y and et")
"""Between a sum's whole units and its hundredths."""

DOZENS: dict[str, float] = folded(
    {
        **dict.fromkeys(("dozen", "dutzend", "douzaine", "docena", "dozzina", "dúzia"), 12),
        **dict.fromkeys(("dizaine", "decena", "decina", "dezena"), 10),
        **dict.fromkeys(("vingtaine", "veintena", "ventina"), 20),
        "quinzaine": 15,
        "trentaine": 30,
        "cinquantaine": 50,
        **dict.fromkeys(("centaine", "centena", "centinaio"), 100),
        **dict.fromkeys(("millier", "millar", "migliaio", "milhar"), 1000),
    }
)
FACTORS: dict[str, float] = folded(
    {
        **dict.fromkeys(
            "twice double doubled doubles doubling doppelt doppelte doppelten verdoppelt verdoppelte verdoppeln verdoppelten "
            "doublé doubler doublée doublées doublés doble duplicado duplicó duplicar doppio raddoppiato raddoppiare dobro dobrou dobrar".split(),
            2,
        ),
        **dict.fromkeys(
            "thrice triple tripled triples tripling treble trebled verdreifacht verdreifachte triplé tripler triplicado triplicó "
            "triplo triplicato triplicou".split(),
            3,
        ),
        **dict.fromkeys(
            "quadruple quadrupled vervierfacht quadruplé cuadruplicado quadruplicato quadruplicou".split(), 4
        ),
        **dict.fromkeys("halved halbiert halbierte halving".split(), 0.5),
    }
)
FOLDS = ("fold", "fach", "fache", "facher", "faches", "fachen", "mal")
"""Endings that make a number word a factor."""

PLURALS = bag(
    "hundreds thousands millions billions trillions hunderte hunderten tausende tausenden millionen milliarden "
    "milliers millions milliards cientos miles millones centinaia migliaia milioni miliardi centenas milhares milhões"
)
"""Not a figure, but many."""

MINUS = bag("minus negative moins menos meno")
POINT = bag("point komma virgule coma punto virgola vírgula ponto")
EVERY = bag("every each jede jeder jedes jeden jedem chaque cada ogni")
OUT_OF = bag("in of sur su von aus de em cada")
"""Between the two numbers of a share: one household in four."""

AND = bag("and und et y e")
ONE = bag("a an one ein eine einen einem einer un une una uno um uma")

_MONTHS = """jan january januar janvier enero gennaio janeiro
feb february februar février febrero febbraio fevereiro
mar march märz mars marzo março
apr april avril abril aprile
may mai mayo maggio maio
jun june juni juin junio giugno junho
jul july juli juillet julio luglio julho
aug august août agosto
sep sept september septembre septiembre settembre setembro
oct october oktober okt octobre octubre ottobre outubro
nov november novembre noviembre novembro
dec december dezember dez décembre diciembre dicembre dezembro"""
MONTHS: dict[str, int] = {
    fold(name): number for number, line in enumerate(_MONTHS.splitlines(), 1) for name in line.split()
}
ALSO_WORDS = frozenset({"may", "march", "mar", "mars", "dec", "sep", "jan", "mai", "august", "okt", "dez"})
"""Names of months that are other words, too: months only beside a figure, or with a capital."""

_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "zwanziger": 20, "dreißiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60,
    "siebziger": 70, "achtziger": 80, "neunziger": 90,
}  # fmt: skip
DECADES: dict[str, int] = folded(_TENS)

META = bag(
    """host hosts speaker speakers guest guests presenter presenters panelist panelists participants members colleagues
    friends sprecher sprechern moderatoren gäste teilnehmer intervenants animateurs invités locuteurs ponentes presentadores
    invitados interlocutori conduttori ospiti apresentadores convidados
    reason reasons thing things way ways step steps part parts kind kinds type types example examples question
    questions topic topics point points idea ideas factor factors argument arguments theme themes aspect aspects
    principle principles lesson lessons claim claims stage stages phase phases element elements section sections
    case cases side sides group groups option options method methods
    gründe gründen grund teile teilen teil schritte schritten arten art beispiele fragen themen punkte punkten ideen
    faktoren argumente aspekte prinzipien lehren phasen elemente abschnitte seiten gruppen wege wegen dinge dingen
    raisons parties étapes exemples questions thèmes points idées facteurs arguments aspects principes types façons
    razones partes pasos ejemplos preguntas temas puntos ideas factores argumentos aspectos principios tipos formas
    ragioni parti passi esempi domande temi punti idee fattori argomenti aspetti principi tipi modi
    razões partes passos exemplos perguntas temas pontos ideias fatores argumentos aspectos princípios tipos formas"""
)
"""What a summary counts by itself: three reasons, two parts."""
