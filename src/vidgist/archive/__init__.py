"""A notes folder as one archive: searched, asked and compared. Nothing here fetches or summarizes a video."""

INDEX_NAME = ".vidgist-index.db"
"""The file of a folder's index: whether there is one is seen without importing what reads it."""
