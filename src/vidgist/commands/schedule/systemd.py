"""A systemd user service and its timer. Format: systemd.service(5), systemd.timer(5), systemd.syntax(7)."""

from collections.abc import Sequence

from vidgist.commands.schedule.values import DAYS, File, Place, Plan, When, command, printable


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    words = command(arguments, place)
    if any(
        mark in place.executable for mark in "\"'\\"
    ):  # systemd refuses such a program, and takes such arguments
        words = ("/bin/sh", "-c", 'exec "$0" "$@"', *words)
    # The colon switches the replacing of $NAME off.
    line = " ".join(_quote(word) for word in (f":{words[0]}", *words[1:]))
    service = f"""\
# Written by `vidgist schedule install`; `vidgist schedule remove {place.name}` takes it away.
[Unit]
Description=Notes of new videos ({place.unit})

[Service]
Type=oneshot
ExecStart={line}
WorkingDirectory={_path(printable(place.folder))}
EnvironmentFile=-{_path(printable(place.variables))}
# 1 says that some videos could not be done: their records say why, and the run itself was good.
SuccessExitStatus=1
TimeoutStartSec=6h
Nice=10
NoNewPrivileges=true
"""
    days = ",".join(DAYS[day][:3] for day in at.days)
    timer = f"""\
# Written by `vidgist schedule install`; `vidgist schedule remove {place.name}` takes it away.
[Unit]
Description=Nightly notes of new videos ({place.unit})

[Timer]
OnCalendar={days}{" " if days else ""}*-*-* {at.hour:02}:{at.minute:02}:00
# A machine that slept at that time catches up when it wakes.
Persistent=true
RandomizedDelaySec=30m

[Install]
WantedBy=timers.target
"""
    folder = place.configuration / "systemd" / "user"
    systemctl = ("systemctl", "--user")
    return Plan(
        kind="systemd",
        files=(File(folder / f"{place.unit}.service", service), File(folder / f"{place.unit}.timer", timer)),
        start=((*systemctl, "daemon-reload"), (*systemctl, "enable", "--now", f"{place.unit}.timer")),
        stop=((*systemctl, "disable", "--now", f"{place.unit}.timer"),),
        cleared=((*systemctl, "daemon-reload"),),
        notes=(
            f"A key goes into {place.variables} as OPENAI_API_KEY=..., readable by you alone (chmod 600).",
            "Without `loginctl enable-linger` the timer stands still while you are logged out.",
            f"What it did: journalctl --user -u {place.unit}.service, and vidgist status.",
        ),
    )


def _quote(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_path(escaped)}"'


def _path(text: str) -> str:
    return text.replace("%", "%%")
