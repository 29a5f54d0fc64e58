"""Imports a library without running those of its packages that nothing asks for yet.

`importlib.util.LazyLoader` does so for a module. It cannot for a package, whose path is asked for, and which
so would run, as soon as a module below it is imported.
"""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_guard = threading.RLock()


@contextmanager
def deferred(package: str) -> Iterator[None]:
    """Packages at and below ``package`` that are imported meanwhile run when a name of theirs is asked for.

    Their modules are imported as ever. Nothing changes where the package is there already.
    """
    finder = _Finder(package)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._package and not fullname.startswith(f"{self._package}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None and spec.submodule_search_locations:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    """Leaves a package empty, with a ``__getattr__`` that fills it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._begun = False

    def exec_module(self, module: ModuleType) -> None:
        def fill(name: str) -> object:
            with _guard:
                if not self._begun:
                    self._begun = True
                    self._loader.exec_module(module)
            if name in vars(module):
                return vars(module)[name]
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        vars(module)["__getattr__"] = fill
