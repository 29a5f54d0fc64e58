"""Units, currencies, months and words of quantity, in six languages. Tables of our own; pure."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from vidgist.evidence.words import fold

_Held = TypeVar("_Held")


def _folded(table: Mapping[str, _Held]) -> dict[str, _Held]:
    return {fold(name): held for name, held in table.items()}


def _bag(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


class Unit(NamedTuple):
    """``key`` is its common name, ``kind`` what it measures, ``size`` how many of the kind's smallest it is."""

    key: str
    kind: str
    size: float


def _units(kind: str, text: str) -> dict[str, Unit]:
    """A line is ``key size name name ...``."""
    found = {}
    for line in text.strip().splitlines():
        key, size, *names = line.split()
        unit = Unit(key, kind, float(size))
        found.update({name: unit for name in names})
    return found


_TABLES = (
    _units("%", "% 1 % percent pct prozent prozentpunkte prozentpunkten percentage procent"),
    _units("‰", "‰ 1 ‰ promille"),
    _units("x", "x 1 x × times mal fois veces vez volte volta vezes keer"),
    _units("°", "° 1 ° degree degrees grad celsius fahrenheit degré degrés grado grados gradi grau graus"),
    _units(
        "time",
        """
        ms 0.001 ms millisecond milliseconds millisekunde millisekunden milliseconde millisecondes milisegundos millisecondi
        s 1 s sec secs seconds sekunde sekunden seconde secondes segundo segundos secondo secondi
        min 60 min mins minute minutes minuten minuto minutos minuti
        h 3600 h hr hrs hour hours stunde stunden heure heures hora horas ora ore
        day 86400 day days tag tage tagen jour jours día días dia dias giorno giorni
        night 86400 night nights nacht nächte nächten nuit nuits noche noches notte notti noite noites
        week 604800 week weeks woche wochen semaine semaines semana semanas settimana settimane
        fortnight 1209600 fortnight fortnights
        """,
    ),
    _units(
        "months",
        """
        month 1 month months monat monate monaten mois mes meses mese mesi mês
        quarter 3 quartal quartale quartalen trimestre trimestres trimestri
        year 12 year years yr yrs jahr jahre jahren an ans année années año años anno anni ano anos
        decade 120 decade decades jahrzehnt jahrzehnte jahrzehnten décennie décennies década décadas decennio decenni
        century 1200 century centuries jahrhundert jahrhunderte jahrhunderten siècle siècles siglo siglos secolo secoli século séculos
        """,
    ),
    _units(
        "length",
        """
        nm 1e-9 nm nanometer nanometers nanometre nanometres nanomètres
        µm 1e-6 µm μm micron microns micrometer micrometers mikrometer
        mm 0.001 mm millimeter millimeters millimetre millimetres millimètre millimètres milímetro milímetros millimetri milimetros
        cm 0.01 cm centimeter centimeters centimetre centimetres zentimeter centimètre centimètres centímetro centímetros centimetri
        m 1 m meter meters metre metres metern mètre mètres metro metros metri
        km 1000 km kilometer kilometers kilometre kilometres kilometern kilomètre kilomètres kilómetro kilómetros chilometro chilometri quilômetro quilômetros quilómetros
        inch 0.0254 inch inches zoll pouces pulgadas pollici polegadas
        foot 0.3048 foot feet ft fuß pieds pies piedi pés
        yard 0.9144 yard yards
        mile 1609.344 mile miles meile meilen milla millas miglia milha milhas
        ly 9.461e15 lightyear lightyears lichtjahr lichtjahre lichtjahren
        """,
    ),
    _units(
        "mass",
        """
        mg 0.001 mg milligram milligrams milligramm milligrammes miligramos milligrammi
        g 1 g gram grams gramme grammes gramm gramos grammi gramas
        kg 1000 kg kilo kilos kilogram kilograms kilogramm kilogrammes kilogramos chili chilo chilogrammi quilo quilos
        t 1e6 t ton tons tonne tonnes tonnen tonelada toneladas tonnellata tonnellate
        lb 453.592 lb lbs pound-weight pfund livres libras
        oz 28.3495 oz ounce ounces unze unzen onces onzas once
        """,
    ),
    _units(
        "volume",
        """
        ml 0.001 ml milliliter milliliters millilitres millilitre
        l 1 l liter liters litre litres litern litro litros litri
        gallon 3.78541 gallon gallons gallonen
        barrel 158.987 barrel barrels
        """,
    ),
    _units(
        "area",
        """
        m² 1 m² sqm quadratmeter quadratmetern
        ha 1e4 ha hectare hectares hektar hectáreas ettari hectares
        acre 4046.86 acre acres
        km² 1e6 km² quadratkilometer quadratkilometern
        """,
    ),
    _units(
        "data",
        """
        B 1 byte bytes octet octets
        kB 1e3 kb kilobyte kilobytes
        MB 1e6 mb megabyte megabytes mégaoctets
        GB 1e9 gb gigabyte gigabytes gigaoctets gig gigs
        TB 1e12 tb terabyte terabytes
        PB 1e15 pb petabyte petabytes
        """,
    ),
    _units("bits", "bit 1 bit bits\nMbit 1e6 mbit mbits megabit megabits\nGbit 1e9 gbit gigabit gigabits"),
    _units(
        "power",
        """
        W 1 w watt watts vatios
        kW 1e3 kw kilowatt kilowatts kilovatios
        MW 1e6 mw megawatt megawatts megavatios
        GW 1e9 gw gigawatt gigawatts gigavatios
        TW 1e12 tw terawatt terawatts
        hp 745.7 hp horsepower ps pferdestärken
        """,
    ),
    _units(
        "energy",
        """
        kWh 1 kwh kilowattstunde kilowattstunden
        MWh 1e3 mwh megawattstunde megawattstunden
        GWh 1e6 gwh gigawattstunde gigawattstunden
        TWh 1e9 twh terawattstunde terawattstunden
        """,
    ),
    _units("frequency", "Hz 1 hz hertz\nkHz 1e3 khz kilohertz\nMHz 1e6 mhz megahertz\nGHz 1e9 ghz gigahertz"),
    _units("volts", "V 1 v volt volts"),
    _units("speed", "km/h 1 kmh kph\nmph 1.609344 mph"),
    _units("$", "$ 1 $ dollar dollars dólar dólares dollari usd bucks buck\n¢ 0.01 ¢"),
    _units("€", "€ 1 € euro euros eur"),
    _units("£", "£ 1 £ quid pounds pound gbp sterling"),
    _units("pence", "p 1 pence penny"),
    _units("cents", "¢ 1 cent cents centimes céntimos centesimi centavos"),
    _units("¥", "¥ 1 ¥ yen yuan renminbi"),
    _units("₹", "₹ 1 ₹ rupee rupees rupien"),
    _units("CHF", "CHF 1 chf franken francs franc franchi francos"),
    _units("kr", "kr 1 kr kronen kronor krone krona"),
)
UNITS = {fold(name): unit for table in _TABLES for name, unit in table.items()}

CURRENCIES = frozenset("$€£¥₹") | {"CHF", "kr", "pence", "cents"}
SYMBOLS = "%‰$€£¥₹°"
"""Units of one character that stand beside their figure without a space."""

_TWO_WORDS = {
    "per cent": "%",
    "per cento": "%",
    "pour cent": "%",
    "por ciento": "%",
    "por cento": "%",
    "percentage points": "%",
    "percentage point": "%",
    "prozent punkte": "%",
    "light years": "lightyears",
    "light year": "lightyears",
    "square meters": "m²",
    "square metres": "m²",
    "square kilometers": "km²",
    "square kilometres": "km²",
    "mètres carrés": "m²",
    "metros cuadrados": "m²",
    "metri quadrati": "m²",
    "kilowatt hours": "kwh",
    "megawatt hours": "mwh",
    "gigawatt hours": "gwh",
    "terawatt hours": "twh",
    "us dollars": "$",
    "us dollar": "$",
}
TWO_WORDS = {
    tuple(map(fold, words.split())): name for words, name in _TWO_WORDS.items()
}


SCALES: dict[str, float] = _folded(
{
    **dict.fromkeys(("k", "thousand", "tsd", "mila", "grand", "mil"), 1e3),
    **dict.fromkeys(
        ("mn", "mio", "mill", "million", "millions", "millionen", "millones", "milioni", "milhões", "milione", "milhão", "millón"),
        1e6,
    ),
    **dict.fromkeys(
        ("bn", "mrd", "md", "mds", "mld", "milliard", "milliards", "milliarde", "milliarden", "miliardi", "miliardo", "bilhões", "bilhão"),
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

ATTACHED: dict[str, float] = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "b": 1e9, "T": 1e12, "G": 1e9}
"""Letters that multiply where they stand against the digits and nothing follows: 671B, 12k."""

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

HALVES = _bag("half halb halbe halben halber halbes demi demie medio media mezzo mezza meio meia")
SHARES: dict[str, float] = _folded(
{
    **dict.fromkeys(("half", "hälfte", "moitié", "mitad", "metà", "metade"), 50.0),
    **dict.fromkeys(("quarter", "viertel", "quart"), 25.0),
    **dict.fromkeys(("drittel", "tiers", "tercio", "terzo", "terço"), 100 / 3),
    **dict.fromkeys(("fünftel",), 20.0),
    **dict.fromkeys(("zehntel",), 10.0),
}
)
"""Percent that one of a fraction is, by its word."""

PARTS: dict[str, float] = _folded(
{
    **dict.fromkeys("third thirds drittel tiers tercio tercios terzo terzi terço terços".split(), 3),
    **dict.fromkeys(
        "quarter quarters fourth fourths viertel quart quarts cuarto cuartos quarto quarti quartos".split(), 4
    ),
    **dict.fromkeys("fifth fifths fünftel cinquième cinquièmes quinto quintos quinti".split(), 5),
    **dict.fromkeys("sixth sixths sechstel".split(), 6),
    **dict.fromkeys("eighth eighths achtel".split(), 8),
    **dict.fromkeys("tenth tenths zehntel dixième dixièmes décimo décimos decimo decimi".split(), 10),
    **dict.fromkeys("hundredth hundredths hundertstel".split(), 100),
}
)
DOZENS: dict[str, float] = _folded(
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
FACTORS: dict[str, float] = _folded(
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
    **dict.fromkeys("quadruple quadrupled vervierfacht quadruplé cuadruplicado quadruplicato quadruplicou".split(), 4),
    **dict.fromkeys("halved halbiert halbierte halving".split(), 0.5),
}
)
FOLDS = ("fold", "fach", "fache", "facher", "faches", "fachen", "mal")
"""Endings that make a number word a factor."""

PLURALS = _bag(
    "hundreds thousands millions billions trillions hunderte hunderten tausende tausenden millionen milliarden "
    "milliers millions milliards cientos miles millones centinaia migliaia milioni miliardi centenas milhares milhões"
)
"""Not a figure, but many."""

MINUS = _bag("minus negative moins menos meno")
POINT = _bag("point komma virgule coma punto virgola vírgula ponto")
AND = _bag("and und et y e")
ONE = _bag("a an one ein eine einen einem einer un une una uno um uma")

_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "zwanziger": 20, "dreißiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60,
    "siebziger": 70, "achtziger": 80, "neunziger": 90,
}  # fmt: skip
DECADES: dict[str, int] = _folded(_TENS)

META = _bag(
    """reason reasons thing things way ways step steps part parts kind kinds type types example examples question
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
