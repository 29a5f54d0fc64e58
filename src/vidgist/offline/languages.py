"""What the embedded summarizer knows of each language: function words, fillers, joints, fixed phrases.

Small lists of our own. A language that is not here is treated by its own frequent short words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """``stops`` carry no topic; ``fillers`` are dropped for display; ``joints`` often begin a clause.

    ``passage`` stands before an idea that has no phrase of its own. ``about`` to ``made`` are the sentences and half
    sentences of the framework paragraph, without full stops; {0} are phrases, {1} is the ``kind`` of talk, one of ``kinds``
    where one of ``pointers`` stands before it, or, where the talk begins and ends, one of ``articles``. ``dense`` scripts write no spaces.

    ``weighty`` is in what reads as a conclusion, ``announcing`` in what only leads to one. ``ties`` are prepositions
    and copulas that tie two phrases by themselves, with nothing but ``articles`` beside them, unless one of
    ``denials`` is near. English has rules of its own for these. ``capitals`` says that its nouns are written with one.
    """

    code: str
    stops: frozenset[str]
    fillers: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    passage: str = "Passage"
    core: str = "Core Point"
    fundamental: str = "Fundamental Point"
    about: str = "The {1} is about {0}"
    opening: str = "It opens with {0}"
    then: str = ", then turns to {0}"
    further: str = "It goes on to {0}"
    later: str = ", and from there to {0}"
    closing: str = "It closes with {0}"
    returning: str = ", coming back to {0}"
    made: str = "its core point is made in the part on {0}"
    dense: bool = False
    conjunction: str = " and "
    separator: str = ", "
    related: str = "together with"
    weighty: frozenset[str] = frozenset()
    announcing: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    capitals: bool = False
    kind: str = "talk"
    kinds: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    """Words and phrases parted by slashes, each with a space on either side."""
    return frozenset(f" {' '.join(phrase.split())} " for phrase in text.split("/"))


ENGLISH = Language(
    code="en",
    stops=_set(
        """a about above across after again against ago ah aha all almost along already alright also although always
        am among an and another any anybody anyhow anyone anything anyway anyways are aren't around as at away back
        be became because become been before behind being below beside besides better between beyond big bit both
        but by bye came can can't cannot 'cause certain certainly come comes coming could couldn't cuz course
        definitely did didn't different do does doesn't doing don't done down during each eh either else em enough er
        especially etc even ever every everybody everyone everything exactly fact far few fine first for from further
        gave get gets getting give given go goes going gone gonna good got gotta great guess had hadn't happen
        happened has hasn't have haven't having he he'd he'll he's hello her here here's hers herself hey hi him
        himself his hm hmm how how's however huh i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll
        it's its itself just keep kind kinda know knows last later least less let let's like likely little ll look
        looking lot lots made main make makes making many matter may maybe me mean means might mine mm mm-hmm mmm
        mmhmm more most mostly much must my myself need needs neither never new next nice no nobody none nope nor not
        nothing now obviously of off oh okay ok on once one ones only onto or other others ought our ours ourselves
        out over own part particular particularly people per perhaps please point possible possibly pretty probably
        put quite rather re real really right s said same saw say saying says second see seem seems seen self
        sense set several shall she she'd she'll she's should shouldn't show shows simply since so some somebody
        somehow someone something sometimes somewhere soon sorry sort sorta still stuff such sure take taken takes
        taking talk talked talking tell than thank thanks that that'd that'll that's the their theirs them themselves
        then there there's therefore these they they'd they'll they're they've thing things think thinking third this
        those though thought three through thus time times to today together told too took toward towards tried try
        trying turn two uh uh-huh um under unless until up upon us use used using usually various ve very via wanna
        want wanted wants was wasn't way ways we we'd we'll we're we've well went were weren't what what'll what's
        whatever when where where's whether which while who who's whole whom whose why will with within without won't
        would wouldn't yeah year years yep yes yet you you'd you'll you're you've your yours yourself yourselves
        four five six seven eight nine ten actually basically literally totally anymore day days guy guys man oops
        wow ooh welcome mister mr mrs ms dr question answer question's number idea ideas example able bad best long
        high hard easy easier old fair true minute minutes moment week weeks month months start started starting
        ask asked asking feel found find hear heard hope call called left let leave works working worked wondering
        interesting important forth cause"""
    ),
    fillers=_set("um uh er erm ah eh hm hmm mm mmm mm-hmm mmhmm uh-huh uhm oh huh ooh aha"),
    joints=_set(
        "and but so because well now then okay ok alright yeah also however although if when while or"
    ),
    kinds=_set(
        """meeting lecture interview podcast episode presentation session lesson tutorial seminar webinar debate
        course hearing workshop sermon speech"""
    ),
    pointers=_set("this today's our last next previous"),
    articles=_set("the"),
)

GERMAN = Language(
    code="de",
    stops=_set(
        """aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin bis
        bist da dabei dadurch dafür dagegen daher damit dann daran darauf darf darum das dass daß dazu dein deine dem
        den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch eben
        eigentlich ein eine einem einen einer eines einfach einige einmal er es etwa etwas euch euer eure für ganz
        gar gegen gehen geht genau gerade gern gibt gut hab habe haben hat hatte hatten hier hin hinter ich ihm ihn
        ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwie ist ja jede jedem jeden jeder jedes jetzt kann
        kein keine keinen können könnte könnten kommen kommt machen macht mal man mehr mein meine meinen mich mir mit
        muss müssen nach natürlich neben nein nicht nichts noch nun nur ob oder ohne okay quasi schon sehr sein seine
        seinem seinen seiner seit sich sie sind so sogar sollen sollte sondern sonst sowie über um und uns unser
        unsere unter viel viele vielen vielleicht vom von vor wann war waren warum was weil weiter welche welchen
        welcher welches wenn wer werde werden wie wieder will wir wird wirklich wo worden wurde wurden zu zum zur
        zwar zwei zwischen sagen sagt gesagt halt"""
    ),
    fillers=_set("äh ähm hm öh mhm tja naja"),
    joints=_set("und aber also weil dann denn jetzt doch oder wenn dass"),
    passage="Abschnitt",
    core="Kernaussage",
    fundamental="Grundgedanke",
    about="Der Beitrag handelt von: {0}",
    opening="Am Anfang stehen: {0}",
    then="; dann geht es um: {0}",
    further="Weiter geht es um: {0}",
    later="; danach um: {0}",
    closing="Am Ende stehen: {0}",
    returning="; dabei kommt wieder zur Sprache: {0}",
    made="die Kernaussage fällt im Abschnitt über: {0}",
    conjunction=" und ",
    related="zusammen mit",
    weighty=_phrases(
        """deshalb / deswegen / darum / daher / also / wichtig / entscheidend / das bedeutet / das heißt / am ende / zusammengefasst /
        letztlich / das problem ist / der punkt ist / muss / müssen / notwendig / unverzichtbar"""
    ),
    announcing=_phrases(
        """heute sprechen / sprechen wir über / reden wir über / wir schauen / schauen wir / willkommen / herzlich / vielen dank /
        ich möchte / ich werde / wir werden / lass uns / lasst uns / vielleicht / ich weiß nicht"""
    ),
    ties=_set(
        """in im an am auf aus bei mit von vom für durch ohne gegen über unter um nach vor zwischen hinter neben ist sind
        war waren"""
    ),
    articles=_set(
        "der die das den dem des ein eine einen einem einer eines diese dieser dieses diesen diesem"
    ),
    capitals=True,
    denials=_set(
        "nicht kein keine keinen keiner keinem nie niemals weder ob wenn falls könnte würde vielleicht"
    ),
)

SPANISH = Language(
    code="es",
    stops=_set(
        """a al algo algún alguna algunas alguno algunos allí ante antes aquí así aún aunque bien bueno cada casi como
        cómo con contra creo cual cuál cuando cuándo de decir del desde dice donde dónde dos durante e el él ella
        ellas ellos en entonces entre era eran es esa esas ese eso esos esta está estaba estamos están estar este
        esto estos estoy fue fueron ha había hace hacer hacia han hasta hay he hemos incluso ir la las le les lo los
        luego más mas me mejor mi mientras mis mismo misma mucha mucho muchos muy nada ni no nos nosotros nuestra
        nuestro o otra otras otro otros para parte pero poco podemos poder por porque pues puede pueden puedo que qué
        quién quien quiere se sea según ser si sí sido siempre sin sino sobre solo sólo somos son soy su sus también
        tan tanto te tener tengo ti tiene tienen toda todas todo todos tu tú tus un una unas uno unos va vamos van
        vez veces voy y ya yo digamos cosa cosas"""
    ),
    fillers=_set("eh em este ehm mmm ah"),
    joints=_set("y pero entonces porque pues cuando también luego si aunque"),
    passage="Pasaje",
    core="Punto central",
    fundamental="Idea de fondo",
    about="La charla trata de: {0}",
    opening="Comienza con: {0}",
    then="; después trata de: {0}",
    further="Sigue con: {0}",
    later="; luego con: {0}",
    closing="Termina con: {0}",
    returning="; ahí vuelve a: {0}",
    made="el punto central está en la parte sobre: {0}",
    conjunction=" y ",
    related="junto con",
    weighty=_phrases(
        """por eso / por lo tanto / así que / es importante / importante / fundamental / esencial / significa / en conclusión /
        en resumen / al final / el problema es / lo que importa / hay que / debe / deben"""
    ),
    announcing=_phrases(
        """hoy vamos / vamos a hablar / vamos a ver / hablaremos / bienvenidos / gracias / quiero hablar / voy a / quizás / tal vez /
        no sé"""
    ),
    ties=_set(
        """de del en con sin por para sobre entre contra desde hasta hacia según es son era eran fue fueron"""
    ),
    articles=_set("el la los las un una unos unas su sus este esta estos estas"),
    denials=_set("no ni nunca jamás si quizás acaso podría sería"),
)

CHINESE = Language(
    code="zh",
    stops=_set(
        """我们 你们 他们 她们 它们 这个 那个 这些 那些 这样 那样 这种 那种 一个 一些 一种 什么 怎么 为什 因为 所以 但是
        如果 就是 不是 还是 可以 没有 时候 现在 然后 已经 可能 应该 知道 觉得 大家 自己 非常 其实 而且 或者 以及 虽然 不过
        也是 都是 的时 了一 是一 的是 这是 那么 这么 的人 是在 也不 是我 是不 个人 出来 起来 我觉 得我 我的 你的 他的 在这 在那
        里面 一下 一样 很多 有一 的一 我是 来说 的话 不会 会有 要去 对于 关于"""
    ),
    passage="段落",
    core="核心观点",
    fundamental="根本观点",
    about="内容围绕{0}展开",
    opening="首先谈到{0}",
    then="，接着谈到{0}",
    further="随后谈到{0}",
    later="，再谈到{0}",
    closing="最后谈到{0}",
    returning="，并回到{0}",
    made="核心观点出现在谈{0}的部分",
    dense=True,
    conjunction="和",
    separator="、",
    related="同时提到",
    weighty=frozenset({"所以", "因此", "重要", "关键", "意味着", "总之", "必须", "根本", "说明"}),
    announcing=frozenset(
        {"今天我们", "我们来", "讨论", "大家好", "欢迎", "谢谢", "接下来", "可能", "也许", "不知道"}
    ),
    ties=frozenset({"的", "是", "在", "由"}),
    denials=frozenset({"不", "没", "无", "非", "吗", "如果", "可能", "也许"}),
)

JAPANESE = Language(
    code="ja",
    stops=_set("今日 今回 本当 自分 皆様 場合 一つ 時間 最後 最初 部分 全部 一番 何か 何が"),
    passage="要点",
    core="中心となる点",
    fundamental="根本にある点",
    about="話題は{0}です",
    opening="まず{0}を取り上げています",
    then="。次に{0}を取り上げています",
    further="さらに{0}を取り上げています",
    later="。続いて{0}を取り上げています",
    closing="最後に{0}を取り上げています",
    returning="。そこで{0}に戻っています",
    made="中心となる点は{0}の部分で述べられています",
    dense=True,
    conjunction="と",
    separator="、",
    related="と併せて",
    weighty=frozenset({"つまり", "重要", "大切", "したがって", "だから", "必要", "結論", "ポイント"}),
    announcing=frozenset(
        {"について話", "今日は", "ありがとう", "よろしく", "これから", "かもしれ", "でしょうか"}
    ),
    ties=frozenset({"の", "による", "からの", "への", "における"}),
    denials=frozenset({"ない", "ません", "なく", "かもしれ", "もし"}),
)

ARABIC = Language(
    code="ar",
    stops=_set(
        """في من على إلى الى عن مع هذا هذه ذلك تلك هو هي هم نحن أنا انا أنت انت كان كانت يكون تكون أن ان إن لا ما لم لن قد
        كل بعض أو او و ثم لكن بل حتى إذا اذا عند عندما بين بعد قبل تحت فوق غير كما مثل الذي التي الذين هناك هنا كيف
        لماذا متى أين ماذا يعني طبعا جدا أيضا ايضا فقط لأن لان منذ خلال حول دون ليس ليست به بها له لها فيه فيها
        منه منها عليه عليها وهو وهي وهذا وهذه وقد ولكن ومن وفي وعلى يا نعم شيء أي اي"""
    ),
    fillers=_set("اه آه امم"),
    joints=_set("لكن ولكن لأن ثم وهذا وهذه إذا"),
    passage="مقطع",
    core="النقطة الأساسية",
    fundamental="النقطة الجوهرية",
    about="يدور الحديث حول: {0}",
    opening="يبدأ الحديث بما يلي: {0}",
    then="، ثم ينتقل إلى: {0}",
    further="ويتابع مع: {0}",
    later="، وبعد ذلك: {0}",
    closing="ويختم بما يلي: {0}",
    returning="، وفيه يعود إلى: {0}",
    made="وترد النقطة الأساسية في الجزء الخاص بما يلي: {0}",
    conjunction=" و",
    separator="، ",
    related="مع",
    weighty=_phrases("لذلك / إذن / مهم / مهمة / ضروري / يعني ذلك / في النهاية / خلاصة / يجب / المشكلة هي"),
    announcing=_phrases("سنتحدث / اليوم / مرحبا / شكرا / أهلا / سوف نتحدث / ربما / لا أعرف"),
    ties=_set("في من على إلى عن بين ضد حول تحت فوق هو هي"),
    denials=_set("لا لم لن ليس ليست ما غير هل ربما إذا لو قد"),
)

UNKNOWN = Language(code="", stops=frozenset())

_ALL = {language.code: language for language in (ENGLISH, GERMAN, SPANISH, CHINESE, JAPANESE, ARABIC)}


def detect(code: str, keys: list[str]) -> Language:
    """The language of a transcript: by its code where we know that, else by its own words.

    ``keys`` are the words of the transcript. A code is believed unless the words are plainly another's.
    """
    sample = keys[:: max(1, len(keys) // 4_000)]
    named = _ALL.get(code.lower().split("-")[0].split("_")[0])
    if code and named is None and _share(sample, ENGLISH) < 0.3:
        return UNKNOWN
    best = max((*_ALL.values(), UNKNOWN), key=lambda language: _share(sample, language))
    if named is not None and _share(sample, named) >= _share(sample, best) - 0.1:
        return named
    return best


def _share(sample: list[str], language: Language) -> float:
    """How far a sample of words looks like a language, 0 to 1."""
    if not sample:
        return 0.0
    if language.code == "ja":
        return sum("\u3040" <= key[0] <= "\u30ff" for key in sample) / len(sample)
    if language.code == "zh":
        han = sum("\u4e00" <= key[0] <= "\u9fff" for key in sample)
        kana = sum("\u3040" <= key[0] <= "\u30ff" for key in sample)
        return max(0.0, han - 5 * kana) / len(sample) * 0.9
    if language.code == "ar":
        return sum(key in language.stops for key in sample) / len(sample) * 1.5
    if not language.stops:
        return 0.08
    return sum(key in language.stops for key in sample) / len(sample)
