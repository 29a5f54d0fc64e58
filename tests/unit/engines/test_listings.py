"""Lists of models, as servers write them."""

import pytest

from vidgist.engines import _listings

OPENAI = {
    "object": "list",
    "data": [{"id": "text-embedding-3-small"}, {"id": "gpt-5.4-mini"}, {"id": "tts-1"}],
}
OLLAMA = {
    "models": [
        {"name": "nomic-embed-text:latest", "model": "nomic-embed-text:latest"},
        {"name": "qwen3:latest"},
    ]
}
TOGETHER = [
    {"id": "BAAI/bge-large-en", "type": "embedding"},
    {"id": "meta/Llama-3-8b", "type": "chat", "context_length": 8192},
]
MISTRAL = {
    "data": [
        {"id": "mistral-ocr", "capabilities": {"completion_chat": False}},
        {"id": "mistral-small", "max_context_length": 32_768},
    ]
}
LMSTUDIO = {
    "data": [
        {"id": "e5", "type": "embeddings"},
        {"id": "qwen", "type": "llm", "loaded_context_length": 4096, "max_context_length": 40_960},
    ]
}
LLAMACPP = {"models": [{"name": "x.gguf", "capabilities": ["completion"]}], "data": [{"id": "x.gguf"}]}
GEMINI = {
    "data": [{"id": "models/embedding-001"}, {"id": "models/gemini-2.5-flash"}, {"id": "models/imagen-4"}]
}


@pytest.mark.parametrize(
    ("answer", "able"),
    [
        (OPENAI, ["gpt-5.4-mini"]),
        (OLLAMA, ["qwen3:latest"]),
        (TOGETHER, ["meta/Llama-3-8b"]),
        (MISTRAL, ["mistral-small"]),
        (LMSTUDIO, ["qwen"]),
        (LLAMACPP, ["x.gguf"]),
        (GEMINI, ["models/gemini-2.5-flash"]),
        (
            {
                "data": [
                    {"id": "granite-embedding"},
                    {"id": "bge-m3"},
                    {"id": "all-minilm"},
                    {"id": "whisper-1"},
                ]
            },
            [],
        ),
        ({"models": [{"name": "mxbai", "capabilities": ["embedding"]}]}, []),
        ({"data": [None, 3, {}, {"id": 4}, {"id": ""}]}, []),
        ({"data": []}, []),
    ],
)
def test_only_what_can_chat_is_chosen_from(answer: object, able: list[str]) -> None:
    rows = _listings.rows(answer)
    assert rows is not None
    assert _listings.chatting(rows) == able


@pytest.mark.parametrize("answer", [{}, "text", None, {"data": {"id": "x"}}, {"error": "x"}])
def test_what_is_no_list(answer: object) -> None:
    assert _listings.rows(answer) is None


@pytest.mark.parametrize(
    ("answer", "name", "found"),
    [
        (GEMINI, "gemini-2.5-flash", True),
        (OLLAMA, "qwen3", True),
        (OLLAMA, "qwen3:8b", False),
        (OPENAI, "GPT-5.4-mini", True),
        (OPENAI, "gpt-5.4", False),
    ],
)
def test_a_model_is_found_under_each_servers_way_to_write_it(answer: object, name: str, found: bool) -> None:
    assert (_listings.find(_listings.rows(answer) or [], name) is not None) is found


@pytest.mark.parametrize(
    ("name", "near"),
    [("gpt-5.4", ["gpt-5.4-mini"]), ("gpt5.4-mini", ["gpt-5.4-mini"]), ("zzz", []), ("", [])],
)
def test_the_nearest_names_are_offered(name: str, near: list[str]) -> None:
    assert _listings.nearest(_listings.rows(OPENAI) or [], name) == near


@pytest.mark.parametrize(
    ("row", "window"),
    [
        ({"max_model_len": 32_768}, 32_768),
        ({"context_window": 131_072}, 131_072),
        ({"loaded_context_length": 4_096, "max_context_length": 40_960}, 4_096),
        ({"context_length": None}, 0),
        ({"context_length": "8192"}, 0),
        ({}, 0),
    ],
)
def test_a_row_may_say_its_window(row: dict[object, object], window: int) -> None:
    assert _listings.window(row) == window
