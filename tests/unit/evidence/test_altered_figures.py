"""Of figures altered in honest statements nearly all are caught, and no honest statement is doubted."""

import pytest

from tests.doubles import altered
from vidgist.evidence import Checker

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
        (
            "version two was slow but version three halved the time",
            "Version 3 halved the time.",
            "Version 2 halved the time.",
        ),
        (
            "group one got the drug and group two got sugar",
            "Group 1 got the drug.",
            "Group 2 got the drug.",
        ),
    ],
)
def test_a_number_counts_only_what_stands_beside_it(said: str, true: str, false: str) -> None:
    judge = altered.checker_of([said, "and one more thing before the three questions that came in"], "en")
    passages = judge.concordance.find(said)
    assert passages
    assert judge.check(true, passages).figures == ()
    assert judge.check(false, passages).figures


PARAPHRASES = [
    (
        "en",
        "the two of us started the dairy in nineteen ninety eight with eleven goats",
        "From 11 goats in 1998 the dairy grew to 240 animals.",
        "From 11 goats in 1998 the dairy grew to 420 animals.",
    ),
    (
        "en",
        "the two of us started the dairy in nineteen ninety eight with eleven goats",
        "The dairy, begun in 1998, sold 10,000 wheels last year in 52 shops.",
        "The dairy, begun in 1998, sold 1,000 wheels last year in 52 shops.",
    ),
    (
        "en",
        "each wheel weighs seven kilos and rests for four months",
        "A wheel of 7 kg matures for four months.",
        "A wheel of 7 kg matures for nine months.",
    ),
    (
        "en",
        "a litre brings us ninety cents where it used to be sixty",
        "The price of a litre rose from 60 to 90 cents.",
        "The price of a litre rose from 50 to 90 cents.",
    ),
    (
        "en",
        "a litre brings us ninety cents where it used to be sixty",
        "A litre now brings 90 cents, up from 60 cents.",
        "A litre now brings 90 cents, up from 16 cents.",
    ),
    (
        "en",
        "we lost half of the herd in the winter of twenty ten",
        "In the winter of 2010 one half of the herd died.",
        "In the winter of 2012 one half of the herd died.",
    ),
    (
        "en",
        "fifty two shops in nine countries sell it now",
        "The cheese is sold in 9 countries.",
        "The cheese is sold in 52 countries.",
    ),
    (
        "en",
        "fifty two shops in nine countries sell it now",
        "52 stores abroad and at home carry it.",
        "9 shops carry it.",
    ),
    (
        "en",
        "the village has six hundred people and one doctor",
        "In a village of 600 there is a single doctor.",
        "In a village of 60 there is a single doctor.",
    ),
    (
        "en",
        "the village has six hundred people and one doctor",
        "There is 1 doctor for 600 people.",
        "There are 2 doctors for 600 people.",
    ),
    (
        "en",
        "the new cellar cost us one point two million dollars and took three years",
        "At $1.2M and after 3 years of work the cellar was done.",
        "At $2.1M and after 3 years of work the cellar was done.",
    ),
    (
        "en",
        "the new cellar cost us one point two million dollars and took three years",
        "The three-year build of the cellar cost 1,200,000 dollars.",
        "The four-year build of the cellar cost 1,200,000 dollars.",
    ),
    (
        "en",
        "the van does eighty miles a day on these roads",
        "They drive 80 miles daily.",
        "They drive 18 miles daily.",
    ),
    ("en", "about two in a hundred crack while they dry", "2 of 100 wheels crack.", "2 of 10 wheels crack."),
    (
        "en",
        "we sold ten thousand wheels last year, that is twice what we made in the old place",
        "Output doubled to 10,000 wheels a year.",
        "Output tripled to 10,000 wheels a year.",
    ),
    (
        "de",
        "wir haben neunzehnhundertachtundneunzig mit elf Ziegen angefangen",
        "Aus 11 Ziegen im Jahr 1998 wurden 240 Tiere.",
        "Aus 11 Ziegen im Jahr 1998 wurden 420 Tiere.",
    ),
    (
        "de",
        "die Zinsen stiegen von einem auf fünf Prozent",
        "Die Zinsen kletterten von 1 auf 5 %.",
        "Die Zinsen kletterten von 2 auf 5 %.",
    ),
    (
        "de",
        "der Liter bringt neunzig Cent, früher waren es sechzig",
        "Der Literpreis stieg von 60 auf 90 Cent.",
        "Der Literpreis stieg von 70 auf 90 Cent.",
    ),
    (
        "de",
        "der Liter bringt neunzig Cent, früher waren es sechzig",
        "Der Liter bringt 0,90 €.",
        "Der Liter bringt 0,80 €.",
    ),
    (
        "de",
        "zweiundfünfzig Läden in neun Ländern verkaufen ihn jetzt",
        "Der Käse liegt in 52 Geschäften in 9 Ländern.",
        "Der Käse liegt in 25 Geschäften in 9 Ländern.",
    ),
    (
        "de",
        "das Dorf hat sechshundert Einwohner und einen Arzt",
        "Auf 600 Einwohner kommt 1 Arzt.",
        "Auf 600 Einwohner kommen 2 Ärzte.",
    ),
    (
        "de",
        "der neue Keller hat eins Komma zwei Millionen Euro gekostet und drei Jahre gedauert",
        "Nach dreijähriger Bauzeit kostete der Keller 1,2 Mio. €.",
        "Der Keller kostete 1,2 Mrd. €.",
    ),
    (
        "de",
        "wir haben zehntausend Laibe verkauft im letzten Jahr",
        "Rund 10 000 Laibe gingen im letzten Jahr über die Theke.",
        "Rund 20 000 Laibe gingen im letzten Jahr über die Theke.",
    ),
    (
        "fr",
        "les taux sont passés de un à cinq pour cent",
        "Les taux ont grimpé de 1 à 5 %.",
        "Les taux ont grimpé de 2 à 5 %.",
    ),
    (
        "fr",
        "nous avons commencé en mille neuf cent quatre-vingt-dix-huit avec onze chèvres",
        "Des 11 chèvres de 1998 on est passé à 240 bêtes.",
        "Des 11 chèvres de 1998 on est passé à 140 bêtes.",
    ),
    (
        "fr",
        "le litre rapporte quatre-vingt-dix centimes contre soixante avant",
        "Le litre est passé de 60 à 90 centimes.",
        "Le litre est passé de 70 à 90 centimes.",
    ),
    (
        "fr",
        "cinquante-deux magasins dans neuf pays le vendent maintenant",
        "Le fromage se vend dans 9 pays.",
        "Le fromage se vend dans 52 pays.",
    ),
    (
        "es",
        "los intereses pasaron del uno al cinco por ciento",
        "Los intereses subieron del 1 al 5 %.",
        "Los intereses subieron del 2 al 5 %.",
    ),
    (
        "es",
        "el litro da noventa céntimos y antes eran sesenta",
        "El litro pasó de 60 a 90 céntimos.",
        "El litro pasó de 70 a 90 céntimos.",
    ),
    (
        "es",
        "cincuenta y dos tiendas en nueve países lo venden ahora",
        "El queso se vende en 9 países.",
        "El queso se vende en 52 países.",
    ),
    (
        "it",
        "gli interessi sono passati dall'uno al cinque per cento",
        "Gli interessi sono saliti dall'1 al 5%.",
        "Gli interessi sono saliti dal 2 al 5%.",
    ),
    (
        "it",
        "il litro rende novanta centesimi e prima erano sessanta",
        "Il litro è passato da 60 a 90 centesimi.",
        "Il litro è passato da 70 a 90 centesimi.",
    ),
    (
        "pt",
        "os juros passaram de um para cinco por cento",
        "Os juros subiram de 1 para 5%.",
        "Os juros subiram de 2 para 5%.",
    ),
    (
        "pt",
        "o litro rende noventa centavos e antes eram sessenta",
        "O litro passou de 60 para 90 centavos.",
        "O litro passou de 70 para 90 centavos.",
    ),
]
"""What is said in a talk, an honest statement in other words, and the same with another figure."""


@pytest.mark.parametrize(("language", "said", "honest", "other"), PARAPHRASES)
def test_a_paraphrase_stands_and_another_figure_is_caught(
    language: str, said: str, honest: str, other: str
) -> None:
    judge = altered.checker(language)
    passages = judge.concordance.find(said)
    assert passages
    assert judge.check(honest, passages).doubts == ()
    assert judge.check(other, passages).figures


@pytest.mark.parametrize(
    ("statement", "label", "doubts"),
    [
        ("L'exposé passe par trois crises, puis vient aux ventes.", "", ()),
        ("Un fromager raconte vingt ans d'élevage.", "", ("vingt ans",)),
        ("", "Prix du lait -30 %", ()),
        ("", "Prix du lait -60 %", ("60 %",)),
        ("", "Cave à 1,2 M€", ()),
        ("", "Cave à 12 M€", ("12 M",)),
    ],
)
def test_what_stands_on_no_passage_is_checked_by_the_whole_talk(
    statement: str, label: str, doubts: tuple[str, ...]
) -> None:
    found = altered.checker("fr").check(statement, (), label).figures
    assert len(found) == len(doubts)
    assert all(wanted in told for told, wanted in zip(found, doubts, strict=True))


def test_a_sum_may_be_said_in_hundredths_named_once() -> None:
    judge = altered.checker("fr")
    passages = judge.concordance.find("le litre rapporte quatre-vingt-dix centimes contre soixante avant")
    assert judge.check("Le litre rapporte 0,90 € au lieu de 0,60 €.", passages).figures == ()
    assert judge.check("Le litre rapporte 0,90 € au lieu de 0,70 €.", passages).figures


def test_a_translation_may_leave_out_a_unit_but_not_change_a_figure() -> None:
    judge = Checker(altered.checker("de").concordance, ["Cheese"], "en")
    assert judge.check("", (), "1.2M cellar").figures == ()
    assert judge.check("", (), "2.1M cellar").figures == ("2.1M",)
    passages = judge.concordance.find("die Zinsen stiegen von einem auf fünf Prozent")
    assert judge.check("Rates rose from 1 to 5 percent.", passages).figures == ()
    assert judge.check("Rates rose from 1 to 8 percent.", passages).figures == ("8 percent",)


TRANSLATED = [
    "They started in 1998 with 11 goats.",
    "Two of the goats were blind.",
    "There are 240 animals on both sides of the river today.",
    "Milk prices fell by 30 percent within 18 months.",
    "The new cellar took 3 years.",
    "Each wheel weighs 7 kilos and rests for 4 months.",
    "Half of the herd was lost in the winter of 2010.",
    "Interest rose to 5 percent.",
    "Their share of the market rose by 3 percentage points.",
    "52 shops in nine countries sell the cheese now.",
    "The village has 600 people.",
    "A litre brings 90 cents where it was 60.",
    "The van covers 80 kilometres a day.",
    "It is -12 degrees up there in January.",
    "They sold 10,000 wheels last year.",
]
"""What is said in the second line of a talk and in those after it, in English."""


@pytest.mark.parametrize("language", [one for one in altered.TALKS if one != "en"])
def test_altered_figures_of_translated_statements_are_caught(language: str) -> None:
    judge = Checker(altered.checker(language).concordance, ["Cheese"], "en")
    said = [line for line, _ in altered.TALKS[language]][1:]
    honest, tried = altered.trial(judge, list(zip(said, TRANSLATED, strict=False)), language="en")
    assert [(statement, doubts) for statement, doubts in honest if doubts] == []
    assert sum(is_caught for _, is_caught in tried) >= 0.95 * len(tried)


@pytest.mark.parametrize(
    ("language", "invented", "honest"),
    [
        ("en", "Huang argued that the old place was better.", "Management insists on the old place."),
        ("en", "Brandt says that the cellar was dear.", "Research says little on the cellar."),
        ("de", "Huber sagt, dass der Keller zu teuer war.", "Erfahrung sagt, dass der Keller dauert."),
        ("de", "Der Keller war zu teuer, meint Huber.", "Der Keller war zu teuer, meint der Redner."),
        ("fr", "Dupont affirme que la cave était chère.", "Quelqu'un affirme que la cave était chère."),
        ("es", "Ramírez dice que la bodega era cara.", "Alguien dice que la bodega era cara."),
        ("it", "Rossi spiega perché il latte costa meno.", "Qualcuno spiega perché il latte costa meno."),
        ("pt", "Ferreira afirma que a adega era cara.", "Alguém afirma que a adega era cara."),
    ],
)
def test_one_who_speaks_is_a_name_where_a_sentence_begins(language: str, invented: str, honest: str) -> None:
    judge = altered.checker(language)
    assert judge.check(invented, ()).names
    assert judge.check(honest, ()).names == ()
