"""A run: inputs become a work list, each item is fetched, summarized and delivered, events are reported."""
