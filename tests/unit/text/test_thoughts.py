"""Thoughts and chat markup that servers leave in a reply are never its answer."""

import pytest

from vidgist.text import thoughts

ANSWER = '{"a": 1}'


@pytest.mark.parametrize(
    "reply",
    [
        ANSWER,
        f"<think>hm {{x}}</think>\n{ANSWER}",
        f'<think time="3">hm</think>{ANSWER}',
        f"hm so\n</think>\n\n{ANSWER}",
        f"<think>\n\n</think>\n\n{ANSWER}",
        f"<THINKING>hm</THINKING>{ANSWER}",
        f"<think>a</think><think>b</think>{ANSWER}",
        f"[THINK]hm[/THINK]{ANSWER}",
        f"\u25c1think\u25b7hm\u25c1/think\u25b7{ANSWER}",
        f"<seed:think>hm</seed:think>{ANSWER}",
        f"<mm:think>hm</mm:think>{ANSWER}",
        f"<longcat_think>hm</longcat_think>{ANSWER}",
        f"<reflection>hm</reflection><output>{ANSWER}</output>",
        f"<think>hm</think><response>{ANSWER}</response>",
        f"<think>hm</think><|begin_of_box|>{ANSWER}<|end_of_box|>",
        f"<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
        f"<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>{ANSWER}<|end_of_solution|>",
        f"<|think|>hm<|end|><|begin|>assistant<|content|>{ANSWER}<|end|>",
        f"<|inner_prefix|>hm<|inner_suffix|>{ANSWER}",
        f'<details type="reasoning" done="true"><summary>3 s</summary>\n> hm\n</details>\n{ANSWER}',
        f"```thinking\nhm\n```\n{ANSWER}",
        f"<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}<|return|>",
        f"<|channel|>analysis<|message|>hm<|end|><|channel|>final <|constrain|>json<|message|>{ANSWER}",
        f"<|channel|>commentary<|message|>note<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}",
        f"<|channel|>analysis\nhm\n<|channel|>final\n{ANSWER}",
        f"<|channel>thought\nhm<channel|>{ANSWER}<turn|>",
        f"analysisWe need JSON.assistantfinal{ANSWER}",
        f"analysisWe need JSON.assistantfinaljson{ANSWER}",
        f"<|im_start|>assistant\n<think>hm</think>{ANSWER}<|im_end|>",
        f"<|start_header_id|>assistant<|end_header_id|>\n\n{ANSWER}<|eot_id|>",
        f"<role>ASSISTANT</role><think>hm</think>{ANSWER}<|role_end|>",
        f"<|assistant|>{ANSWER}<|user|>",
        f"{ANSWER}<|observation|>",
        f"{ANSWER}</s>",
        f"{ANSWER}<end_of_turn>\n",
        f"{ANSWER}<\uff5cend\u2581of\u2581sentence\uff5c>",
    ],
)
def test_the_answer_stands_alone(reply: str) -> None:
    answer, _ = thoughts.parted(reply)
    assert answer == ANSWER


@pytest.mark.parametrize(
    "reply", ["<think>hm hm", "[THINK]hm", "<|channel|>analysis<|message|>hm", "<|think|>hm"]
)
def test_thoughts_without_an_end_are_no_answer(reply: str) -> None:
    answer, aside = thoughts.parted(reply)
    assert answer == ""
    assert "hm" in aside


@pytest.mark.parametrize(
    "text",
    [
        "The <think> tag is no HTML.",
        "A talk on analysis of channel 4",
        "Use [THINK] lightly: {x}",
        "1 < 2 > 0 and </b> ends nothing",
        "analysis of a river, and the assistant finally came",
        "```python\nthinking = 1\n```\nshows it",
    ],
)
def test_words_that_only_look_like_marks_stay(text: str) -> None:
    assert thoughts.parted(text) == (text, "")
