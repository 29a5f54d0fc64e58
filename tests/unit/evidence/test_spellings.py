"""Quotes and statements that spell a figure otherwise than it was said, in six languages; and invented ones."""

import pytest

from vidgist.evidence import Checker, Concordance
from vidgist.models import Segment, Transcript

FILLER = {
    "en": (
        "and then we waited for the ferry in the rain",
        "the dog was asleep under the table all the while",
    ),
    "de": (
        "und dann haben wir im Regen auf die Fähre gewartet",
        "der Hund schlief die ganze Zeit unter dem Tisch",
    ),
    "fr": (
        "et puis nous avons attendu le bac sous la pluie",
        "le chien dormait pendant ce temps sous la table",
    ),
    "es": ("y luego esperamos el barco bajo la lluvia", "el perro dormía mientras tanto debajo de la mesa"),
    "it": (
        "e poi abbiamo aspettato il traghetto sotto la pioggia",
        "il cane dormiva intanto sotto il tavolo",
    ),
    "pt": ("e depois esperamos a balsa debaixo da chuva", "o cachorro dormia enquanto isso embaixo da mesa"),
}


def checker(said: str, language: str) -> Checker:
    before, after = FILLER[language]
    segments = (Segment(start=5.0 * n, duration=5, text=line) for n, line in enumerate((before, said, after)))
    return Checker(Concordance(Transcript(segments=tuple(segments), language=language)), ["A morning"])


SAME = [
    (
        "en",
        "the choir sold three hundred and twelve tickets in one evening",
        "The choir sold 312 tickets in one evening",
    ),
    (
        "en",
        "the choir sold 312 tickets in one evening",
        "The choir sold three hundred twelve tickets in one evening",
    ),
    (
        "en",
        "they opened the mill in eighteen oh seven near the weir",
        "They opened the mill in 1807 near the weir",
    ),
    ("en", "the law passed in twenty nineteen after long talks", "The law passed in 2019 after long talks"),
    (
        "en",
        "that barrel costs one point two million dollars to clean",
        "That barrel costs $1.2 million to clean",
    ),
    ("en", "that barrel costs one point two million dollars to clean", "That barrel costs $1.2M to clean"),
    (
        "en",
        "the model has six hundred seventy one billion parameters in all",
        "The model has 671B parameters in all",
    ),
    ("en", "the new pump is three and a half times as strong", "The new pump is 3.5x as strong"),
    (
        "en",
        "the new pump is tenfold cheaper than the old one",
        "The new pump is 10x cheaper than the old one",
    ),
    (
        "en",
        "half a million birds cross the strait every spring",
        "500,000 birds cross the strait every spring",
    ),
    ("en", "a dozen bakers share the single oven at night", "12 bakers share the single oven at night"),
    ("en", "two dozen bakers share the single oven at night", "24 bakers share the single oven at night"),
    ("en", "the cellar stays at minus eighteen degrees all year", "The cellar stays at -18 °C all year"),
    (
        "en",
        "between twenty and thirty percent of the seed is lost",
        "Between 20 and 30 % of the seed is lost",
    ),
    ("en", "twenty to thirty percent of the seed is lost", "20–30% of the seed is lost"),
    ("en", "she wrote it in the nineteen seventies on a boat", "She wrote it in the 1970s on a boat"),
    ("en", "the twenty first century began with a flood here", "The 21st century began with a flood here"),
    (
        "en",
        "the second world war ended the old toll for good",
        "The 2nd world war ended the old toll for good",
    ),
    ("en", "world war two ended the old toll for good", "World War II ended the old toll for good"),
    ("en", "the train leaves at half past four every day", "The train leaves at 4:30 every day"),
    ("en", "call five five five one two one two for the keys", "Call 555-1212 for the keys"),
    (
        "en",
        "it runs on python three point eleven and nothing else",
        "It runs on Python 3.11 and nothing else",
    ),
    ("en", "the track is forty two kilometers long and flat", "The track is 42 km long and flat"),
    (
        "en",
        "they paid five grand for the smallest of the bells",
        "They paid $5,000 for the smallest of the bells",
    ),
    ("de", "die Brücke wurde achtzehnhundertzweiundneunzig eingeweiht", "Die Brücke wurde 1892 eingeweiht"),
    (
        "de",
        "der Verein hat zwölftausendfünfhundert Mitglieder im Land",
        "Der Verein hat 12.500 Mitglieder im Land",
    ),
    ("de", "das kostet drei Komma fünf Millionen Euro im Jahr", "Das kostet 3,5 Mio. € im Jahr"),
    (
        "de",
        "die Maschine ist zehnmal schneller als ein Mensch",
        "Die Maschine ist 10 mal schneller als ein Mensch",
    ),
    (
        "de",
        "er ging zweieinhalb Stunden durch den Schnee nach Hause",
        "Er ging 2,5 Stunden durch den Schnee nach Hause",
    ),
    ("de", "eine halbe Million Bienen leben auf diesem Dach", "500.000 Bienen leben auf diesem Dach"),
    (
        "de",
        "in den achtziger Jahren war der Fluss noch schwarz",
        "In den 80er Jahren war der Fluss noch schwarz",
    ),
    (
        "fr",
        "le musée accueille deux cent quarante mille visiteurs par an",
        "Le musée accueille 240 000 visiteurs par an",
    ),
    ("fr", "il fallait soixante et onze jours pour traverser", "Il fallait 71 jours pour traverser"),
    (
        "fr",
        "le tunnel a coûté quatre-vingts millions d'euros en tout",
        "Le tunnel a coûté 80 millions d’euros en tout",
    ),
    ("fr", "une douzaine de moines gardent encore la source", "12 moines gardent encore la source"),
    ("fr", "en mille neuf cent quatorze le clocher est tombé", "En 1914 le clocher est tombé"),
    (
        "es",
        "la presa guarda treinta y cinco mil millones de litros",
        "La presa guarda 35 mil millones de litros",
    ),
    ("es", "el cuarenta y dos por ciento del agua se pierde", "El 42 % del agua se pierde"),
    ("es", "nació en mil novecientos veintisiete en un pueblo", "Nació en 1927 en un pueblo"),
    (
        "es",
        "compraron la casa por dos millones y medio de euros",
        "Compraron la casa por 2,5 millones de euros",
    ),
    ("it", "la torre è alta cinquantacinque metri e pende un poco", "La torre è alta 55 m e pende un poco"),
    ("it", "il settanta per cento dell'olio viene da qui", "Il 70% dell’olio viene da qui"),
    ("it", "nel millenovecentosessantasei l'acqua coprì la piazza", "Nel 1966 l'acqua coprì la piazza"),
    (
        "pt",
        "a fábrica produz doze mil garrafas por hora agora",
        "A fábrica produz 12.000 garrafas por hora agora",
    ),
    ("pt", "trinta e cinco por cento da floresta foi replantada", "35% da floresta foi replantada"),
    ("pt", "em mil novecentos e setenta e quatro tudo mudou", "Em 1974 tudo mudou"),
]


@pytest.mark.parametrize(("language", "said", "told"), SAME)
def test_a_quote_is_found_however_its_figure_is_spelt(language: str, said: str, told: str) -> None:
    [passage] = checker(said, language).concordance.find(told)
    assert passage.evidence.quote == said


@pytest.mark.parametrize(("language", "said", "told"), SAME)
def test_a_statement_holds_however_its_figure_is_spelt(language: str, said: str, told: str) -> None:
    judge = checker(said, language)
    check = judge.check(f"{told}.", judge.concordance.find(said))
    assert check.doubts == ()
    assert check.related


TRUE = [
    ("en", "a quarter of the harvest went to the monks", "The monks had 25 percent of the harvest."),
    ("en", "two thirds of the harvest went to the monks", "The monks had 67% of the harvest."),
    ("en", "nine out of ten letters were never opened", "90 percent of the letters were never opened."),
    ("en", "the herd doubled in a single year", "The herd grew twofold in 1 year."),
    ("en", "thirty six months later the roof was done", "The roof took 3 years."),
    ("en", "after a fortnight of rain the wall gave way", "The wall gave way after two weeks of rain."),
    ("en", "they sold eight thousand seven hundred and forty two pots", "They sold about 8,700 pots."),
    (
        "en",
        "first the clay is washed then it is pressed",
        "Three steps matter: washing, pressing and drying the clay.",
    ),
    ("en", "the plan has three parts and one of them is new", "One part of the plan is new."),
    ("en", "in may of nineteen twelve the ferry sank", "The ferry sank in May 1912."),
    ("en", "they may come back when the ice is gone", "May be they come back when the ice is gone."),
    (
        "en",
        "the guard hut is five hundred meters from the gate",
        "The guard hut is half a kilometer from the gate, 0.5 km.",
    ),
    ("de", "die Hälfte der Bäume war schon hundert Jahre alt", "50 % der Bäume waren 100 Jahre alt."),
    ("de", "drei Viertel der Bäume waren krank", "75 Prozent der Bäume waren krank."),
    ("de", "der Zug fährt um halb fünf ab", "Der Zug fährt um 4:30 Uhr ab."),
    ("fr", "un tiers des vignes a gelé cette nuit", "33 % des vignes ont gelé."),
    ("fr", "la moitié des vignes a gelé cette nuit", "50 % des vignes ont gelé."),
    ("es", "un cuarto de las casas quedó vacío", "El 25 % de las casas quedó vacío."),
    ("it", "la metà delle case rimase vuota", "Il 50% delle case rimase vuoto."),
    ("pt", "a metade das casas ficou vazia", "50% das casas ficaram vazias."),
]


@pytest.mark.parametrize(("language", "said", "told"), TRUE)
def test_another_way_to_say_a_figure_is_true(language: str, said: str, told: str) -> None:
    judge = checker(said, language)
    assert judge.check(told, judge.concordance.find(said)).doubts == ()


INVENTED = [
    ("en", "the choir sold three hundred and twelve tickets", "The choir sold 321 tickets.", "321"),
    ("en", "the choir sold three hundred and twelve tickets", "The choir sold 3,120 tickets.", "3,120"),
    ("en", "they opened the mill in eighteen oh seven", "They opened the mill in 1870.", "1870"),
    (
        "en",
        "it took them three days to cross the desert",
        "It took them three weeks to cross the desert.",
        "three weeks",
    ),
    (
        "en",
        "it took them three days to cross the desert",
        "It took them 13 days to cross the desert.",
        "13 days",
    ),
    ("en", "the bell costs eighty thousand dollars", "The bell costs 80 million dollars.", "80 million"),
    ("en", "the bell costs eighty thousand dollars", "The bell costs €80,000.", "80,000"),
    ("en", "the bell costs eighty thousand dollars", "80,000 pilgrims came to hear the bell.", "80,000"),
    ("en", "a third of the harvest was lost to mice", "Half of the harvest was lost to mice.", "Half"),
    (
        "en",
        "a third of the harvest was lost to mice",
        "43 percent of the harvest was lost to mice.",
        "43 percent",
    ),
    (
        "en",
        "thirty of the farms lost their harvest",
        "30 percent of the farms lost their harvest.",
        "30 percent",
    ),
    ("en", "the herd doubled within the year", "The herd tripled within the year.", "tripled"),
    ("en", "in may of nineteen twelve the ferry sank", "The ferry sank in June 1912.", "June"),
    ("en", "the cellar stays at minus eighteen degrees", "The cellar stays at 18 degrees.", "18 degrees"),
    ("en", "between twenty and thirty percent is lost", "Between 20 and 40 percent is lost.", "40 percent"),
    ("en", "she wrote it in the nineteen seventies", "She wrote it in the 1960s.", "1960s"),
    ("en", "world war two ended the toll for good", "World War III ended the toll for good.", "III"),
    ("en", "the train leaves at half past four", "The train leaves at 5:30.", "5:30"),
    ("en", "it runs on version three point eleven", "It runs on version 3.12.", "3.12"),
    ("en", "call five five five one two one two", "Call 555-1221.", "555-1221"),
    ("de", "das Fest dauert drei Tage und zwei Nächte", "Das Fest dauert zwei Wochen.", "zwei Wochen"),
    ("de", "die Brücke wurde achtzehnhundertzweiundneunzig gebaut", "Die Brücke wurde 1829 gebaut.", "1829"),
    (
        "de",
        "der Verein hat zwölftausendfünfhundert Mitglieder",
        "Der Verein hat 125.000 Mitglieder.",
        "125.000",
    ),
    (
        "de",
        "ein Viertel der Mitglieder ist unter dreißig",
        "Ein Drittel der Mitglieder ist unter dreißig.",
        "Ein Drittel",
    ),
    (
        "fr",
        "le musée accueille deux cent quarante mille visiteurs",
        "Le musée accueille 420 000 visiteurs.",
        "420 000",
    ),
    ("fr", "soixante et onze jours pour traverser le désert", "61 jours pour traverser le désert.", "61"),
    ("es", "el cuarenta y dos por ciento del agua se pierde", "El 24 % del agua se pierde.", "24"),
    (
        "es",
        "la presa guarda treinta mil millones de litros",
        "La presa guarda 30 millones de litros.",
        "30 millones",
    ),
    ("it", "la torre è alta cinquantacinque metri", "La torre è alta 65 metri.", "65 metri"),
    (
        "pt",
        "a fábrica produz doze mil garrafas por hora",
        "A fábrica produz 2.000 garrafas por hora.",
        "2.000",
    ),
]


@pytest.mark.parametrize(("language", "said", "told", "doubt"), INVENTED)
def test_an_invented_figure_is_named(language: str, said: str, told: str, doubt: str) -> None:
    judge = checker(said, language)
    check = judge.check(told, judge.concordance.find(said))
    assert any(doubt in one for one in check.doubts), check


def test_a_figure_said_elsewhere_of_something_else_is_no_proof() -> None:
    lines = (
        "it feeds four hundred and twenty homes along the coast",
        "and so on and so forth for a good while as they walked down to the sea that afternoon with the others",
        "its blades are thirty six meters long and made of birch",
    )
    talk = Transcript(
        segments=tuple(Segment(start=n, duration=1, text=line) for n, line in enumerate(lines)), language="en"
    )
    judge = Checker(Concordance(talk))
    [quote] = judge.concordance.find(lines[0])
    assert judge.check("It feeds 36 homes along the coast.", [quote]).doubts == ("36",)
    found = judge.check("It feeds 420 homes with birch blades of 36 m.", [quote])
    assert found.doubts == ()
    assert "thirty six meters" in found.also[0].evidence.quote


def test_a_figure_of_the_title_is_known() -> None:
    talk = Concordance(Transcript.untimed("the kiln burns all night and nobody sleeps", "en"))
    said = talk.find("the kiln burns all night")
    assert (
        Checker(talk, ["A kiln of 1,200 degrees"]).check("The kiln burns at 1200 degrees.", said).doubts == ()
    )
    assert Checker(talk).check("The kiln burns at 1200 degrees.", said).doubts == ("1200 degrees",)


@pytest.mark.parametrize(
    ("language", "said", "told", "doubts"),
    [
        ("en", "my teacher anna lindqvist built the first loom", "The loom was built by Anna Lindquist.", ()),
        (
            "en",
            "my teacher anna lindqvist built the first loom",
            "The loom was built by Berta Olsson.",
            ("Berta", "Olsson"),
        ),
        (
            "en",
            "the kernel runs on tensor flow and jeffrey wrote it",
            "It runs on TensorFlow; Geoffrey wrote it.",
            (),
        ),
        ("en", "the americans sold the loom to a museum", "The loom went to a museum in America.", ()),
        ("en", "the loom went to a museum by the sea", "The loom went to a museum in Lisbon.", ("Lisbon",)),
        ("en", "the loom went to a museum by the sea", "However, The Loom went to a museum on Monday.", ()),
        (
            "de",
            "der Webstuhl kam in ein Museum am Meer",
            "Der Webstuhl kam durch Frau Olsson ins Museum.",
            ("Olsson",),
        ),
        ("de", "der Webstuhl kam in ein Museum am Meer", "Das Gerät kam in eine Sammlung.", ()),
        (
            "en",
            "a mixture of experts runs on graphics cards",
            "Mixture of Experts, or MoE, runs on graphics cards.",
            (),
        ),
        ("en", "the graphics processing unit got hot at nvidia", "Nvidia's GPU got hot.", ()),
        (
            "en",
            "they sold looms to america and to france",
            "The United States and the French bought looms.",
            (),
        ),
        ("fr", "le métier à tisser est au musée de Lille", "Le métier est au musée de Nantes.", ("Nantes",)),
    ],
)
def test_a_name_that_nobody_said_is_named(
    language: str, said: str, told: str, doubts: tuple[str, ...]
) -> None:
    judge = checker(said, language)
    assert judge.check(told, judge.concordance.find(said)).names == doubts


def test_where_number_words_are_not_known_a_figure_is_in_doubt_only_among_digits() -> None:
    words = Transcript.untimed("мельница работала двадцать пять лет и сгорела весной", "ru")
    judge = Checker(Concordance(words))
    said = judge.concordance.find("мельница работала двадцать пять лет")
    assert judge.check("Мельница работала 25 лет.", said).doubts == ()
    digits = Transcript.untimed("в 1901 году 12 человек купили 3 коровы, 40 овец и 7 коз за 90 рублей", "ru")
    judge = Checker(Concordance(digits))
    said = judge.concordance.find("в 1901 году 12 человек купили 3 коровы")
    assert judge.check("В 1901 году 12 человек купили 30 овец.", said).doubts == ("30",)


def test_a_summary_in_another_language_is_checked_for_its_figures() -> None:
    talk = Transcript.untimed(
        "the mill ground forty tons of rye in nineteen twelve and burnt down in may", "en"
    )
    judge = Checker(Concordance(talk), language="de")
    said = judge.concordance.find("the mill ground forty tons of rye")
    assert judge.check("Die Mühle mahlte 1912 vierzig Tonnen Roggen.", said).doubts == ()
    assert judge.check("Die Mühle mahlte 1921 vierzig Tonnen Roggen.", said).doubts == ("1921",)
    assert judge.check("Die Mühle brannte im Juni ab.", said).doubts == ("Juni",)
    assert judge.check("Die Mühle brannte im Mai ab.", said).related
