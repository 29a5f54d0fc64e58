"""Lines and texts in cells."""

import pytest

from vidgist.drawing.canvas import Canvas, NoRoom


def test_lines_of_one_link_join_and_those_of_two_cross() -> None:
    canvas = Canvas()
    canvas.line(1, (0, 0), (0, 4), (2, 4))
    canvas.line(1, (0, 2), (2, 2))
    canvas.line(2, (1, 0), (1, 6))
    assert canvas.lines() == ["──┬─┐", "──│─│──", "  │ │"]


def test_frames_are_crossed_and_their_titles_step_aside() -> None:
    canvas = Canvas()
    canvas.frame(0, 0, 2, 12)
    canvas.line(1, (0, 4), (1, 4))
    canvas.title((0, 0, 2, 12), " T ")
    assert canvas.lines() == ["╭┄┄┄│ T ┄┄┄┄╮", "┊   │       ┊", "╰┄┄┄┄┄┄┄┄┄┄┄╯"]


def test_a_title_takes_the_lower_rim_where_the_upper_one_is_crossed() -> None:
    canvas = Canvas()
    canvas.frame(0, 0, 2, 6)
    canvas.line(1, (0, 3), (1, 3))
    canvas.title((0, 0, 2, 6), " T ")
    assert canvas.lines() == ["╭┄┄│┄┄╮", "┊  │  ┊", "╰┄ T ┄╯"]


def test_texts_do_not_lie_on_texts() -> None:
    canvas = Canvas()
    canvas.write(0, 0, "模型")
    with pytest.raises(NoRoom):
        canvas.write(0, 3, "x")


def test_lines_do_not_lie_on_texts_but_end_at_them() -> None:
    canvas = Canvas()
    canvas.write(0, 3, "x")
    canvas.line(1, (0, 0), (0, 3))
    with pytest.raises(NoRoom):
        canvas.lines()
    canvas.dock(0, 3, "├")
    assert canvas.lines() == ["───├"]


def test_lines_do_not_run_along_one_another() -> None:
    canvas = Canvas()
    canvas.line(1, (0, 0), (0, 4))
    canvas.line(2, (0, 2), (0, 6))
    with pytest.raises(NoRoom):
        canvas.lines()
