"""Files put in their place on systems that refuse for a while, or name long paths otherwise."""

from pathlib import Path

import pytest

from vidgist.run import unfinished


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A Windows on which the target is held for so many tries; the number left."""
    left = [0]
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "held by another program")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(unfinished, "HELD_WAITS", (0.0, 0.0, 0.0))
    monkeypatch.setattr(unfinished, "IS_WINDOWS", True)
    return left


def test_a_target_that_is_held_is_replaced_once_it_is_free(tmp_path: Path, held: list[int]) -> None:
    part, target = tmp_path / "part", tmp_path / "note.txt"
    part.write_text("new")
    target.write_text("old")
    held[0] = 3
    unfinished.put(part, target)
    assert (target.read_text(), held, part.exists()) == ("new", [0], False)


def test_one_that_is_held_for_long_is_told_of(tmp_path: Path, held: list[int]) -> None:
    (tmp_path / "part").write_text("new")
    held[0] = 4
    with pytest.raises(PermissionError):
        unfinished.put(tmp_path / "part", tmp_path / "note.txt")


def test_other_systems_try_once(tmp_path: Path, held: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "IS_WINDOWS", False)
    (tmp_path / "part").write_text("new")
    held[0] = 1
    with pytest.raises(PermissionError):
        unfinished.put(tmp_path / "part", tmp_path / "note.txt")


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        (r"C:\Users\x\notes", r"\\?\C:\Users\x\notes"),
        (r"\\server\share\notes", r"\\?\UNC\server\share\notes"),
        (r"\\?\C:\notes", r"\\?\C:\notes"),
    ],
)
def test_windows_takes_a_path_of_any_length(path: str, reached: str) -> None:
    assert str(unfinished.reachable(Path(path), windows=True)) == reached
    assert unfinished.reachable(Path(path), windows=False) == Path(path)
