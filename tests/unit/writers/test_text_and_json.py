from tests import samples
from vidgist.config import Settings
from vidgist.notes import document
from vidgist.text import record
from vidgist.writers import json, txt


def test_txt_is_the_exact_record() -> None:
    writer = txt.create(Settings.model_validate({}))
    text = writer.render(samples.FULL)
    assert writer.suffix == ".txt"
    assert record.render(record.parse(text)) == text
    assert record.parse(text) == record.of(samples.FULL)


def test_json_is_the_document() -> None:
    writer = json.create(Settings.model_validate({}))
    assert writer.suffix == ".json"
    assert document.parse(writer.render(samples.FULL, "whatever stood there")) == samples.FULL
