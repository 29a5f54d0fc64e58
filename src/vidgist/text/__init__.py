"""Pure functions over text: transcripts, subtitles, the record, tokens and file names."""
