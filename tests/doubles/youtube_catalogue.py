"""The invented videos of the loopback YouTube, and what can be wrong with one or with the site."""

from dataclasses import dataclass, field, replace
from datetime import date

Line = tuple[float, float, str]
"""Start and duration in seconds, words."""


@dataclass(frozen=True)
class Channel:
    id: str
    name: str
    handle: str


@dataclass(frozen=True)
class Captions:
    language: str
    lines: tuple[Line, ...]
    generated: bool = False


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a video.

    ``on`` narrows it to one kind of request (watch, player, captions, sound ...), one client (WEB, VISIONOS,
    ANDROID) or one caption format (json3, xml). ``times`` is how often it happens; None: always.

    Of the answer: disabled, private, unavailable, deleted, terminated, age, members, country, paid, login,
    upcoming, live, live_captions, post_live, bot, session_limit, captcha, locked, empty, no_title, no_length, other_video.
    Of the connection: status, reset, truncated, garbled, slow.
    """

    kind: str
    on: str = ""
    times: int | None = None
    status: int = 500
    retry_after: str = ""
    seconds: float = 0.0


@dataclass
class Blockade:
    """After ``after`` answers, the next ``refusals`` requests are refused, whoever makes them."""

    after: int
    refusals: int
    retry_after: str = ""
    status: int = 429


@dataclass(frozen=True)
class Video:
    id: str
    title: str
    channel: Channel
    seconds: int
    captions: tuple[Captions, ...] = ()
    published: date = date(2026, 3, 14)
    chapters: tuple[tuple[int, str], ...] = ()
    description: str = ""
    faults: tuple[Fault, ...] = ()
    sound: bytes = b""

    def but(self, *faults: Fault) -> "Video":
        """The same video with these faults."""
        return replace(self, faults=faults)


@dataclass
class Catalogue:
    """``lists`` maps playlist ids to video ids; an id that is no video shows as deleted.

    ``<channel id>/streams`` and ``/playlists`` in it are further tabs of that channel. ``refused_lists`` says why.
    """

    videos: dict[str, Video] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    refused_lists: dict[str, str] = field(default_factory=dict)

    def add(self, video: Video) -> Video:
        assert len(video.id) == 11, video.id
        self.videos[video.id] = video
        return video


BAKERY = Channel("UCbakery" + "0" * 16, "Slow Bakery", "@slowbakery")
ATLAS = Channel("UCatlas0" + "0" * 16, "地図の部屋 Atlas", "@atlas.room")
MILL = Channel("UCmill00" + "0" * 16, "Paper Mill", "@papermill")

BREAD = (
    "Sourdough is bread that rises without any yeast from a packet.",
    "A starter of flour and water catches wild yeast and bacteria within five days.",
    "The bacteria make lactic acid, and the acid keeps mould away from the dough.",
    "Feed the starter at the same hour every day, because a hungry starter turns sour and weak.",
    "Warm dough rises fast and tastes of little, cold dough rises slowly and tastes of much.",
    "We left one loaf in the fridge for eighteen hours and another on the table for four.",
    "Nine of ten tasters preferred the cold loaf, & nobody could say why.",
    "Fold the dough four times in two hours instead of kneading it.",
    "Folding stretches the gluten without tearing it, so the bubbles stay large.",
    "Steam in the first ten minutes keeps the crust soft until the loaf has opened.",
    "After that the oven must be dry, or the crust will never crack.",
    "So time and temperature decide about bread, and the recipe hardly matters.",
)
BROT = (
    "Sauerteig ist Brot, das ohne gekaufte Hefe aufgeht.",
    "Ein Ansatz aus Mehl und Wasser fängt in fünf Tagen wilde Hefen ein.",
    "Kalter Teig geht langsam auf und schmeckt nach viel.",
)
ISLAND = (
    "島の地図は百年ごとに描き直される。",
    "砂が動くので、海岸線は同じ場所にとどまらない。",
    "昔の地図と今の地図を重ねると、村が三度動いたことが分かる。",
    "だから地図は場所の絵ではなく、時間の記録である。",
)
WELL = (
    "البئر القديمة تعطي الماء مرتين في اليوم.",
    "يقسم الناس الماء بالظل لا بالساعة.",
    "لذلك لم يتشاجر أحد منذ مئة عام.",
)


def spoken(sentences: tuple[str, ...], *, start: float = 0.5, each: float = 4.0) -> tuple[Line, ...]:
    return tuple((start + each * number, each, text) for number, text in enumerate(sentences))


def heard(sentences: tuple[str, ...]) -> tuple[Line, ...]:
    """As speech recognition writes: small letters, no punctuation."""
    bare = tuple("".join(c for c in text.lower() if c.isalnum() or c in " '") for text in sentences)
    return spoken(bare)


def talk(
    video: str, title: str = "A talk", *faults: Fault, language: str = "en", channel: Channel = BAKERY
) -> Video:
    """A good video of half a minute with generated captions."""
    lines = heard(BREAD[:6])
    return Video(video, title, channel, 30, (Captions(language, lines, generated=True),), faults=faults)


def build() -> Catalogue:
    """Good videos in several scripts, and one for each fault."""
    made = Catalogue()
    sound = ((0.0, 30.0, "[Music]"), (40.0, 5.0, "(applause)"), (50.0, 9.0, "♪ ♪"))
    chapters = ((0, "The starter"), (16, "Cold dough"), (36, "Steam"))
    en, de = Captions("en", spoken(BREAD)), Captions("de", spoken(BROT))
    good = (
        Video(
            "bread_talk1",
            "Bread Without Yeast",
            BAKERY,
            52,
            (de, en, Captions("en", heard(BREAD), generated=True)),
            chapters=chapters,
            description="What time does to dough.",
        ),
        Video("island_map2", "島はなぜ動くのか【地図と砂】", ATLAS, 20, (Captions("ja", spoken(ISLAND)),)),
        Video("old_well_03", "كيف يتقاسم الناس ماء البئر؟", ATLAS, 15, (Captions("ar", spoken(WELL)),)),
        Video(
            "emoji_name4",
            '🍞 "Crust" vs. Crumb: a/b\\c <1>? | *all*',
            BAKERY,
            52,
            (Captions("en-US", spoken(BREAD)),),
        ),
        Video("de_only_005", "Brot ohne Hefe", BAKERY, 15, (Captions("de", heard(BROT), generated=True),)),
        Video("music_only6", "Rain on paper", MILL, 60, (Captions("en", sound, generated=True),)),
        Video(
            "listed_chap", "Weekly notes", MILL, 52, (en,), description="0:00 Flour\n0:20 Water\n0:40 Salt"
        ),
    )
    for video in good:
        made.add(video)
    for kind in (
        *("disabled", "private", "unavailable", "deleted", "terminated", "age", "members", "country", "paid"),
        *("login", "upcoming", "live", "post_live", "bot", "session_limit", "captcha", "locked", "no_title"),
        "no_length",
    ):
        made.add(talk(f"{kind}_{'x' * 11}"[:11], f"With fault: {kind}", Fault(kind)))
    made.add(talk("empty_file1", "Empty captions", Fault("empty", on="captions")))
    made.add(talk("garbled_fil", "Garbled captions", Fault("garbled", on="captions")))
    made.add(talk("cut_captio1", "Captions cut off", Fault("truncated", on="captions")))
    made.add(talk("reset_once1", "Reset once", Fault("reset", on="player", times=1)))
    made.add(talk("err500_once", "One 500", Fault("status", on="player", times=1)))
    made.add(talk("err500_ever", "Only 500s", Fault("status")))
    made.add(talk("e429_twice1", "Two 429s", Fault("status", status=429, times=2, retry_after="1")))
    for number in range(250):
        lines = heard((f"this is talk number {number}", *BREAD[number % 8 : number % 8 + 4]))
        channel = MILL
        made.add(
            Video(
                f"bulk{number:07}",
                f"Bulk talk {number}",
                channel,
                60 + number,
                (Captions("en", lines, generated=True),),
            )
        )
    made.lists["PLgood000000"] = [video.id for video in good]
    for count in (60, 250):
        made.lists[f"PLbulk{count:06}"] = [f"bulk{number:07}" for number in range(count)]
    made.lists["PLmixed00000"] = [
        "bread_talk1",
        "private_xxx",
        "island_map2",
        "gone_video1",
        "live_xxxxxx",
        "old_well_03",
    ]
    made.lists["PLempty00000"] = []
    made.lists[f"{ATLAS.id}/streams"] = ["bread_talk1", "live_xxxxxx"]
    made.lists[f"{ATLAS.id}/playlists"] = ["PLgood000000"]
    return made
