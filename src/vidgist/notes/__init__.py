"""Written notes as readers and writers share them: read back from files, and cut into what a page shows."""
