"""``python -m vidgist``."""

from vidgist.cli import main

main()
