"""A model that compares talks by a rule: a theme of the first claims it is shown, in their own words."""

import json
import re

_CLAIM = re.compile(r"^\[(\d+)\] (?:[^:\n]*: )?([^\n]*)$", re.MULTILINE)
_TOLD = re.compile(r"^(?:says|only): (.*) \[([\d, ]+)\]$", re.MULTILINE)


def reply(prompt: str) -> str:
    found = [(text, [int(number)]) for number, text in _CLAIM.findall(prompt)] or [
        (text, [int(one) for one in ids.split(",")]) for text, ids in _TOLD.findall(prompt)
    ]
    says = [{"text": text, "ids": ids} for text, ids in found[:4]]
    theme = {"title": "First things", "says": says, "agree": [], "differ": [], "only": []}
    watch = [{"id": found[0][1][0], "why": "first"}] if found else []
    return json.dumps({"themes": [theme], "watch": watch, "questions": []})
