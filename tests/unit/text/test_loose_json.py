"""Replies that are JSON in spirit: read where nothing has to be guessed, and never where they are cut."""

import json

import pytest

from vidgist.text import loose_json

FIELDS = ("core", "list", "n")
WHOLE = {"core": 'He said "no"', "list": ["a", "b"], "n": 1}
GOOD = json.dumps(WHOLE)
SIMPLE = {"core": "x", "list": ["a", "b"], "n": 1}


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f"~~~json\n{GOOD}\n~~~",
        f"Here it is:\n{GOOD}\nHope this {{helps}}!",
        f"\ufeff{GOOD}",
        f"\n\n   {GOOD}",
        f"{GOOD[:-1]},}}",
        GOOD.replace('"b"]', '"b",]'),
        GOOD.replace('"list"', '// note\n"list"'),
        GOOD.replace('"list"', '/* note */ "list"'),
        GOOD.replace('"list"', '# note\n"list"'),
        json.dumps(GOOD),
        json.dumps(json.dumps(GOOD)),
        json.dumps({"result": WHOLE}),
        json.dumps([WHOLE]),
        json.dumps({"name": "answer", "arguments": WHOLE}),
        json.dumps({"name": "answer", "parameters": GOOD}),
        str(WHOLE),
        f"const answer = {GOOD};",
        f"<json>{GOOD}</json>",
        f"{{{GOOD}}}",
        GOOD[:-1],
        f"{GOOD}\n{GOOD}",
    ],
)
def test_what_can_be_read_is_read(reply: str) -> None:
    assert loose_json.find(reply, FIELDS) == WHOLE


@pytest.mark.parametrize(
    "reply",
    [
        "{\u201ccore\u201d: \u201cx\u201d, \u201clist\u201d: [\u201ca\u201d, \u201cb\u201d], \u201cn\u201d: 1}",
        "{\u00abcore\u00bb: \u00abx\u00bb, \u00ablist\u00bb: [\u00aba\u00bb, \u00abb\u00bb], \u00abn\u00bb: 1}",
        '{"core"\uff1a"x"\uff0c"list"\uff1a["a"\uff0c"b"]\uff0c"n"\uff1a1}',
        "{'core': 'x', 'list': ('a', 'b'), 'n': 1}",
        '{core: "x", list: ["a", "b"], n: 1}',
        '{"core": "x" "list": ["a", "b"], "n": 1}',
        "{&quot;core&quot;: &quot;x&quot;, &quot;list&quot;: [&quot;a&quot;, &quot;b&quot;], &quot;n&quot;: 1}",
    ],
)
def test_other_spellings_are_mended(reply: str) -> None:
    found = loose_json.find(reply, FIELDS)
    assert found is not None
    assert found | {"list": list(found["list"])} == SIMPLE  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("written", "meant"), [("a\nb", "a\nb"), ("a\tb", "a\tb"), ("a\\db", "a\\db"), ("a: b, c", "a: b, c")]
)
def test_letters_of_a_text_stay_as_they_are(written: str, meant: str) -> None:
    found = loose_json.find(f'{{"core": "{written}", "list": [], "n": 1}}', FIELDS)
    assert found is not None
    assert found["core"] == meant


@pytest.mark.parametrize("nested", [GOOD, json.dumps({"core": WHOLE, "list": [WHOLE, WHOLE], "n": {"n": 1}})])
def test_a_cut_reply_is_not_completed(nested: str) -> None:
    for end in range(1, len(nested) - 1):
        found = loose_json.find(nested[:end], FIELDS)
        assert found is None or not set(FIELDS) <= set(found) or found in (WHOLE, {"n": 1})


@pytest.mark.parametrize("text", ["", "no", "{", "}", "[]", "null", '"text"', "{}", '{"other": 1}'])
def test_what_holds_none_of_the_fields_is_nothing(text: str) -> None:
    assert loose_json.find(text, FIELDS) is None
