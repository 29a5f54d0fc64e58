"""What the answers of any site mean, by yt-dlp's words and HTTP statuses, as vidgist's errors. Pure."""

from collections.abc import Callable, Sequence

from vidgist.errors import Blocked, ItemError, NotYet, Unavailable, Withheld
from vidgist.models import Video
from vidgist.sources._error_map import COOKIES, OddAnswer, Wrong

_PROXY = "use a --proxy in a country where it can be seen"
_UNKNOWN = "give the address of a media or subtitle file, or update yt-dlp"

Maker = Callable[[str], Wrong]

_PHRASES: tuple[tuple[tuple[str, ...], Maker], ...] = (
    (
        ("cloudflare", "captcha", "not a bot", "too many requests", "rate limit", "rate-limit"),
        lambda site: Blocked(f"{site} turns this address away", code="bot_check"),
    ),
    (
        ("drm",),
        lambda site: Withheld(f"{site} protects it with DRM", code="drm"),
    ),
    (
        (
            "in your country",
            "from your location",
            "in your region",
            "geo restrict",
            "geo-restrict",
            "geoblock",
        ),
        lambda _: Withheld("not available in this country", code="geo_restricted", hint=_PROXY),
    ),
    (
        ("purchase", "subscri", "premium", "to rent", "paid "),
        lambda _: Withheld("it has to be paid for", code="paid", hint=COOKIES),
    ),
    (
        ("registered users", "log in", "login", "logged in", "sign in", "credentials", "account is required"),
        lambda site: Withheld(f"{site} shows it to signed-in viewers only", code="sign_in", hint=COOKIES),
    ),
    (
        ("password",),
        lambda _: Withheld("it is protected by a password", code="sign_in", hint=COOKIES),
    ),
    (("private",), lambda _: Withheld("it is private", code="private", hint=COOKIES)),
    (
        ("not started", "will begin", "upcoming", "premieres", "not yet available", "is offline", "not live"),
        lambda _: NotYet("announced, not there yet", code="upcoming"),
    ),
    (
        ("been removed", "been deleted", "was deleted", "was removed", "no longer available", "has expired"),
        lambda site: Unavailable(f"it was removed from {site}", code="deleted"),
    ),
    (
        ("not found", "does not exist", "doesn't exist", "not exist"),
        lambda site: Withheld(f"{site} has nothing there", code="not_found"),
    ),
    (
        ("unavailable", "not available", "isn't available"),
        lambda site: Withheld(f"{site} does not show it now", code="unplayable"),
    ),
)

_STATUSES: dict[int, Maker] = {
    401: lambda site: Withheld(f"{site} shows it to signed-in viewers only", code="sign_in", hint=COOKIES),
    402: lambda _: Withheld("it has to be paid for", code="paid", hint=COOKIES),
    403: lambda site: Withheld(f"{site} refuses to show it (HTTP 403)", code="denied", hint=COOKIES),
    404: lambda site: Withheld(f"{site} has nothing there (HTTP 404)", code="not_found"),
    410: lambda site: Unavailable(f"{site} has it no more (HTTP 410)", code="deleted"),
    451: lambda _: Withheld("not available in this country", code="geo_restricted", hint=_PROXY),
}


def of_failure(kind: str, status: int, said: Sequence[str], site: str, video: Video | None = None) -> Wrong:
    """Return the error that a failure of yt-dlp stands for.

    ``kind`` is the class of what it met, ``status`` an HTTP status or 0, ``said`` its message and warnings.
    """
    wrong = _of(kind, status, said, site)
    if isinstance(wrong, ItemError | Blocked):
        wrong.video = video
    return wrong


def _of(kind: str, status: int, said: Sequence[str], site: str) -> Wrong:
    if kind == "UnsupportedError":
        return Unavailable(f"{site} has no video there that yt-dlp knows", code="unsupported", hint=_UNKNOWN)
    if status in _STATUSES and not any("cloudflare" in text.casefold() for text in said):
        return _STATUSES[status](site)
    for text in said:
        plain = text.casefold().replace("’", "'")
        for phrases, make in _PHRASES:
            if any(phrase in plain for phrase in phrases):
                return make(site)
    return OddAnswer(f"the answer of {site} is not understood: {next(iter(said), kind)[:200]}")
