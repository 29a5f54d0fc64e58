"""The other end of `workers`: a process that summarizes the talks it is given, one a line."""

import json
import signal
import sys

from vidgist.models import Transcript, Video
from vidgist.offline.engine import summary_of


def serve() -> None:
    """Answer each line of standard input until it ends; an empty answer where a talk cannot be done here."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            video, transcript = json.loads(line)
            made, code = summary_of(Video.model_validate(video), Transcript.model_validate(transcript))
            answer = json.dumps([made.model_dump(mode="json"), code])
        except Exception:  # noqa: BLE001
            answer = "null"
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
