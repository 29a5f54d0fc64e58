"""The embedded summarizer: notes from the talk's own sentences, with no key and no network."""

from vidgist.offline.engine import OfflineSummarizer

__all__ = ["OfflineSummarizer"]
