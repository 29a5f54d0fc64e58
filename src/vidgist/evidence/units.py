"""Units, currencies, months and words of quantity, in six languages. Tables of our own; pure."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from vidgist.evidence.folded_words import fold

_Held = TypeVar("_Held")


def folded(table: Mapping[str, _Held]) -> dict[str, _Held]:
    return {fold(name): held for name, held in table.items()}


def bag(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


class Unit(NamedTuple):
    """``key`` is its common name, ``kind`` what it measures, ``size`` how many of the kind's smallest it is."""

    key: str
    kind: str
    size: float


LONE = frozenset(("time", "months"))
"""Kinds of units of which one is said without a number: a decade, a fortnight."""


def _units(kind: str, text: str) -> dict[str, Unit]:
    """Return a line is ``key size name name ...``."""
    found = {}
    for line in text.strip().splitlines():
        key, size, *names = line.split()
        unit = Unit(key, kind, float(size))
        found.update(dict.fromkeys(names, unit))
    return found


_TABLES = (
    _units(
        "%",
        "% 1 % percent pct prozent percentage procent prosent процент процента процентов procenta",
    ),
    _units(
        "points",
        "pp 1 pp prozentpunkt prozentpunkte prozentpunkten\nbp 0.01 bp bps basispunkt basispunkte basispunkten",
    ),
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
        year 12 year years yr yrs jahr jahre jahren ans année années año años anno anni ano anos
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
        oz 28.3495 oz ounce ounces unze unzen onces onzas
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
    _units(
        "bits",
        "bit 1 bit bits\nkbit 1e3 kbit kbps kilobit kilobits\nMbit 1e6 mbit mbits mbps megabit megabits\n"
        "Gbit 1e9 gbit gbps gigabit gigabits",
    ),
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
    _units(
        "pressure",
        """
        Pa 1 pascal pascals
        hPa 100 hpa hectopascal hectopascals hektopascal mbar millibar millibars
        kPa 1e3 kpa kilopascal kilopascals
        MPa 1e6 mpa megapascal megapascals
        bar 1e5 bar bars
        psi 6894.76 psi
        """,
    ),
    _units("charge", "mAh 1 mah\nAh 1e3 ah"),
    _units(
        "current", "mA 0.001 milliamp milliamps milliampere\nA 1 amp amps ampere amperes ampères amperios"
    ),
    _units("loudness", "dB 1 db decibel decibels dezibel décibel décibels decibelio decibelios decibéis"),
    _units("turns", "rpm 1 rpm"),
    _units("parts", "ppm 1 ppm\nppb 0.001 ppb"),
    _units(
        "heat",
        """
        J 1 joule joules julios
        kJ 1e3 kj kilojoule kilojoules
        kcal 4184 kcal kilocalorie kilocalories kilokalorie kilokalorien kilocalorías
        cal 4.184 calorie calories kalorie kalorien calorías calorias
        """,
    ),
    _units("volts", "V 1 v volt volts"),
    _units("speed", "km/h 1 kmh kph stundenkilometer stundenkilometern\nmph 1.609344 mph\nm/s 3.6 mps"),
    _units("$", "$ 1 $ dollar dollars dólar dólares dollari usd bucks buck\n¢ 0.01 ¢"),
    _units("€", "€ 1 € euro euros eur"),
    _units("£", "£ 1 £ quid pounds pound gbp sterling"),
    _units("pence", "p 1 pence penny"),
    _units("cents", "¢ 1 cent cents ct centimes céntimos centesimi centavos"),
    _units("¥", "¥ 1 ¥ yen yuan renminbi 円 元"),
    _units("₹", "₹ 1 ₹ rupee rupees rupien"),
    _units("CHF", "CHF 1 chf franken francs franc franchi francos"),
    _units("kr", "kr 1 kr kronen kronor krone krona"),
    _units("₽", "₽ 1 ₽ rouble roubles ruble rubles rubel rub рубль рубля рублей руб"),
    _units("R$", "R$ 1 reais brl"),
    _units("zł", "zł 1 zł złoty złotych pln zloty zlotys"),
    _units("Kč", "Kč 1 kč czk korun koruna"),
    _units("₺", "₺ 1 ₺ lira lire liras"),
    _units("peso", "peso 1 peso pesos"),
    *(_units(sign, f"{sign} 1 {sign}") for sign in "₩₴₪₫฿"),
    _units("₿", "₿ 1 ₿ bitcoin bitcoins btc"),
)
UNITS = {fold(name): unit for table in _TABLES for name, unit in table.items()}
UNITS["R$"] = UNITS["reais"]

CURRENCIES = frozenset("$€£¥₹₽₩₺₴₪₫฿₿") | {"CHF", "kr", "pence", "cents", "R$", "zł", "Kč", "peso"}
MONEY = Unit("money", "money", 1)
"""Of a sum whose currency is not said: five grand."""

SYMBOLS = frozenset("%‰$€£¥₹₽₩₺₴₪₫฿₿°") | {"R$"}
"""Units that stand beside their figure without a space."""

DOLLARS = {"us": "$", "a": "$", "c": "$", "hk": "$", "nz": "$", "s": "$", "r": "R$"}
"""Letters before a dollar's sign, and the sign that they make with it."""

_PHRASES = {
    "per cent": "%",
    "per cento": "%",
    "pour cent": "%",
    "por ciento": "%",
    "por cento": "%",
    **dict.fromkeys(
        (
            "percentage points",
            "percentage point",
            "percent points",
            "prozent punkte",
            "points de pourcentage",
            "point de pourcentage",
            "puntos porcentuales",
            "punto porcentual",
            "punti percentuali",
            "punto percentuale",
            "pontos percentuais",
            "ponto percentual",
        ),
        "pp",
    ),
    **dict.fromkeys(
        ("basis points", "basis point", "points de base", "puntos básicos", "punti base", "pontos base"), "bp"
    ),
    **dict.fromkeys(
        (
            "degrees celsius",
            "degrees centigrade",
            "degrees fahrenheit",
            "degree celsius",
            "grad celsius",
            "grad fahrenheit",
            "degrés celsius",
            "grados celsius",
            "grados centígrados",
            "gradi celsius",
            "gradi centigradi",
            "graus celsius",
            "graus centígrados",
            "° c",
            "° f",
        ),
        "°",
    ),
    **dict.fromkeys(("parts per million", "teile pro million"), "ppm"),
    **dict.fromkeys(
        (
            "revolutions per minute",
            "umdrehungen pro minute",
            "tours par minute",
            "revoluciones por minuto",
            "giri al minuto",
            "rotações por minuto",
        ),
        "rpm",
    ),
    **dict.fromkeys(("megabits per second", "mbit s", "megabit pro sekunde", "mégabits par seconde"), "mbps"),
    **dict.fromkeys(("gigabits per second", "gbit s", "gigabit pro sekunde"), "gbps"),
    **dict.fromkeys(("milliamp hours", "milliampere hours"), "mah"),
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
    "m s": "mps",
    **dict.fromkeys(
        (
            "km h",
            "kilometers per hour",
            "kilometres per hour",
            "kilometers an hour",
            "kilometres an hour",
            "kilometer pro stunde",
            "km pro stunde",
            "kilomètres heure",
            "kilomètres à l'heure",
            "kilomètres par heure",
            "kilómetros por hora",
            "chilometri all ora",
            "quilômetros por hora",
            "quilómetros por hora",
        ),
        "kmh",
    ),
    **dict.fromkeys(("miles per hour", "miles an hour"), "mph"),
    **dict.fromkeys(
        ("meters per second", "metres per second", "meter pro sekunde", "mètres par seconde"), "mps"
    ),
}
PHRASES = {tuple(map(fold, words.split())): name for words, name in _PHRASES.items()}
"""Units of two words or three."""
