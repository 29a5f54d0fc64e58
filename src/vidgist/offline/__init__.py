"""The embedded summarizer: notes from the talk's own sentences, with no key and no network."""

from vidgist.offline.engine import OfflineSummarizer
from vidgist.offline.workers import Workers

__all__ = ["OfflineSummarizer", "Workers"]
