"""Files on a disk that tells no case apart, and names that Windows keeps for itself: simulated, so tried everywhere."""

import pytest

from vidgist.run.note_files import Forgetful, NoteFiles
from vidgist.text import filenames


class BlindDisk:
    """A destination in memory whose names differ by more than case, as on macOS and Windows."""

    keeps = True
    key = "/notes"
    root = ""

    def __init__(self, **files: bytes) -> None:
        self.files = {f"{name}.txt".casefold(): data for name, data in files.items()}

    def read(self, name: str) -> bytes | None:
        return self.files.get(name.casefold())

    def old(self, name: str) -> str:
        return (self.read(name) or b"").decode()

    def stamp(self, name: str) -> str:
        return str(self.read(name)) if self.holds(name) else ""

    def is_at(self, folder: str) -> bool:
        return folder == self.key

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:
        assert not (new and self.holds(name))
        self.files[name.casefold()] = content if isinstance(content, bytes) else content.encode()
        return name

    def is_locked(self, name: str) -> bool:
        return False

    def holds(self, name: str) -> bool:
        return name.casefold() in self.files

    def own(self, identity: str) -> str:
        return identity

    def drop(self, name: str) -> None:
        del self.files[name.casefold()]


@pytest.mark.parametrize("name", ["Talk.txt", "TALK.txt", "talk.txt", "tALK.TXT"])
def test_anothers_file_stays_whatever_its_case(name: str) -> None:
    disk = BlindDisk(talk=b"mine")
    files = NoteFiles(disk, Forgetful(), disk.key)
    assert not files.is_free(name, "ours")
    put, told = files.put_beside(name, lambda _: "ours")
    assert disk.read("talk.txt") == b"mine"
    assert disk.read("Talk-2.txt") == b"ours"
    assert put.casefold() == "talk-2.txt"
    assert "is there already" in told


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "CON",
        "Con.txt",
        "nul.tar.gz",
        "AUX ",
        "com1",
        "COM9.x",
        "lpt0",
        "LPT²",
        "com¹.a",
        " prn",
        ".con",
    ],
)
def test_no_name_is_one_that_windows_keeps(name: str) -> None:
    made = filenames.stem(name, "")
    assert made.split(".")[0].strip().casefold() not in filenames._RESERVED
    assert not made.endswith((".", " "))
    assert not set(made) & set('<>:"/\\|?*')
