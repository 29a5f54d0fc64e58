"""What the doctor finds: the model's server, the key, the window, the proxy, the site; and which of it is bad."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from vidgist.commands import doctor, doctor_model
from vidgist.commands.findings import Finding
from vidgist.config import Settings
from vidgist.engines import _local_servers
from vidgist.errors import Blocked, Unreachable, VidgistError
from vidgist.models import Item
from vidgist.sources import youtube
from vidgist.store import Job, Store

Found = dict[str, Finding]


@pytest.fixture(autouse=True)
def _site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(youtube, "look", lambda *_: None)


def examined(*wanted: str, **settings: object) -> Found:
    return {found.subject: found for found in doctor.examine(Settings.model_validate(settings), wanted)}


def test_a_server_that_has_the_model_is_good(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    llm.models, llm.api_key = ("double", "text-embedding-3-small"), "sk-right"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-right")
    found = examined(model="openai:double", base_url=llm.base_url)
    assert found["server"].good is True
    assert found["key"] == Finding(True, "key", "accepted")
    assert found["model there"].good is True
    assert "16,384" in found["window"].text
    assert not llm.chats, "nothing is paid for"
    assert not any(one.good is False for one in found.values())


def test_a_list_that_anyone_gets_proves_no_key(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-any")
    monkeypatch.setattr(llm, "_authorize", lambda _: None)
    found = examined(model="openai:double", base_url=llm.base_url)
    assert found["key"].good is None
    assert "not known" in found["key"].text


def test_a_wrong_key_is_bad_though_anyone_gets_the_list(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    llm.listing, llm.api_key = "open", "sk-right"
    monkeypatch.setenv("MISTRAL_API_KEY", "sk-wrong")
    found = examined(model="mistral:double", base_url=llm.base_url)
    assert found["key"].good is False
    assert "MISTRAL_API_KEY" in found["key"].text
    assert all(not seen.body for seen in llm.chats), "nothing is paid for"


def test_a_server_without_a_list_may_be_good(llm: Llm) -> None:
    llm.listing = "none"
    found = examined(model="vllm:double", base_url=llm.base_url)
    assert found["server"].good is None
    assert not any(one.good is False for one in found.values())
    found = examined(model="vllm:double", base_url=f"{llm.base_url}/elsewhere")
    assert found["server"].good is False
    assert "--base-url" in found["server"].text


def test_a_server_that_loads_its_model_is_waited_for_by_a_run(llm: Llm) -> None:
    llm.loading = 99
    found = examined(model="vllm:double", base_url=llm.base_url)
    assert found["server"] == Finding(
        None, "server", f"127.0.0.1:{llm.port}: Loading model; a run waits for it, up to --timeout"
    )


def test_a_server_that_never_answers_is_bad(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_model, "SECONDS", 0.2)
    llm.listing = "silent"
    found = examined(model="vllm:double", base_url=llm.base_url)
    assert found["server"].good is False
    assert "no answer within 0.2 s; is the server running" in found["server"].text


def test_a_wrong_key_and_a_model_that_is_not_there_are_bad(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    llm.models, llm.api_key = ("gpt-5.4-mini",), "sk-right"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
    found = examined(model="openai:gpt-5.4-mini", base_url=llm.base_url)
    assert found["key"].good is False
    assert "OPENAI_API_KEY" in found["key"].text
    monkeypatch.setenv("OPENAI_API_KEY", "sk-right")
    found = examined(model="openai:gpt-5.4", base_url=llm.base_url)
    assert found["model there"].good is False
    assert "gpt-5.4-mini" in found["model there"].text


def test_a_model_that_cannot_chat_is_bad(llm: Llm) -> None:
    llm.models = ("nomic-embed-text", "double")
    assert examined(model="vllm:nomic-embed-text", base_url=llm.base_url)["model there"].good is False


def test_a_base_url_without_its_path_is_mended(llm: Llm) -> None:
    llm.models = ("double",)
    found = examined(model="vllm:double", base_url=llm.base_url.removesuffix("/v1"))
    assert found["model there"].good is True


def test_where_no_server_answers_it_says_so(free_port: int) -> None:
    found = examined(model="vllm:double", base_url=f"http://127.0.0.1:{free_port}/v1")
    assert found["server"].good is False
    assert "--base-url" in found["server"].text


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_several_keys_ask_for_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("MISTRAL_API_KEY", "k")
    found = examined()
    assert found["model"].good is False
    assert "--model" in found["model"].text


def test_a_server_on_this_machine_is_offered(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    llm.listed = ("nomic-embed-text", "qwen3")
    monkeypatch.setattr(llm, "_authorize", lambda _: None)
    monkeypatch.setenv("LITELLM_BASE_URL", llm.base_url)
    found = examined()
    assert found["model"].good is None
    assert found["server"].text.endswith("--model litellm:qwen3")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unreachable("www.youtube.com cannot be reached"), "cannot be reached"),
        (Blocked("YouTube turns this address away"), "turns this address away"),
    ],
)
def test_a_site_that_does_not_answer_is_bad_where_the_next_run_goes_there(
    monkeypatch: pytest.MonkeyPatch, error: VidgistError, said: str, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(youtube, "look", fail)
    (tmp_path / "talk.txt").write_text("Words.", encoding="utf-8")
    wanted = {
        "https://youtu.be/WDsAhkFsKfE": False,
        str(tmp_path / "talk.txt"): None,
        "ytsearch5:kettles": False,
        "https://example.com/feed.xml": None,
    }
    for text, good in wanted.items():
        found = examined(text, model="offline:")
        assert found["YouTube"].good is good, text
        assert said in found["YouTube"].text
    assert examined(*wanted, model="offline:")["YouTube"].good is False


@pytest.mark.parametrize(("source", "good"), [("youtube", False), ("local", None), ("", None)])
def test_without_inputs_the_next_run_is_taken_for_one_as_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, good: bool | None
) -> None:
    def fail(*_: object) -> None:
        raise Unreachable("www.youtube.com cannot be reached")

    monkeypatch.setattr(youtube, "look", fail)
    if source:
        with closing(Store(tmp_path / "state")) as store:
            item = Item(source=source, id="a", name="a", url="a", origin="argument 1")
            job = Job(item=item, recipe="", status="done", title="A", run="1")
            store.jobs.save(str(tmp_path / "notes"), job)
    found = examined(model="offline:", state=tmp_path / "state", output=str(tmp_path / "notes"))
    assert found["YouTube"].good is good


def test_an_input_that_is_none_is_bad() -> None:
    found = examined("nothing/of/the/kind.txt", model="offline:")
    assert found["input"].good is False
    assert "nothing/of/the/kind.txt" in found["input"].text


def test_without_the_network_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(youtube, "look", fail)
    monkeypatch.setattr(_local_servers, "answering", fail)
    for model in ("", "openai:x", "offline:"):
        assert list(doctor.examine(Settings(model=model), network=False))
