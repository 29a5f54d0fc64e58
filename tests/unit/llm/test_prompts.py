"""Prompt files: what is taken, what is refused and at which line, who shadows whom."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist import config
from vidgist.config import trust
from vidgist.errors import PromptError
from vidgist.llm import prompts

HEAD = '+++\nname = "mine"\nversion = "1"\ndescription = "d"\noutput = "summary"\n+++\n'
GOOD = f"{HEAD}# System\nBe brief.\n\n# User\nTitle: {{{{title}}}}\n{{{{transcript}}}}\n"
VALUES = dict.fromkeys(prompts.VARIABLES, "") | {"title": "A", "transcript": "words"}


def test_a_prompt_is_read() -> None:
    prompt = prompts.parse(GOOD, "mine.md")
    assert prompt.signature == "mine@1"
    assert (prompt.system, prompt.user) == ("Be brief.", "Title: {{title}}\n{{transcript}}")
    assert (prompt.temperature, prompt.max_output_tokens) == (None, 4_000)


def test_a_filled_prompt_is_two_messages() -> None:
    system, user = prompts.parse(GOOD, "").fill(VALUES)
    assert (system.role, system.content) == ("system", "Be brief.")
    assert (user.role, user.content) == ("user", "Title: A\nwords")


def test_an_empty_system_part_is_not_sent() -> None:
    prompt = prompts.parse(GOOD.replace("Be brief.", ""), "")
    assert [message.role for message in prompt.fill(VALUES)] == ["user"]


@given(st.text())
def test_what_is_filled_in_is_never_filled_again(spoken: str) -> None:
    hostile = f"{spoken}{{{{title}}}}{spoken}"
    assert prompts.parse(GOOD, "").fill(VALUES | {"transcript": hostile})[1].content == f"Title: A\n{hostile}"


def test_spaces_inside_the_braces_are_of_no_account() -> None:
    prompt = prompts.parse(GOOD.replace("{{transcript}}", "{{ transcript }}"), "")
    assert prompt.fill(VALUES)[1].content.endswith("words")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("", "mine.md:1: a prompt begins with a line +++"),
        ("+++\nname = 1", "no second line +++"),
        (HEAD, "a line '# System' and below it a line '# User'"),
        (f"{HEAD}# User\n{{{{transcript}}}}\n# System\n", "a line '# System' and below it"),
        (f"{HEAD}stray\n# System\n# User\n{{{{transcript}}}}", "mine.md:7: text between"),
        (f"{HEAD}# System\n# User\nhello", "holds no {{transcript}}"),
        (GOOD.replace("{{title}}", "{{titel}}"), "mine.md:11: unknown variable {{titel}}"),
        (GOOD.replace("brief.", "brief {{}}"), "mine.md:8: unknown variable {{}}"),
        (GOOD.replace("brief.", "brief {{transcript}}"), "mine.md:8: {{transcript}} belongs below"),
        (GOOD.replace('"d"', "d"), "at line 4"),
        (GOOD.replace("description", "describtion"), "description: Field required"),
        (GOOD.replace("+++\n#", 'color = "red"\n+++\n#'), "color: Extra inputs"),
        (GOOD.replace('"summary"', '"notes?"'), "output: Input should be"),
        (GOOD.replace('"mine"', '"../mine"'), "name: String should match"),
        (GOOD.replace("+++\n#", "temperature = 3\n+++\n#"), "temperature: "),
        (GOOD.replace("+++\n#", "max_output_tokens = 0\n+++\n#"), "max_output_tokens: "),
    ],
)
def test_a_broken_prompt_is_refused_with_its_place(broken: str, message: str) -> None:
    with pytest.raises(PromptError) as caught:
        prompts.parse(broken, "mine.md")
    assert message in str(caught.value)


def test_an_unknown_variable_comes_with_those_that_are_known() -> None:
    with pytest.raises(PromptError) as caught:
        prompts.parse(GOOD.replace("{{title}}", "{{name}}"), "")
    assert "title, channel, duration" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (GOOD.encode().replace(b"brief", b"br\0ief"), ":8: holds a NUL character"),
        (GOOD.encode().replace(b"brief", b"br\xff"), "not UTF-8"),
        (GOOD.encode() + b"x" * prompts.LARGEST, "larger than 100,000 bytes"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    with pytest.raises(PromptError, match=message):
        prompts.read(path)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "windows.md"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert prompts.read(path) == prompts.parse(GOOD, "")


@pytest.mark.parametrize("wanted", ["nowhere.md", "some/where", ".", "\\x"])
def test_a_path_to_no_file_is_refused(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(PromptError):
        prompts.find(wanted, tmp_path)


def test_a_folder_is_no_prompt(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(PromptError, match="no such prompt file"):
        prompts.read(tmp_path / "folder.md")


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.md").write_text(GOOD)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PromptError, match="Permission denied"):
        prompts.read(tmp_path / "mine.md")


def _own(folder: Path, name: str, system: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(GOOD.replace("Be brief.", system))


def test_a_path_goes_before_a_name_a_trusted_project_before_a_user_and_both_before_what_ships(
    tmp_path: Path,
) -> None:
    assert prompts.find("summary", tmp_path).system.startswith("You turn")
    _own(prompts.user_folder(), "summary", "user's")
    assert prompts.find("summary", tmp_path).system == "user's"
    _own(tmp_path / "vidgist" / "prompts", "summary", "project's")
    assert prompts.find("summary", tmp_path).system == "user's"
    assert prompts.shadowed(tmp_path) == ("summary",)
    trust.trust(tmp_path)
    assert prompts.find("summary", tmp_path).system == "project's"
    assert prompts.shadowed(tmp_path) == ()
    _own(tmp_path / "vidgist" / "prompts", "other", "changes what was trusted")
    assert prompts.find("summary", tmp_path).system == "user's"
    _own(tmp_path, "summary", "path's")
    assert prompts.find("summary.md", tmp_path).system == "path's"
    assert prompts.find(str(tmp_path / "summary.md")).system == "path's"


def test_a_name_that_is_none_comes_with_close_ones(tmp_path: Path) -> None:
    with pytest.raises(PromptError) as caught:
        prompts.find("sumary", tmp_path)
    assert str(caught.value) == "no prompt is called 'sumary'"
    assert "summary" in caught.value.hint


def test_a_name_far_from_all_comes_with_all(tmp_path: Path) -> None:
    with pytest.raises(PromptError) as caught:
        prompts.find("zzz", tmp_path)
    assert caught.value.hint == "there are: brief, lecture, meeting, plain, podcast, summary"


def test_the_notes_prompt_is_for_parts_alone(tmp_path: Path) -> None:
    assert prompts.notes(tmp_path).output == "notes"
    with pytest.raises(PromptError, match="makes no summary"):
        prompts.find("notes", tmp_path)
    _own(prompts.user_folder(), "notes", "wrong kind")
    with pytest.raises(PromptError, match='must have output = "notes"'):
        prompts.notes(tmp_path)


def test_all_prompts_are_listed_broken_ones_too(tmp_path: Path) -> None:
    _own(prompts.user_folder(), "mine", "mine")
    (prompts.user_folder() / "broken.md").write_text("nothing")
    (prompts.user_folder() / "not a name.md").write_text("nothing")
    found = {entry.name: entry for entry in prompts.entries(tmp_path)}
    assert list(found) == ["brief", "broken", "lecture", "meeting", "mine", "plain", "podcast", "summary"]
    assert found["mine"].prompt is not None
    assert found["broken"].prompt is None
    assert "begins with a line" in found["broken"].problem


def test_a_prompt_is_shown_and_copied_once(tmp_path: Path) -> None:
    target = prompts.copy("brief", tmp_path)
    assert target == config.user_folder() / "prompts" / "brief.md"
    assert target.read_text() == prompts.show("brief", tmp_path)
    assert prompts.locate("brief", tmp_path) == target
    with pytest.raises(PromptError, match="is there already"):
        prompts.copy("brief", tmp_path)


def test_a_copy_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    prompts.user_folder().parent.mkdir(parents=True)
    prompts.user_folder().write_text("a file where a folder should be")
    with pytest.raises(PromptError, match="cannot be written"):
        prompts.copy("lecture", tmp_path)


def test_the_fingerprint_is_of_what_a_model_is_told() -> None:
    prompt = prompts.parse(GOOD, "")
    assert (
        prompt.fingerprint
        == prompts.parse(GOOD.replace('"d"', '"other"').replace('"1"', '"2"'), "").fingerprint
    )
    for changed in (
        GOOD.replace("brief", "long"),
        GOOD.replace("Title", "Name"),
        GOOD.replace('"summary"', '"text"'),
        GOOD.replace("+++\n#", "temperature = 0.5\n+++\n#"),
        GOOD.replace("+++\n#", "max_output_tokens = 99\n+++\n#"),
    ):
        assert prompts.parse(changed, "").fingerprint != prompt.fingerprint


def test_prompts_are_found_in_a_wheel_and_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "vidgist"
    package.mkdir(parents=True)
    monkeypatch.setattr(prompts, "__file__", str(package / "llm" / "prompts.py"))
    assert prompts.shipped_folder() == tmp_path / "prompts"
    (package / "prompts").mkdir()
    assert prompts.shipped_folder() == package / "prompts"
