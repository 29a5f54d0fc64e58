"""Mermaid flowcharts: written so that every Mermaid draws them, read from what models write. Pure."""
