"""Parts a reply's answer from the thoughts and the chat markup that servers leave in it. Pure.

Marks are those of DeepSeek, Qwen, GLM and others (``<think>``), Magistral (``[THINK]``), Kimi, Seed,
Granite (``<response>``), Command A (``<|START_THINKING|>``), Gemma 4 and gpt-oss, whose format "harmony" puts
each part of a reply into a channel.
"""

import re

_NAMES = (
    r"(?:\w{1,12}[:_])?(?:think|thinking|thought|thoughts|reasoning|reason|analysis|scratchpad|reflection)"
)
_OPENING = (
    rf"<{_NAMES}\b[^<>]{{0,80}}>|\[THINK\]|\u25c1think\u25b7|<\|START_THINKING\|>|<\|begin_of_thought\|>"
)
_CLOSING = rf"</{_NAMES}>|\[/THINK\]|\u25c1/think\u25b7|<\|END_THINKING\|>|<\|end_of_thought\|>"
_THOUGHT = re.compile(rf"\A\s*(?:{_OPENING})(.*?)(?:{_CLOSING}|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_THOUGHT = re.compile(
    rf"\A([^{{<\[]*)(?:{_CLOSING})|\A(?![{{`])(.*?)(?:{_CLOSING})[ \t]*(?:\n|\Z)", re.DOTALL | re.IGNORECASE
)
"""A closing mark whose opening one the chat template has swallowed."""

_CHANNEL = re.compile(r"<\|?channel\|?>\s*(\w+)[^<\n]*(?:<\|constrain\|>[^<\n]*)?(?:<\|message\|>|\n|(?=\Z))")
_SWALLOWED = re.compile(r"\Aanalysis(?=[A-Z\u4e00-\u9fff]).*assistantfinal(?:json(?=\s*\{))?", re.DOTALL)
"""Harmony whose special tokens were not written out."""

_BLOCK = re.compile(
    r"\A\s*(?:<\|think\|>(.*?)(?:<\|end\|>|\Z)|<\|inner_prefix\|>(.*?)(?:<\|inner_suffix\|>|\Z)"
    r"|<details\b[^<>]{0,60}\breasoning\b[^<>]{0,60}>(.*?)</details>"
    r"|```(?:think|thinking|thoughts?|reasoning)\s*\n(.*?)\n```)",
    re.DOTALL | re.IGNORECASE,
)
"""Thoughts between marks of one server's own: Solar, Apertus, Open WebUI, and a fence."""

_LEADING_ROLE = re.compile(
    r"\A(?:(?:<\|(?:start|im_start|begin|assistant|startoftext|begin_of_text|start_header_id)\|>|<start_of_turn>"
    r"|<role>(?=assistant))\s*(?:assistant|model)?\s*(?:<\|end_header_id\|>|</role>)?\s*|<\|(?:message|content)\|>)+",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\A\s*(?:<response>|<answer>|<output>|<\|START_RESPONSE\|>|<\|begin_of_solution\|>|<\|begin_of_box\|>)"
    r"(.*?)"
    r"(?:</response>|</answer>|</output>|<\|END_RESPONSE\|>|<\|end_of_solution\|>|<\|end_of_box\|>|\Z)",
    re.DOTALL,
)
_END = re.compile(
    r"(?:\s*(?:<\|(?:return|end|im_end|eot_id|end_of_text|endoftext|END_OF_TURN_TOKEN|end_of_sentence|call"
    r"|endofresponse|observation|user|role_end|end_of_role|eom_id)\|>"
    r"|<end_of_turn>|<turn\|>|<channel\|>|</s>|<\uff5cend\u2581of\u2581sentence\uff5c>|<eos>))+\s*\Z"
)
_MOST_THOUGHTS = 8
"""One after another, before an answer."""


def parted(text: str) -> tuple[str, str]:
    """The answer in a reply and the thoughts before it, either of them empty; both without outer blanks."""
    text = _LEADING_ROLE.sub("", text.strip())
    if _CHANNEL.search(text[:400]):
        return _of_channels(text)
    swallowed = _SWALLOWED.match(text)
    if swallowed:
        return _bare(text[swallowed.end() :]), swallowed[0]
    thoughts = []
    for _ in range(_MOST_THOUGHTS):
        found = _THOUGHT.match(text) or _BLOCK.match(text) or _END_OF_THOUGHT.match(text)
        if not found:
            break
        thoughts.append((found[1] or found[found.lastindex or 1]).strip())
        text = _LEADING_ROLE.sub("", text[found.end() :].lstrip())
    return _bare(text), "\n".join(filter(None, thoughts))


def _of_channels(text: str) -> tuple[str, str]:
    """What the last channel ``final`` says, or what follows the last other channel; all else is thoughts."""
    marks = list(_CHANNEL.finditer(text))
    finals = [mark for mark in marks if mark[1].lower() in ("final", "answer", "response")]
    if finals:
        return _bare(_ended(text[finals[-1].end() :])[0]), text[: finals[-1].start()]
    thoughts, after = _ended(text[marks[-1].end() :])
    return _bare(_LEADING_ROLE.sub("", after.strip())), thoughts.strip()


def _ended(text: str) -> tuple[str, str]:
    """What stands before the end of a channel's message, and what after it."""
    parts = re.split(r"<\|end\|>|<\|return\|>|<\|call\|>|<channel\|>", text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _bare(text: str) -> str:
    """An answer without the marks around it."""
    text = _END.sub("", text.strip())
    answer = _ANSWER.match(text)
    return (answer[1] if answer else text).strip()
