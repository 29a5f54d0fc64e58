"""A task for the Task Scheduler of Windows. Format: Task Scheduler XML schema, version 1.2."""

from collections.abc import Sequence
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from vidgist.commands.schedule.values import DAYS, File, Place, Plan, When, command, printable


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    first, *rest = command(arguments, place)
    # The date only says since when.
    task = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Notes of new videos ({place.unit})</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{at.hour:02}:{at.minute:02}:00</StartBoundary>
      <RandomDelay>PT30M</RandomDelay>
      {_days(at)}
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT6H</ExecutionTimeLimit>
    <Priority>8</Priority>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(first)}</Command>
      <Arguments>{escape(list2cmdline(rest))}</Arguments>
      <WorkingDirectory>{escape(printable(place.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    path = place.variables.parent / f"{place.unit}.xml"
    return Plan(
        kind="windows",
        files=(File(path, task, "utf-16"),),
        start=(("schtasks", "/Create", "/TN", place.unit, "/XML", str(path), "/F"),),
        stop=(("schtasks", "/Delete", "/TN", place.unit, "/F"),),
        by_hand=True,
        notes=(
            _when(at),
            f"When it runs next: schtasks /Query /TN {place.unit} /V /FO LIST; what it did: vidgist status.",
            "A key goes into your own environment variables: setx OPENAI_API_KEY ...",
        ),
    )


def _when(at: When) -> str:
    days = ", ".join(DAYS[day] for day in at.days) or "every day"
    return (
        f"It runs at {at.hour:02}:{at.minute:02} {days}, up to half an hour later, while you are logged on; "
        "where the machine was off or asleep then, as soon as it is on."
    )


def _days(at: When) -> str:
    if not at.days:
        return "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    days = "".join(f"<{DAYS[day]} />" for day in at.days)
    return f"<ScheduleByWeek><DaysOfWeek>{days}</DaysOfWeek><WeeksInterval>1</WeeksInterval></ScheduleByWeek>"
