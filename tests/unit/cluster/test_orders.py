"""Orders: what all workers must agree on, and nothing that is a worker's own or secret."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.doubles.parts import item
from vidgist.cluster.orders import SHARED, Order, Renewal, Ticket, check, place
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.llm.bounds import Bounds

ASKED = Settings(
    output="/mnt/notes/",
    formats=("txt", "md"),
    model="openai:one",
    since=date(2026, 1, 2),
    base_url="http://me:secret@llm.example/v1",
    proxy="http://me:secret@proxy.example",
    cookies="/home/me/cookies",
    jobs=3,
)


def test_an_order_holds_no_secret_and_nothing_of_one_machine() -> None:
    order = place(ASKED, "f1", Bounds())
    assert set(json.loads(order.shared)) == SHARED
    assert "secret" not in order.model_dump_json()
    assert "cookies" not in order.model_dump_json()


def test_a_worker_makes_what_was_asked_for_in_its_own_way() -> None:
    own = Settings(model="openai:two", jobs=9, pace=7, proxy="http://other.example", batch=True, fresh="all")
    settings = place(ASKED, "f1", Bounds()).settings(own)
    assert (settings.batch, settings.fresh) == (False, "")
    assert (settings.model, settings.formats, settings.since) == ("openai:one", ("txt", "md"), ASKED.since)
    assert (settings.jobs, settings.pace, settings.proxy) == (9, 7, "http://other.example")


def test_the_login_of_a_server_is_each_workers_own() -> None:
    order = place(ASKED, "f1", Bounds())
    own = "http://worker:other@llm.example/v1"
    assert order.settings(Settings(base_url=own)).base_url == own
    assert order.settings(Settings(base_url="http://else.example/v1")).base_url == "http://***@llm.example/v1"


def test_the_same_again_is_the_same_order_with_other_bounds() -> None:
    first, again = place(ASKED, "f1", Bounds(max_cost=1)), place(ASKED, "f1", Bounds(max_cost=2))
    assert first.id == again.id
    assert Order.model_validate_json(again.model_dump_json()) == again


@pytest.mark.parametrize(
    ("changed", "fingerprint"), [({"formats": ("txt",)}, "f1"), ({"output": "/mnt/other"}, "f1"), ({}, "f2")]
)
def test_another_outcome_is_another_order(changed: dict[str, object], fingerprint: str) -> None:
    other = place(ASKED.model_copy(update=changed), fingerprint, Bounds())
    assert other.id != place(ASKED, "f1", Bounds()).id


@pytest.mark.parametrize(
    ("output", "destination"),
    [
        ("s3://bucket/notes/", "s3://bucket/notes"),
        ("/mnt/notes", str(Path("/mnt/notes").absolute())),
        ("notes", str(Path("notes").absolute())),
    ],
)
def test_a_place_has_one_name(output: str, destination: str) -> None:
    assert place(Settings(output=output), "f1", Bounds()).destination == destination


def test_what_is_made_anew_is_an_order_each_time() -> None:
    order = place(ASKED, "f1", Bounds())
    moments = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    renewed = [
        order.model_copy(update={"renewal": Renewal(what=what, since=since)})
        for what in ("summary", "all")
        for since in moments
    ]
    assert len({order.id, *(each.id for each in renewed)}) == 5
    assert [Order.model_validate_json(each.model_dump_json()).id for each in renewed] == [
        each.id for each in renewed
    ]


@pytest.mark.parametrize(
    ("settings", "why"), [(Settings(output="-"), "standard output"), (Settings(batch=True), "one machine")]
)
def test_what_many_machines_cannot_do(settings: Settings, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        check(settings)


def test_a_ticket_is_known_by_its_order_and_its_item() -> None:
    one = Ticket(order="a", item=item(1))
    assert one.key == Ticket(order="a", item=item(1, origin="elsewhere:3")).key
    others = [Ticket(order="b", item=item(1)), Ticket(order="a", item=item(2))]
    others.append(Ticket(order="a", item=item(1, digest="edited")))
    assert len({one.key, *(other.key for other in others)}) == 4


def test_an_order_of_an_earlier_version_is_read() -> None:
    order = place(Settings(output="/notes"), "f1", Bounds())
    earlier = json.loads(order.model_dump_json())
    earlier["shelf"] = earlier.pop("destination")
    assert Order.read(json.dumps(earlier)) == order
