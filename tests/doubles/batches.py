"""The files and batches of the OpenAI API, as the double of a server keeps them."""

import email.parser
import email.policy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

CREATED = 1_790_000_000
FINAL = ("completed", "failed", "expired", "cancelled")

Complete = Callable[[dict[str, Any], int], tuple[int, dict[str, Any]]]
"""(body of a line, its number) -> status and body of its answer."""


@dataclass
class Batches:
    """Files and batches. A look at a batch moves it on: validating, ``polls`` times in progress, ``outcome``.

    ``outcome`` is completed, expired (the second half of the lines has not run) or failed.
    """

    polls: int = 2
    outcome: str = "completed"
    files: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _looks: dict[str, int] = field(default_factory=dict)

    def answer(
        self, method: str, path: str, headers: dict[str, str], raw: bytes, complete: Complete
    ) -> bytes | None:
        """The body of the answer, None for what is not found here."""
        match [method, *path.strip("/").split("/")]:
            case ["POST", "files"]:
                value: object = self._receive(headers, raw)
            case ["GET", "files", key, "content"] if key in self.files:
                return self.files[key][1]
            case ["GET", "files", key] if key in self.files:
                value = self.files[key][0]
            case ["DELETE", "files", key] if key in self.files:
                del self.files[key]
                value = {"id": key, "object": "file", "deleted": True}
            case ["POST", "batches"]:
                value = self._create(json.loads(raw))
            case ["GET", "batches"]:
                value = {"object": "list", "data": list(self.made.values())[::-1], "has_more": False}
            case ["GET", "batches", key] if key in self.made:
                value = self._look(key, complete)
            case ["POST", "batches", key, "cancel"] if key in self.made:
                if self.made[key]["status"] not in FINAL:
                    self.made[key]["status"] = "cancelling"
                value = self.made[key]
            case _:
                return None
        return json.dumps(value, ensure_ascii=False).encode()

    def _add(self, name: str, purpose: str, content: bytes) -> dict[str, Any]:
        key = f"file-{len(self.files) + 1:04}"
        info = {"id": key, "object": "file", "bytes": len(content), "created_at": CREATED, "filename": name}
        self.files[key] = (info | {"purpose": purpose, "status": "processed"}, content)
        return self.files[key][0]

    def _receive(self, headers: dict[str, str], raw: bytes) -> dict[str, Any]:
        head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
        form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + raw)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        purpose, file = parts["purpose"].get_payload(decode=True), parts["file"].get_payload(decode=True)
        assert isinstance(purpose, bytes)
        assert isinstance(file, bytes)
        return self._add(parts["file"].get_filename() or "", purpose.decode(), file)

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        key = f"batch_{len(self.made) + 1:04}"
        rows = [
            json.loads(line) for line in self.files[body["input_file_id"]][1].decode().split("\n") if line
        ]
        self._rows[key], self._looks[key] = rows, 0
        self.made[key] = {
            "id": key,
            "object": "batch",
            "endpoint": body["endpoint"],
            "errors": None,
            "input_file_id": body["input_file_id"],
            "completion_window": body["completion_window"],
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": CREATED,
            "expires_at": CREATED + 86_400,
            "request_counts": {"total": len(rows), "completed": 0, "failed": 0},
            "metadata": body.get("metadata"),
        }
        return self.made[key]

    def _look(self, key: str, complete: Complete) -> dict[str, Any]:
        batch = self.made[key]
        self._looks[key] += 1
        if batch["status"] in FINAL:
            return batch
        names = [row["custom_id"] for row in self._rows[key]]
        wrong = "duplicate_custom_id" if len(set(names)) < len(names) else ""
        if self.outcome == "failed":
            wrong = "token_limit_exceeded"
        if wrong:
            problem = {"code": wrong, "line": None, "message": wrong.replace("_", " "), "param": None}
            return self._end(key, "failed", errors={"object": "list", "data": [problem]})
        if batch["status"] == "cancelling":
            self._run(key, 1, complete)
            return self._end(key, "cancelled")
        if self._looks[key] <= self.polls:
            batch["status"] = "in_progress"
            return batch
        self._run(key, 2 if self.outcome == "expired" else 1, complete)
        return self._end(key, self.outcome)

    def _end(self, key: str, status: str, **more: object) -> dict[str, Any]:
        self.made[key] |= {"status": status, f"{status}_at": CREATED + 60, **more}
        return self.made[key]

    def _run(self, key: str, divisor: int, complete: Complete) -> None:
        """Answer the first part of the lines. The output is not in the order of the input, as in life."""
        rows = self._rows[key]
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        done = len(rows) // divisor
        for number, row in enumerate(rows[:done], start=1):
            status, body = complete(row["body"], number)
            line = {
                "id": f"batch_req_{number}",
                "custom_id": row["custom_id"],
                "response": {"status_code": status, "request_id": f"req_{number}", "body": body},
                "error": None,
            }
            (good if status < 400 else bad).append(line)
        expired = {"code": "batch_expired", "message": "This request could not be executed in time."}
        bad += [
            {"id": "batch_req_0", "custom_id": row["custom_id"], "response": None, "error": expired}
            for row in rows[done:]
        ]
        counts = self.made[key]["request_counts"]
        counts["completed"], counts["failed"] = len(good), len(bad)
        for name, lines in (("output", good[::-1]), ("error", bad)):
            if lines:
                content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
                stored = self._add(f"{name}.jsonl", "batch_output", content.encode())
                self.made[key][f"{name}_file_id"] = stored["id"]
