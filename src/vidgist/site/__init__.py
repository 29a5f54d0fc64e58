"""A notes folder as a static site: a list with search and filters, a reader, a feed and a digest.

It needs no server and no network; opened from a disk it works the same. See `build`.
"""

from vidgist.site.builder import SiteReport, build

__all__ = ["SiteReport", "build"]
