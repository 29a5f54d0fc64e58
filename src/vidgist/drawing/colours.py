"""How maps look on light and dark pages and on paper: fonts, colours, and the style sheet of them."""

from collections.abc import Callable
from functools import cache

from vidgist.drawing.metrics import FONT, SMALL

_FONTS = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','Liberation Sans',"
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans Arabic',sans-serif"
)
_LIGHT = {
    "page": "#ffffff",
    "ink": "#211f1c",
    "soft": "#5d574e",
    "line": "#857d70",
    "node": "#ffffff",
    "rim": "#9c9384",
}
_DARK = {
    "page": "#201e1b",
    "ink": "#e9e5dd",
    "soft": "#b3ab9f",
    "line": "#958c7f",
    "node": "#2a2723",
    "rim": "#7d766b",
}
TINTS = (  # of groups, light and dark
    ("#2f63c4", "#86abf5"),
    ("#237a56", "#6bcaa2"),
    ("#9c5410", "#e9a463"),
    ("#7d45b3", "#c39af0"),
    ("#ab3258", "#f08aa8"),
    ("#1b7283", "#6cc8da"),
)
for _number, (_light, _dark) in enumerate(TINTS):
    _LIGHT[f"g{_number}"] = _light
    _DARK[f"g{_number}"] = _dark
NAME = "concept-map"


@cache
def sheet() -> str:
    """Return how maps look, for light, dark and paper. The same for all maps, so that one hash admits it."""
    light, dark = (";".join(f"--{k}:{v}" for k, v in palette.items()) for palette in (_LIGHT, _DARK))
    at = f".{NAME}"
    return (
        f"{at}{{{light}}}{_rules(lambda name: f'var(--{name})')}"
        f"@media screen and (prefers-color-scheme:dark){{{at}{{{dark}}}}}"
    )


def light() -> str:
    """Return the sheet in fixed light colours, for readers of SVG that know no custom properties."""
    return _rules(_LIGHT.__getitem__)


def _rules(colour: Callable[[str], str]) -> str:
    at = f".{NAME}"
    rules = [
        f"{at}{{font-family:{_FONTS};font-size:{FONT:g}px}}",
        f"{at} text{{fill:{colour('ink')};text-anchor:middle}}",
        f"{at} .label{{font-size:{SMALL:g}px;fill:{colour('soft')}}}",
        f"{at} .page{{fill:{colour('page')}}}",
        f"{at} .wire{{fill:none;stroke:{colour('line')};stroke-width:1.5;stroke-linecap:round}}",
        f"{at} .tip{{fill:{colour('line')}}}",
        f"{at} .node{{fill:{colour('node')};stroke:{colour('rim')};stroke-width:1.4}}",
        f"{at} .frame{{fill-opacity:.08;stroke-opacity:.45}}",
        f"{at} .head{{font-size:{SMALL:g}px;font-weight:600;text-anchor:start}}",
        f"{at} .head{{paint-order:stroke;stroke-width:4;stroke:{colour('page')}}}",
    ]
    for number in range(len(TINTS)):
        tint = colour(f"g{number}")
        rules += [
            f"{at} .frame.g{number}{{fill:{tint};stroke:{tint}}}",
            f"{at} .node.g{number}{{stroke:{tint}}}",
            f"{at} .head.g{number}{{fill:{tint}}}",
        ]
    return "".join(rules)
