"""A LaunchAgent of macOS. Format: launchd.plist(5)."""

import plistlib
from collections.abc import Sequence

from vidgist.commands.schedule.values import File, Place, Plan, When, command, printable

LABEL = "org.vidgist"

_START = 'if [ -r "$0" ]; then set -a; . "$0"; set +a; fi; exec "$@"'


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    label = f"{LABEL}.{place.name}"
    log = str(place.home / "Library" / "Logs" / f"{place.unit}.log")
    time = {"Hour": at.hour, "Minute": at.minute}
    agent: dict[str, object] = {
        "Label": label,
        "ProgramArguments": ["/bin/sh", "-c", _START, str(place.variables), *command(arguments, place)],
        "WorkingDirectory": printable(place.folder),
        "StartCalendarInterval": [{**time, "Weekday": (day + 1) % 7} for day in at.days] or time,
        "Nice": 10,
        "ProcessType": "Background",
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    path = place.home / "Library" / "LaunchAgents" / f"{label}.plist"
    domain = f"gui/{place.user}"
    return Plan(
        kind="launchd",
        files=(File(path, plistlib.dumps(agent, sort_keys=False).decode()),),
        start=(("launchctl", "bootstrap", domain, str(path)),),
        stop=(("launchctl", "bootout", f"{domain}/{label}"),),
        notes=(
            f"A key goes into {place.variables} as OPENAI_API_KEY=..., readable by you alone (chmod 600).",
            f"What it did: {log}, and vidgist status.",
        ),
    )
