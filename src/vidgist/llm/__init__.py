"""The LLM stage: a transcript in, a checked summary out, for any server and any length."""
