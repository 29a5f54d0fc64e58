"""faster-whisper as the door to it sees it: what it is asked, and what it answers. Nothing is heard.

The fixture ``whisper`` stands in its place, whether it is installed or not; ``tests/e2e/test_speech.py`` runs
the real one.
"""

import sys
import threading
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

__all__ = ["Cue", "Told", "Whisper", "speech_model", "whisper"]

MODEL_FILES = ("config.json", "model.bin", "tokenizer.json")


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Told:
    language: str


class FFmpegError(Exception):
    """What PyAV raises for a file that it cannot open; it is a class of its own there too."""


@dataclass
class Whisper:
    """``recordings`` are the files heard, by what they held; ``at_once`` the most that were heard together."""

    cues: list[Cue] = field(
        default_factory=lambda: [Cue(0.0, 2.5, " Dough rests."), Cue(2.5, 4.0, " It grows.")]
    )
    language: str = "en"
    languages: tuple[str, ...] = ("en", "de", "ja")
    cached: dict[str, Path] = field(default_factory=dict)
    error: Exception | None = None
    broken: Exception | None = None
    loaded: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    recordings: list[bytes] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    asked: list[dict[str, object]] = field(default_factory=list)
    at_once: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _now: int = 0

    def load(self, folder: str, **named: object) -> "Whisper":
        if self.broken:
            raise self.broken
        self.loaded.append((folder, named))
        return self

    @property
    def supported_languages(self) -> list[str]:
        return list(self.languages)

    def transcribe(self, recording: str, **named: object) -> tuple[Any, Told]:
        with self._guard:
            self._now += 1
            self.at_once = max(self.at_once, self._now)
        self.paths.append(Path(recording))
        self.recordings.append(Path(recording).read_bytes())
        self.asked.append(named)
        if self.error:
            self._now -= 1
            raise self.error
        return self._hear(), Told(self.language)

    def _hear(self) -> Any:
        """As the real one, it listens while its answer is read."""
        yield from self.cues
        with self._guard:
            self._now -= 1

    def find(self, name: str, *, local_files_only: bool) -> str:
        assert local_files_only, "a download"
        if name not in KNOWN and "/" not in name:
            raise ValueError(f"Invalid model size {name!r}")
        if name not in self.cached:
            raise FileNotFoundError("no snapshot")
        return str(self.cached[name])


KNOWN = ("tiny", "small")


@pytest.fixture
def whisper(monkeypatch: pytest.MonkeyPatch) -> Whisper:
    """In place of the libraries, whoever imports them."""
    double = Whisper()
    library = ModuleType("faster_whisper")
    library.__spec__ = ModuleSpec("faster_whisper", None)
    library.WhisperModel = double.load  # type: ignore[attr-defined]
    library.download_model = double.find  # type: ignore[attr-defined]
    library.available_models = lambda: list(KNOWN)  # type: ignore[attr-defined]
    errors = ModuleType("av.error")
    errors.FFmpegError = FFmpegError  # type: ignore[attr-defined]
    for name, module in (("faster_whisper", library), ("av", ModuleType("av")), ("av.error", errors)):
        monkeypatch.setitem(sys.modules, name, module)
    return double


@pytest.fixture
def speech_model(tmp_path: Path) -> Path:
    """A folder that looks like a converted model."""
    folder = tmp_path / "models" / "tiny"
    folder.mkdir(parents=True)
    for name in MODEL_FILES:
        (folder / name).write_text(name)
    return folder
