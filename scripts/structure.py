"""Print the rooms of the package, how many modules and lines each has, and the imports between rooms.

``python scripts/structure.py`` counts an import once for each pair of top-level rooms; ``--arrows`` lists
the pairs. Imports for type checkers alone do not count.
"""

import sys
from pathlib import Path

import grimp

PACKAGE = "vidgist"


def main(arguments: list[str]) -> int:
    graph = grimp.build_graph(PACKAGE, exclude_type_checking_imports=True)
    source = Path(__file__).resolve().parents[1] / "src" / PACKAGE
    rooms = sorted(child.rpartition(".")[2] for child in graph.find_children(PACKAGE))
    arrows: dict[tuple[str, str], int] = {}
    for module in graph.modules:
        here = module.split(".")[1] if "." in module else ""
        for other in graph.find_modules_directly_imported_by(module):
            there = other.split(".")[1] if "." in other else ""
            if here and there and here != there:
                arrows[here, there] = arrows.get((here, there), 0) + 1
    total_modules = total_lines = 0
    for room in rooms:
        files = (
            [source / f"{room}.py"] if (source / f"{room}.py").is_file() else [*(source / room).rglob("*.py")]
        )
        lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
        total_modules, total_lines = total_modules + len(files), total_lines + lines
        towards = sorted({there for here, there in arrows if here == room})
        print(f"{room:12} {len(files):4} modules {lines:6} lines  -> {' '.join(towards)}")
    print(
        f"{len(rooms)} rooms, {total_modules} modules, {total_lines} lines, {len(arrows)} arrows between them"
    )
    if "--arrows" in arguments:
        for (here, there), count in sorted(arrows.items()):
            print(f"{here} -> {there}  {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
