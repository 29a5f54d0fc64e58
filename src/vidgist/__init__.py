"""Video transcripts in, exact notes out."""

__version__ = "0.1.0"
