"""Context windows of well-known models, in tokens, by the beginning of their name. Pure.

As their providers publish them; where the members of a family differ, the smallest. The name of an
open-weight model says nothing: its operator chose the window.
"""

UNKNOWN = 16_384
"""Of an unknown model on a server of one's own: room for a talk of 40 minutes in one call. A server with less
says so in its first refusal, which is remembered; one that cuts silently is noticed by its token count."""

UNKNOWN_OFFICIAL = 128_000
"""Of an unknown model at OpenAI itself."""

_KNOWN = {
    "gpt-5": 400_000,
    "gpt-4.1": 1_047_576,
    "gpt-4o": 128_000,
    "gpt-4-turbo": 128_000,
    "gpt-4": 8_192,
    "gpt-3.5": 16_385,
    "chatgpt-4o": 128_000,
    "o1": 128_000,
    "o3": 200_000,
    "o4": 200_000,
    "claude-": 200_000,
    "gemini-": 1_048_576,
    "deepseek-chat": 65_536,
    "deepseek-reasoner": 65_536,
    "mistral-large-": 131_072,
    "mistral-medium-": 131_072,
}


def window(name: str, *, official: bool) -> int:
    """Return the window of a model; a vendor before a slash (``openai/gpt-4o``) is looked past."""
    bare = name.rpartition("/")[2].lower()
    for prefix in sorted(_KNOWN, key=len, reverse=True):
        if bare.startswith(prefix):
            return _KNOWN[prefix]
    return UNKNOWN_OFFICIAL if official else UNKNOWN
