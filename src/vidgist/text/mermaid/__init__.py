"""Mermaid flowcharts: written so that every Mermaid draws them, read from whatever models write. Pure."""
