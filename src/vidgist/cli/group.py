"""Which command is meant: ``vidgist INPUT`` is ``vidgist run INPUT``. The rest is typer's."""

import difflib
import os
import re

import typer
from typer.core import TyperCommand, TyperGroup

DEFAULT = "run"
_OWN = ("-h", "--help", "--version", "--install-completion", "--show-completion")
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_MARKS = re.compile(r"[/:.@?=]|^ytsearch|^(?:PL|UU|OL|FL|RD)[A-Za-z0-9_-]{10,}$")


class RunCommand(TyperCommand):
    """A command whose help lists the plug-ins of other packages too."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        from vidgist import registry

        offered = ", ".join(f"{plugin.kind} {plugin.name}" for plugin in registry.plugins())
        self.epilog = f"Plug-ins: {offered}" if offered else None
        return super().get_help(ctx)


class Group(TyperGroup):
    """Take what is no command and looks like an input, or like an option of ``run``, for a run."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and self._means_run(args[0]):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def _means_run(self, first: str) -> bool:
        if first in self.commands or first.partition("=")[0] in _OWN:
            return False
        if first.startswith("-"):
            return first not in ("-", "--")
        return is_input(first) and not difflib.get_close_matches(first, self.commands, n=1, cutoff=0.75)


def is_input(text: str) -> bool:
    """Whether a word can be an input of a run rather than a command that is spelt wrong."""
    return bool(_MARKS.search(text) or _ID.fullmatch(text)) or os.path.exists(text)  # noqa: PTH110 (any text)
