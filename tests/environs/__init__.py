"""Where vidgist is run: one test for each row of docs/environments.md."""
