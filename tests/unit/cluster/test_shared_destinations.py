"""Places that many workers share: nobody's unfinished file is taken or cleared away, and a bucket is one too."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles import bucket as buckets
from vidgist.cluster.shared_destinations import ABANDONED, SharedFolder, opened
from vidgist.errors import InputError, OutputFull, WriteFailed
from vidgist.run.destinations import Destination


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[buckets.Bucket]:
    pytest.importorskip("obstore", reason="vidgist[cluster] is not installed")
    with buckets.serve() as served:
        monkeypatch.setenv("AWS_ENDPOINT_URL", served.url)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "here")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        yield served


def keep_house(place: Destination) -> None:
    """What holds for every destination."""
    name = "a1-Brücken & Wege (1).txt"
    assert not place.holds(name)
    assert place.old(name) == ""
    assert place.put(name, "první\n") == name
    assert place.put(name, "zweites 🍞\n") == name
    assert place.holds(name)
    assert place.old(name) == "zweites 🍞\n"
    place.drop(name)
    place.drop(name)
    assert not place.holds(name)


def test_a_folder_and_a_bucket_are_destinations(tmp_path: Path, bucket: buckets.Bucket) -> None:
    keep_house(opened("the notes", str(tmp_path / "notes")))
    keep_house(opened("the notes", "s3://notes/deep/inside"))


def test_the_ledger_keeps_its_name_for_a_place(tmp_path: Path, bucket: buckets.Bucket) -> None:
    assert opened("/mnt/notes", str(tmp_path)).key == "/mnt/notes"
    assert opened("/mnt/notes", "s3://notes").key == "/mnt/notes"


def test_who_comes_later_leaves_the_unfinished_alone(tmp_path: Path) -> None:
    fresh, forgotten = tmp_path / ".vidgist-one.part", tmp_path / ".vidgist-two.part"
    for path in (fresh, forgotten):
        path.write_text("half")
    old = time.time() - 2 * ABANDONED
    os.utime(forgotten, (old, old))
    SharedFolder(tmp_path)
    assert fresh.exists()
    assert not forgotten.exists()


def test_two_who_write_the_same_file_do_not_share_its_unfinished_half(tmp_path: Path) -> None:
    place = SharedFolder(tmp_path)
    assert place._part("a.txt") != place._part("a.txt")


def test_a_bucket_holds_what_is_put_under_its_prefix(bucket: buckets.Bucket) -> None:
    place = opened("key", "s3://notes/deep")
    place.put("a.png", b"\x89PNG")
    assert bucket.objects == {"deep/a.png": b"\x89PNG"}
    assert place.old("a.png") == ""
    assert place.own("/somewhere/a.txt") == ""


def test_a_bucket_that_is_not_there_cannot_be_used(bucket: buckets.Bucket) -> None:
    with pytest.raises(InputError, match="s3://other cannot be used"):
        opened("key", "s3://other")


def test_a_bucket_without_rights_ends_the_work(bucket: buckets.Bucket) -> None:
    place = opened("key", "s3://notes")
    bucket.refusal = 403
    for call in (
        lambda: place.put("a.txt", "text"),
        lambda: place.old("a.txt"),
        lambda: place.holds("a.txt"),
        lambda: place.drop("a.txt"),
    ):
        with pytest.raises(OutputFull) as caught:
            call()
        assert caught.value.code == "output_denied"


def test_what_a_bucket_cannot_take_now_fails_one_file(bucket: buckets.Bucket) -> None:
    place = opened("key", "s3://notes")
    bucket.refusal = 409
    with pytest.raises(WriteFailed, match=r"a\.txt cannot be written"):
        place.put("a.txt", "text")
