"""A notes folder as a static site: a list with search and filters, a reader, a feed and a digest.

It needs no server and no network; opened from a disk it works the same. See `build`, which is imported when
it is first asked for: the tokenizer is used without it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vidgist.site.builder import SiteReport, build

__all__ = ["SiteReport", "build"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from vidgist.site import builder

        return getattr(builder, name)
