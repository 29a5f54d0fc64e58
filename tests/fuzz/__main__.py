"""Runs the fuzzer on the readers of one group: ``python -m tests.fuzz GROUP FOLDER [libFuzzer options]``.

The first byte of an input chooses the reader, the rest is what it reads. Finds are kept in FOLDER.
"""

import importlib
import sys
import tempfile
from pathlib import Path

atheris = importlib.import_module("atheris")
with atheris.instrument_imports(include=["vidgist", "tomllib"]):
    from tests.faults.readers import READERS, attempt


def main() -> None:
    group, corpus, *options = sys.argv[1:]
    names = [name for name, reader in READERS.items() if reader.group == group]
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))

    def one(data: bytes) -> None:
        if data:
            attempt(names[data[0] % len(names)], data[1:], folder)

    atheris.Setup([sys.argv[0], corpus, *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
