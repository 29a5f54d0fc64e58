"""A marked block in the person's crontab. Format: crontab(5)."""

import re
from collections.abc import Sequence

from vidgist.commands.schedule.values import Place, Plan, When, command, shell

END = "# END vidgist"


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    line = f"{expression(at)} {shell(command(arguments, place), place)}"
    escaped = line.replace("%", "\\%")  # cron would start a new line at a bare one, also inside quotes
    return Plan(
        kind="cron",
        block=f"{_begin(place)}\n{escaped}\n{END}\n",
        notes=(
            f"A key goes into {place.variables} as OPENAI_API_KEY=..., readable by you alone (chmod 600).",
            "cron does not catch up on a night that the machine slept through.",
        ),
    )


def expression(at: When) -> str:
    """Write minute, hour and weekdays in cron's five fields."""
    days = ",".join(str((day + 1) % 7) for day in at.days) or "*"
    return f"{at.minute} {at.hour} * * {days}"


def merged(crontab: str, block: str, *, keep: bool) -> str:
    """Return the crontab with its block that begins like ``block`` replaced or,
    unless ``keep``, taken out.
    """
    begin = re.escape(block.partition(" (")[0])
    old = re.compile(rf"^{begin} \([^\n]*\n.*?^{re.escape(END)}\n?", re.MULTILINE | re.DOTALL)
    rest = old.sub("", crontab)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return rest + (block if keep else "")


def _begin(place: Place) -> str:
    return f"# BEGIN {place.unit} (`vidgist schedule remove {place.name}` takes this block away)"
