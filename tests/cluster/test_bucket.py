"""A bucket at a server that is not ours."""

import pytest

pytest.importorskip("moto", reason="moto is not installed (pip install --group cluster)")
pytest.importorskip("obstore", reason="vidgist[cluster] is not installed")

from tests.doubles import moto
from tests.unit.cluster.test_shared_destinations import keep_house
from vidgist.cluster.shared_destinations import opened
from vidgist.errors import InputError

pytestmark = pytest.mark.cluster


def test_it_is_a_destination_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with moto.serve() as bucket:
        monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.url)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        place = opened("key", "s3://notes/deep/inside")
        keep_house(place)
        place.put("a1-橋 + 道?.txt", "text\n")
        assert bucket.objects == {"deep/inside/a1-橋 + 道?.txt": b"text\n"}
        with pytest.raises(InputError, match="s3://elsewhere cannot be used"):
            opened("key", "s3://elsewhere")
