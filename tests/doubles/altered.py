"""Talks with many figures in six languages, honest statements on them, and the same statements with one figure altered.

The talks are invented. Each is a list of what is said, line by line, and of some lines an honest statement: another
wording and another spelling of the figure. Small numbers and "one" as a pronoun stand all over each talk, as in speech.
"""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.evidence import Checker, Concordance, tokenizing
from vidgist.evidence.doubts import worth_checking
from vidgist.evidence.figures import Figure
from vidgist.evidence.items import Token
from vidgist.models import Segment, Transcript


class Altered(NamedTuple):
    """A statement with one figure altered, and how."""

    way: str
    text: str


TALKS: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("so the first thing that people ask me is how one gets into this, and there is no one answer", ""),
        ("the two of us started the dairy in nineteen ninety eight with eleven goats", "They started the dairy in 1998 with 11 goats."),
        ("one of them was blind and three of the others never gave any milk at all", "Three of the others never gave milk."),
        ("today we have two hundred and forty animals on both sides of the river", "There are 240 animals on both sides of the river today."),
        ("milk prices fell by thirty percent within eighteen months", "Milk prices fell by 30 percent within 18 months."),
        ("the new cellar cost us one point two million dollars and took three years", "The new cellar cost $1.2 million and took 3 years."),
        ("that is the one decision i would take again, one hundred percent", ""),
        ("each wheel weighs seven kilos and rests for four months", "Each wheel weighs 7 kilos and rests for 4 months."),
        ("about two in a hundred crack while they dry", "About 2 percent of the wheels crack while drying."),
        ("we lost half of the herd in the winter of twenty ten", "Half of the herd was lost in the winter of 2010."),
        ("interest went up from one to five percent and that hurt us", "Interest rose from 1 to 5 percent, which hurt them."),
        ("our share of the market rose by three percentage points", "Their share of the market rose by 3 percentage points."),
        ("fifty two shops in nine countries sell it now", "52 shops in nine countries sell the cheese now."),
        ("the village has six hundred people and one doctor", "The village has 600 people."),
        ("a litre brings us ninety cents where it used to be sixty", "A litre brings 90 cents where it was 60."),
        ("the van does eighty miles a day on these roads", "The van covers 80 miles a day."),
        ("it is minus twelve degrees up there in january", "It is -12 degrees up there in January."),
        ("if you have one good year out of three you stay", ""),
        ("we sold ten thousand wheels last year, that is twice what we made in the old place", "They sold 10,000 wheels last year, twice as many as in the old place."),
        ("and one more thing before the two questions that came in", ""),
    ],
    "de": [
        ("also eins muss man vorweg sagen, einer allein schafft das nicht", ""),
        ("wir haben neunzehnhundertachtundneunzig mit elf Ziegen angefangen", "Sie haben 1998 mit 11 Ziegen angefangen."),
        ("zwei davon waren blind und eine gab nie Milch", "Zwei der Ziegen waren blind."),
        ("heute stehen zweihundertvierzig Tiere auf beiden Seiten des Flusses", "Heute stehen 240 Tiere auf beiden Seiten des Flusses."),
        ("der Milchpreis fiel um dreißig Prozent in achtzehn Monaten", "Der Milchpreis fiel in 18 Monaten um 30 %."),
        ("der neue Keller hat eins Komma zwei Millionen Euro gekostet und drei Jahre gedauert", "Der neue Keller kostete 1,2 Millionen Euro und dauerte 3 Jahre."),
        ("ein Laib wiegt sieben Kilo und reift vier Monate", "Ein Laib wiegt 7 Kilo und reift 4 Monate."),
        ("die Hälfte der Herde ist im Winter zweitausendzehn gestorben", "Die Hälfte der Herde starb im Winter 2010."),
        ("die Zinsen stiegen von einem auf fünf Prozent", "Die Zinsen stiegen auf 5 Prozent."),
        ("unser Anteil am Markt wuchs um drei Prozentpunkte", "Ihr Anteil am Markt wuchs um 3 Prozentpunkte."),
        ("zweiundfünfzig Läden in neun Ländern verkaufen ihn jetzt", "52 Läden in neun Ländern verkaufen den Käse."),
        ("das Dorf hat sechshundert Einwohner und einen Arzt", "Das Dorf hat 600 Einwohner."),
        ("der Liter bringt neunzig Cent, früher waren es sechzig", "Der Liter bringt 90 Cent, früher waren es 60."),
        ("der Wagen fährt achtzig Kilometer am Tag", "Der Wagen fährt 80 Kilometer am Tag."),
        ("es hat minus zwölf Grad da oben im Januar", "Im Januar hat es da oben -12 Grad."),
        ("wir haben zehntausend Laibe verkauft im letzten Jahr", "Im letzten Jahr verkauften sie 10.000 Laibe."),
        ("und noch eins, bevor die zwei Fragen kommen, auf die wir drei gewartet haben", ""),
    ],
    "fr": [
        ("alors une chose d'abord, l'un de nous deux devait rester", ""),
        ("nous avons commencé en mille neuf cent quatre-vingt-dix-huit avec onze chèvres", "Ils ont commencé en 1998 avec 11 chèvres."),
        ("deux d'entre elles étaient aveugles et une ne donnait pas de lait", "Deux des chèvres étaient aveugles."),
        ("aujourd'hui il y a deux cent quarante bêtes des deux côtés de la rivière", "Il y a aujourd'hui 240 bêtes des deux côtés de la rivière."),
        ("le prix du lait a baissé de trente pour cent en dix-huit mois", "Le prix du lait a baissé de 30 % en 18 mois."),
        ("la nouvelle cave a coûté un virgule deux million d'euros et a pris trois ans", "La nouvelle cave a coûté 1,2 million d'euros et pris 3 ans."),
        ("une meule pèse sept kilos et repose quatre mois", "Une meule pèse 7 kilos et repose 4 mois."),
        ("la moitié du troupeau est morte pendant l'hiver deux mille dix", "La moitié du troupeau est morte pendant l'hiver 2010."),
        ("les taux sont passés de un à cinq pour cent", "Les taux sont passés à 5 pour cent."),
        ("notre part du marché a gagné trois points de pourcentage", "Leur part du marché a gagné 3 points de pourcentage."),
        ("cinquante-deux magasins dans neuf pays le vendent maintenant", "52 magasins dans neuf pays vendent le fromage."),
        ("le village compte six cents habitants et un médecin", "Le village compte 600 habitants."),
        ("le litre rapporte quatre-vingt-dix centimes contre soixante avant", "Le litre rapporte 90 centimes contre 60 avant."),
        ("la camionnette fait quatre-vingts kilomètres par jour", "La camionnette fait 80 kilomètres par jour."),
        ("il fait moins douze degrés là-haut en janvier", "Il fait -12 degrés là-haut en janvier."),
        ("nous avons vendu dix mille meules l'an dernier", "Ils ont vendu 10 000 meules l'an dernier."),
        ("et encore une, avant les deux questions que nous trois attendions", ""),
    ],
    "es": [
        ("bueno, una cosa primero, uno de los dos tenía que quedarse", ""),
        ("empezamos en mil novecientos noventa y ocho con once cabras", "Empezaron en 1998 con 11 cabras."),
        ("dos de ellas eran ciegas y una no daba leche", "Dos de las cabras eran ciegas."),
        ("hoy hay doscientos cuarenta animales a los dos lados del río", "Hoy hay 240 animales a los dos lados del río."),
        ("el precio de la leche bajó un treinta por ciento en dieciocho meses", "El precio de la leche bajó un 30 % en 18 meses."),
        ("la bodega nueva costó uno coma dos millones de euros y duró tres años", "La bodega nueva costó 1,2 millones de euros y duró 3 años."),
        ("cada queso pesa siete kilos y reposa cuatro meses", "Cada queso pesa 7 kilos y reposa 4 meses."),
        ("la mitad del rebaño murió en el invierno de dos mil diez", "La mitad del rebaño murió en el invierno de 2010."),
        ("los intereses pasaron del uno al cinco por ciento", "Los intereses pasaron al 5 por ciento."),
        ("nuestra cuota de mercado creció tres puntos porcentuales", "Su cuota de mercado creció 3 puntos porcentuales."),
        ("cincuenta y dos tiendas en nueve países lo venden ahora", "52 tiendas en nueve países venden el queso."),
        ("el pueblo tiene seiscientos habitantes y un médico", "El pueblo tiene 600 habitantes."),
        ("el litro da noventa céntimos y antes eran sesenta", "El litro da 90 céntimos y antes eran 60."),
        ("la furgoneta hace ochenta kilómetros al día", "La furgoneta hace 80 kilómetros al día."),
        ("hace menos doce grados allá arriba en enero", "Hace -12 grados allá arriba en enero."),
        ("vendimos diez mil quesos el año pasado", "Vendieron 10.000 quesos el año pasado."),
        ("y una más, antes de las dos preguntas que los tres esperábamos", ""),
    ],
    "it": [
        ("allora una cosa prima, uno di noi due doveva restare", ""),
        ("abbiamo cominciato nel millenovecentonovantotto con undici capre", "Hanno cominciato nel 1998 con 11 capre."),
        ("due di loro erano cieche e una non dava latte", "Due delle capre erano cieche."),
        ("oggi ci sono duecentoquaranta animali sui due lati del fiume", "Oggi ci sono 240 animali sui due lati del fiume."),
        ("il prezzo del latte è sceso del trenta per cento in diciotto mesi", "Il prezzo del latte è sceso del 30% in 18 mesi."),
        ("la cantina nuova è costata uno virgola due milioni di euro in tre anni", "La cantina nuova è costata 1,2 milioni di euro in 3 anni."),
        ("ogni forma pesa sette chili e riposa quattro mesi", "Ogni forma pesa 7 chili e riposa 4 mesi."),
        ("la metà del gregge è morta nell'inverno del duemiladieci", "La metà del gregge è morta nell'inverno del 2010."),
        ("gli interessi sono passati dall'uno al cinque per cento", "Gli interessi sono passati al 5 per cento."),
        ("la nostra quota di mercato è salita di tre punti percentuali", "La loro quota di mercato è salita di 3 punti percentuali."),
        ("cinquantadue negozi in nove paesi lo vendono adesso", "52 negozi in nove paesi vendono il formaggio."),
        ("il paese ha seicento abitanti e un medico", "Il paese ha 600 abitanti."),
        ("il litro rende novanta centesimi e prima erano sessanta", "Il litro rende 90 centesimi e prima erano 60."),
        ("il furgone fa ottanta chilometri al giorno", "Il furgone fa 80 chilometri al giorno."),
        ("ci sono meno dodici gradi lassù in gennaio", "Lassù in gennaio ci sono -12 gradi."),
        ("abbiamo venduto diecimila forme l'anno scorso", "Hanno venduto 10.000 forme l'anno scorso."),
        ("e ancora una, prima delle due domande che noi tre aspettavamo", ""),
    ],
    "pt": [
        ("então uma coisa primeiro, um de nós dois tinha de ficar", ""),
        ("começamos em mil novecentos e noventa e oito com onze cabras", "Começaram em 1998 com 11 cabras."),
        ("duas delas eram cegas e uma não dava leite", "Duas das cabras eram cegas."),
        ("hoje há duzentos e quarenta animais dos dois lados do rio", "Há hoje 240 animais dos dois lados do rio."),
        ("o preço do leite caiu trinta por cento em dezoito meses", "O preço do leite caiu 30% em 18 meses."),
        ("a adega nova custou um vírgula dois milhões de reais e levou três anos", "A adega nova custou 1,2 milhões de reais e levou 3 anos."),
        ("cada queijo pesa sete quilos e descansa quatro meses", "Cada queijo pesa 7 quilos e descansa 4 meses."),
        ("metade do rebanho morreu no inverno de dois mil e dez", "Metade do rebanho morreu no inverno de 2010."),
        ("os juros passaram de um para cinco por cento", "Os juros passaram para 5 por cento."),
        ("a nossa quota de mercado subiu três pontos percentuais", "A quota de mercado deles subiu 3 pontos percentuais."),
        ("cinquenta e duas lojas em nove países vendem agora", "52 lojas em nove países vendem o queijo."),
        ("a aldeia tem seiscentos habitantes e um médico", "A aldeia tem 600 habitantes."),
        ("o litro rende noventa centavos e antes eram sessenta", "O litro rende 90 centavos e antes eram 60."),
        ("a carrinha faz oitenta quilômetros por dia", "A carrinha faz 80 quilômetros por dia."),
        ("faz menos doze graus lá em cima em janeiro", "Faz -12 graus lá em cima em janeiro."),
        ("vendemos dez mil queijos no ano passado", "Venderam 10.000 queijos no ano passado."),
        ("e mais uma, antes das duas perguntas que nós três esperávamos", ""),
    ],
}  # fmt: skip

_UNITS = {
    "en": [("percentage points", "percent"), ("percent", "percentage points"), ("kilos", "tons"), ("months", "weeks"), ("years", "months"), ("miles", "feet"), ("cents", "dollars"), ("degrees", "meters"), ("minutes", "hours"), ("hours", "days"), ("days", "years"), ("$", "€"), ("dollars", "euros")],
    "de": [("Prozentpunkte", "Prozent"), ("Prozent", "Prozentpunkte"), ("Kilo", "Tonnen"), ("Monate", "Wochen"), ("Jahre", "Monate"), ("Kilometer", "Meter"), ("Cent", "Euro"), ("Euro", "Dollar")],
    "fr": [("points de pourcentage", "pour cent"), ("pour cent", "points de pourcentage"), ("kilos", "tonnes"), ("mois", "semaines"), ("ans", "mois"), ("kilomètres", "mètres"), ("centimes", "euros"), ("euros", "dollars")],
    "es": [("puntos porcentuales", "por ciento"), ("por ciento", "puntos porcentuales"), ("kilos", "toneladas"), ("meses", "semanas"), ("años", "meses"), ("kilómetros", "metros"), ("céntimos", "euros"), ("euros", "dólares")],
    "it": [("punti percentuali", "per cento"), ("per cento", "punti percentuali"), ("chili", "tonnellate"), ("mesi", "settimane"), ("anni", "mesi"), ("chilometri", "metri"), ("centesimi", "euro"), ("euro", "dollari")],
    "pt": [("pontos percentuais", "por cento"), ("por cento", "pontos percentuais"), ("quilos", "toneladas"), ("meses", "semanas"), ("anos", "meses"), ("quilômetros", "metros"), ("centavos", "reais"), ("reais", "dólares")],
}  # fmt: skip
_SCALES = {
    "en": ("million", "billion"), "de": ("Millionen", "Milliarden"), "fr": ("million", "milliard"),
    "es": ("millones", "mil millones"), "it": ("milioni", "miliardi"), "pt": ("milhões", "bilhões"),
}  # fmt: skip
_POINT = frozenset(("en",))
_FIRST_YEAR, _LAST_YEAR = 1500, 2100


def altered(
    statement: str, language: str, others: Sequence[float], chance: random.Random
) -> Iterator[Altered]:
    """Yield the statement with one of its figures altered in each way that fits it.

    ``others`` are numbers that the talk says. A figure is never altered to what the statement says by another of its
    own figures, nor to one that is only rounded.
    """
    tokens = tokenizing.tokens(statement, language)
    checked = worth_checking(tokens)
    own = {one.value for _, one in tokenizing.figures(tokens)}
    for place, figure in checked:
        for way, value in _values(figure, others, own, chance):
            yield Altered(way, _with_value(statement, tokens[place], value, language))
    for one, other in _UNITS.get(language, ()):
        found = re.search(
            rf"(?<![\w]){re.escape(one)}(?![\w])|(?<=\s)\$(?=\d)"
            if one == "$"
            else rf"(?<!\w){re.escape(one)}(?!\w)",
            statement,
        )
        near = found and any(
            tokens[at].begin <= found.end() + 2 and tokens[at].end >= found.start() - 12 for at, _ in checked
        )
        if found and near:
            yield Altered("unit", statement[: found.start()] + other + statement[found.end() :])
            break
    million, billion = _SCALES[language]
    for one, other in ((million, billion), (billion, million)):
        if re.search(rf"\b{one}\b", statement):
            yield Altered("million or billion", re.sub(rf"\b{one}\b", other, statement, count=1))
            break


def _values(
    figure: Figure, others: Sequence[float], own: set[float], chance: random.Random
) -> Iterator[tuple[str, float]]:
    if figure.kind not in ("number", "ordinal") or figure.named:
        return
    value = figure.value
    ways = {"plus one": value + 1, "minus one": value - 1, "times ten": value * 10}
    digits = f"{value:.0f}"
    if value == int(value) and len(digits.strip("-")) > 1:
        swapped = digits[:-2] + digits[-1] + digits[-2]
        if swapped != digits and not swapped.startswith("0"):
            ways["digits swapped"] = float(swapped)
    if _FIRST_YEAR < value < _LAST_YEAR:
        ways["year"] = value + chance.choice((-10, -3, 3, 10))
    pool = sorted(
        {one for one in others if one > 0 and one not in own and abs(one - value) > 0.03 * abs(value)}
    )
    small = [one for one in pool if one <= 3]
    if pool:
        ways["another number"] = chance.choice(pool)
    if small:
        ways["a small number"] = chance.choice(small)
    for way, new in ways.items():
        if new not in own and abs(new - value) > 1e-4 * abs(value) and new > -1e12 and (new > 0 or value < 0):
            yield way, new


def _with_value(statement: str, token: Token, value: float, language: str) -> str:
    said = statement[token.begin : token.end]
    digits = re.match(r"\D*\d[\d.,\u00a0 ]*\d|\D*\d", said)
    keep, scale = "", 1.0
    if digits:
        keep = said[digits.end() :]
        scale = {
            "million": 1e6,
            "millionen": 1e6,
            "millones": 1e6,
            "milioni": 1e6,
            "milhões": 1e6,
            "billion": 1e9,
            "k": 1e3,
            "M": 1e6,
            "B": 1e9,
            "thousand": 1e3,
            "trillion": 1e12,
        }.get(keep.strip(), 1.0)
    prefix = said[0] if said[:1] in "$€£" else ""
    new = value / scale
    plain = f"{new:.6g}" if new != int(new) else f"{new:,.0f}" if new > 9_999 else f"{new:.0f}"
    if language not in _POINT:
        plain = plain.replace(",", " ").replace(".", ",").replace(" ", "." if language != "fr" else "\u00a0")
    return statement[: token.begin] + prefix + plain + keep + statement[token.end :]


def checker(language: str) -> Checker:
    """Return a checker of one of the talks."""
    return checker_of([said for said, _ in TALKS[language]], language)


def checker_of(lines: Sequence[str], language: str, title: str = "Cheese") -> Checker:
    """Return a checker of lines said one after the other."""
    segments = tuple(Segment(start=6.0 * n, duration=6, text=line) for n, line in enumerate(lines))
    return Checker(Concordance(Transcript(segments=segments, language=language)), [title])


def trial(
    judge: Checker, pairs: Sequence[tuple[str, str]], seed: int = 1, language: str = ""
) -> tuple[list[tuple[str, tuple[str, ...]]], list[tuple[Altered, bool]]]:
    """Return the honest statements with what is doubted in them, and each altered one with whether it is caught."""
    chance = random.Random(seed)
    others = [
        one.value for _, one in tokenizing.figures(list(judge.concordance.tokens)) if one.kind == "number"
    ]
    language = language or judge.concordance.language
    honest: list[tuple[str, tuple[str, ...]]] = []
    caught: list[tuple[Altered, bool]] = []
    for said, statement in pairs:
        if not statement:
            continue
        passages = judge.concordance.find(said)
        honest.append((statement, judge.check(statement, passages).doubts))
        tried = altered(statement, language, others, chance)
        caught += [(one, bool(judge.check(one.text, passages).figures)) for one in tried]
    return honest, caught
