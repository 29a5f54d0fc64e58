"""A marked block in the person's crontab. Format: crontab(5)."""

import re
from collections.abc import Sequence

from vidgist.schedule.values import Place, Plan, When, command, shell

BEGIN = "# BEGIN vidgist (`vidgist schedule remove` takes this block away)"
END = "# END vidgist"

_BLOCK = re.compile(rf"^{re.escape(BEGIN)}\n.*?^{re.escape(END)}\n?", re.MULTILINE | re.DOTALL)


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    line = f"{expression(at)} {shell(command(arguments, place), place)}"
    escaped = line.replace("%", "\\%")  # cron would start a new line at a bare one, whatever the quotes
    return Plan(
        kind="cron",
        block=f"{BEGIN}\n{escaped}\n{END}\n",
        notes=(
            f"A key goes into {place.variables} as OPENAI_API_KEY=..., readable by you alone (chmod 600).",
            "cron does not catch up on a night that the machine slept through.",
        ),
    )


def expression(at: When) -> str:
    """Minute, hour and weekdays in cron's five fields."""
    days = ",".join(str((day + 1) % 7) for day in at.days) or "*"
    return f"{at.minute} {at.hour} * * {days}"


def merged(crontab: str, block: str) -> str:
    """The crontab with its vidgist block replaced by ``block`` or, where that is empty, without one."""
    rest = _BLOCK.sub("", crontab)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return rest + block
