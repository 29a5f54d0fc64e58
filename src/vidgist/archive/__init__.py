"""A notes folder as one archive: searched, asked and compared. Nothing here fetches or summarizes a video."""
