"""How wide text is and where it breaks."""

from vidgist.drawing.metrics import clean, columns, right_to_left, wrap


def test_wide_characters_take_two_columns() -> None:
    assert columns("模型a") == 5
    assert columns("e\u0301") == 1
    assert wrap("模型模型", 4, columns) == ("模型", "模型")


def test_wide_text_does_not_break_before_closing_marks() -> None:
    assert wrap("模型（数）。", 8, columns) == ("模型", "（数）。")


def test_clusters_stay_whole() -> None:
    assert wrap("👍🏽👍🏽", 4, columns) == ("👍🏽", "👍🏽")


def test_direction_of_text() -> None:
    assert right_to_left("(10) نموذج")
    assert not right_to_left("a نموذج")
    assert not right_to_left("10")


def test_clean_keeps_scripts_that_need_joiners() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("a" + "\u0301" * 9) == "a" + "\u0301" * 4
