"""Speech to text on this machine, for recordings without captions. The one door to faster-whisper.

A model is never downloaded here: it is a folder, or one that lies in the cache already. It is loaded when
something has to be heard, and hears one recording at a time, with every core.
"""

import hashlib
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vidgist.config import Settings, at_home
from vidgist.errors import ConfigError, NoTranscript, RunError, Unreadable, from_checkout
from vidgist.models import Segment, Transcript
from vidgist.text import transcript

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without the last one the library would fetch it from the network."""


FETCHING = """python -c 'import faster_whisper; faster_whisper.download_model("{name}")'"""
"""The command that puts a model into the cache."""


def identity(settings: Settings) -> str:
    """Return the name of the speech model as people see it: ``whisper:small``; empty without one.

    A folder is named with eight hexadecimal digits that distinguish its model from another of that name.
    """
    if not settings.transcribe:
        return ""
    folder = at_home(settings.asr_model)
    if not folder.is_dir():
        return f"whisper:{settings.asr_model}"
    facts = [path.name + str(path.stat().st_size) for path in sorted(folder.iterdir()) if path.is_file()]
    return f"whisper:{folder.name}-{hashlib.sha256(repr(facts).encode()).hexdigest()[:8]}"


def create(settings: Settings) -> "Listener | None":
    """Return the speech model of these settings, if any; nothing is loaded yet.

    Raises `ConfigError` where the extra or the model is not on this machine.
    """
    if not settings.transcribe:
        return None
    if find_spec("faster_whisper") is None:
        raise ConfigError(
            "--transcribe needs the extra asr, which is not installed", hint=from_checkout("asr")
        )
    return Listener(_folder(settings.asr_model), identity(settings))


class Listener:
    """Several threads may call one; they wait for each other."""

    def __init__(self, folder: Path, model: str) -> None:
        self.model = model
        self._folder = folder
        self._guard = threading.Lock()
        self._whisper: Any = None

    def hear(self, recording: Path, language: str = "") -> Transcript:
        """Return the words of an audio or video file, with times in seconds.

        ``language`` is a BCP 47 code where it is known. Raises `Unreadable` (bad_sound) for what cannot be
        played, `NoTranscript` (no_speech) where there is no speech, `RunError` (speech_model) where the model
        does not load.
        """
        from av.error import FFmpegError

        with self._guard:
            whisper = self._loaded()
            code = language.partition("-")[0].lower()
            try:
                heard, info = whisper.transcribe(
                    str(recording),
                    language=code if code in whisper.supported_languages else None,
                    vad_filter=True,  # in silence the model makes words up
                    condition_on_previous_text=False,  # what it made up once would be repeated
                )
            except (FFmpegError, IndexError, ValueError) as error:
                raise Unreadable("its sound cannot be played", code="bad_sound") from error
            cues = [Segment(start=one.start, duration=one.end - one.start, text=one.text) for one in heard]
        words = transcript.clean(cues)
        if not transcript.speaks(words):
            raise NoTranscript("no speech was heard in it", code="no_speech")
        return Transcript(segments=words, language=info.language, generated=True, heard_by=self.model)

    def _loaded(self) -> Any:  # noqa: ANN401 (the library is imported late)
        if self._whisper is None:
            from faster_whisper import WhisperModel

            try:
                self._whisper = WhisperModel(str(self._folder), compute_type="auto", local_files_only=True)
            except (RuntimeError, ValueError, OSError) as error:
                raise RunError(
                    f"the speech model in {self._folder} does not load: {error}",
                    code="speech_model",
                    hint="name another with --asr-model; then run the same command again",
                ) from error
        return self._whisper


def _folder(name: str) -> Path:
    """Return where a model lies: the folder named, or the cache's folder of that model."""
    folder = at_home(name)
    if not folder.is_dir():
        folder = _cached(name)
    missing = [file for file in _NEEDED if not (folder / file).is_file()]
    if missing:
        raise ConfigError(
            f"--asr-model: no speech model is in {folder}: {', '.join(missing)} missing",
            hint="name the folder of a Whisper model that was converted for faster-whisper",
        )
    return folder


def _cached(name: str) -> Path:
    from faster_whisper import available_models, download_model

    try:
        return Path(download_model(name, local_files_only=True))
    except ValueError as error:
        raise ConfigError(
            f"--asr-model: {name!r} is neither a folder nor a known speech model",
            hint=f"known are {', '.join(available_models())}",
        ) from error
    except OSError as error:
        raise ConfigError(
            f"the speech model {name!r} is not on this machine, and vidgist downloads none",
            hint=f"get it once: {FETCHING.format(name=name)}; or name a folder with --asr-model",
        ) from error
