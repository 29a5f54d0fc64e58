"""What can go wrong, and how far it reaches.

    VidgistError
      x SetupError        the run cannot start                                exit 2
          ConfigError, PromptError, InputError, MissingKey, StateError, Busy
      x ItemError         this item fails, the others go on                   exit 1
          Unavailable         gone for good: removed, its account closed, never there
          Withheld            there and not shown now: private, members only, age or country restricted
          NotYet              live now, announced or being worked on
          NoTranscript        nothing to summarize: no captions, locked or empty ones
          Unreadable          a transcript is there and cannot be read
          TooLong             does not fit the model, however it is cut
          Truncated           the reply was cut at its token limit
          Refused             the model or its provider declined
          BadReply            the reply breaks the contract, after repair
          WriteFailed         this one file cannot be written
          PluginFailed        a plug-in of another package did what none may
          Transient           may pass by itself: the only class that is retried at once
              Unreachable         no answer: where it lasts, it ends the visits to a site
      x RunError          every next item would fail alike: stop, resumable   exit 3
          Blocked             the site turns this address away
          UsedUp              a limit of the model's server, there again in hours
          BadCredentials, QuotaExhausted, BudgetReached, OutputFull, NoThreads
          StateLost           the memory can be read or written no more
          BatchGone           the provider does not know this one batch: the others go on
          OutOfTime, Cancelled    a caller of the library waits no longer
      x Deferred          no failure: the reply comes with a batch, later

Messages are one line that a person understands. ``hint`` says what to do about it.
``code`` is stable: it stands in failed records, events and reports.
"""

from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from vidgist.models import Video

Retry = Literal["never", "later", "now"]


class VidgistError(Exception):
    """Anything vidgist says no to. ``str(error)`` is one line for a person."""

    code: str = "error"
    hint: str = ""

    def __init__(self, message: str, *, code: str = "", hint: str = "") -> None:
        super().__init__(" ".join(message.split()))
        self.code = code or type(self).code
        self.hint = hint or type(self).hint


class SetupError(VidgistError):
    """The run cannot start; raised before any network use."""

    code = "setup"


class ConfigError(SetupError):
    code = "config"


class MissingExtra(ConfigError):
    """``what`` needs an extra of vidgist that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra}, which is not installed", hint=from_checkout(extra))


def from_checkout(extra: str) -> str:
    """Return how an extra is installed; vidgist is on no package index, so it is from the checkout."""
    return f"in vidgist's checkout: pip install '.[{extra}]'"


class PromptError(SetupError):
    code = "prompt"


class InputError(SetupError):
    code = "input"


class MissingKey(SetupError):
    code = "no_key"
    hint = "set OPENAI_API_KEY, name a local server with --base-url, or use --model offline:"


class StateError(SetupError):
    code = "state"


class Busy(SetupError):
    code = "busy"
    hint = "wait for it with --wait, or name another --state"


class ItemError(VidgistError):
    """One item fails. ``video`` is what was learnt of it before that, for its failed record.

    ``retry`` is "never" (asked for only by ``--retry-failed``), "later" (tried at later runs, as `retries`
    plans) or "now" (retried within this run).
    """

    retry: ClassVar[Retry] = "never"
    code = "failed"

    def __init__(self, message: str, *, code: str = "", hint: str = "", video: "Video | None" = None) -> None:
        super().__init__(message, code=code, hint=hint)
        self.video = video


class Unavailable(ItemError):
    code = "unavailable"


class Withheld(ItemError):
    code = "unplayable"
    retry = "later"


class NotYet(ItemError):
    code = "upcoming"
    retry = "later"


class NoTranscript(ItemError):
    code = "no_captions"
    hint = "give a transcript file of it instead (.vtt, .srt, .txt)"


class Unreadable(ItemError):
    code = "unreadable"


class TooLong(ItemError):
    """``read``: tokens that were read of it, where a server read a part; else 0."""

    code = "too_long"
    read = 0
    hint = "choose a model with a larger context window"


class CutPrompt(TooLong):
    """A server read only ``read`` tokens of a prompt, and answered from those."""

    def __init__(self, message: str, *, read: int) -> None:
        super().__init__(message)
        self.read = read


class Truncated(ItemError):
    code = "truncated"
    retry = "later"
    hint = "raise max_output_tokens in the prompt file, or choose another model"


class Refused(ItemError):
    code = "refused"


class BadReply(ItemError):
    code = "bad_reply"
    retry = "later"
    hint = "choose a stronger model, or run again"


class WriteFailed(ItemError):
    code = "write_failed"
    retry = "later"


class PluginFailed(ItemError):
    code = "plugin"
    retry = "later"


class Transient(ItemError):
    """May pass by itself. ``retry_after`` is the server's own wish in seconds, where it had one."""

    code = "network"
    retry = "now"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        hint: str = "",
        video: "Video | None" = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, code=code, hint=hint, video=video)
        self.retry_after = retry_after


class Unreachable(Transient):
    """No connection to the site, which says nothing of the item."""

    code = "unreachable"
    hint = "check the network connection"


class RunError(VidgistError):
    """Every next item would fail alike: no new work is begun, what is under way is finished."""

    code = "stopped"


class Blocked(RunError):
    """The site turns this address away. ``retry_after`` as in `Transient`."""

    code = "blocked"
    hint = (
        "wait an hour, slow down with --pace, or use --proxy, --cookies-from-browser or --cookies; "
        "then run the same command again"
    )

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        hint: str = "",
        video: "Video | None" = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.video = video
        self.retry_after = retry_after


class UsedUp(RunError):
    """A limit that is there again in hours; ``retry_after`` in seconds where that is known."""

    code = "rate_limit"

    def __init__(
        self, message: str, *, code: str = "", hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.retry_after = retry_after


class BadCredentials(RunError):
    code = "bad_credentials"
    hint = "check OPENAI_API_KEY and --base-url; then run the same command again"


class QuotaExhausted(RunError):
    code = "quota"
    hint = "add credit at the provider or choose another model; then run the same command again"


class BudgetReached(RunError):
    code = "budget"
    hint = "raise --max-cost or --max-tokens; then run the same command again"


class NoThreads(RunError):
    """The system starts no thread any more."""

    code = "no_threads"
    hint = "end other programs, or raise the limit on processes (ulimit -u); then run the same command again"


class OutputFull(RunError):
    code = "output_full"
    hint = "free some space; then run the same command again"


class BatchGone(RunError):
    """Concerns one batch: caught where several are collected."""

    code = "batch_gone"


class OutOfTime(RunError):
    """The deadline of a call has passed; what is under way is left to itself, and remembered."""

    code = "deadline"
    hint = "the same call goes on from what was fetched and answered by then"


class Cancelled(RunError):
    """The caller gave a call up; what is under way is left to itself, and remembered."""

    code = "cancelled"


class StateLost(RunError):
    """What is done cannot be remembered. What was remembered before stays."""

    code = "state_lost"
    hint = "free some space, or name another --state; then run the same command again"


class Deferred(VidgistError):
    """The reply that an item needs is with the provider's Batch API; the item waits for it."""

    code = "waiting"
    hint = "vidgist collect picks it up"
