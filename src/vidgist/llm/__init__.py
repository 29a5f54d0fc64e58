"""The LLM stage: a transcript in, a checked summary out, whatever the server and the length."""
