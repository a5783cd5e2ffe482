from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from analysis.questions.answer import Answer, asked_about, notice
from analysis.questions.buyers import BuyersAnswer
from analysis.questions.chains_answer import ChainsAnswer
from analysis.subject import FoundSubject, Subject
from graph_schema.messages import Label


def test_a_notice_says_the_same_in_both_languages() -> None:
    told = notice("notice_hidden_causes", count=3)
    assert "3" in told.text_en
    assert "3" in told.text_zh


def test_a_subject_without_a_name_is_told_by_its_id() -> None:
    asked = asked_about(FoundSubject(Subject("Household", "h1"), None, is_made_up=True))
    assert asked.model_dump() == {"kind": "Household", "id": "h1", "name_en": None, "name_zh": None}


def test_a_subject_is_told_by_its_name_in_both_languages() -> None:
    asked = asked_about(FoundSubject(Subject("Product", "p"), Label(en="plum", zh="梅"), is_made_up=False))
    assert (asked.name_en, asked.name_zh) == ("plum", "梅")


@pytest.mark.parametrize("form", [ChainsAnswer, BuyersAnswer])
def test_every_field_of_an_answer_is_described(form: type[Answer]) -> None:
    document = form.model_json_schema()
    parts = [document, *document["$defs"].values()]
    nameless = [
        f"{part.get('title')}.{name}"
        for part in parts
        for name, field in part.get("properties", {}).items()
        if name != "version" and not field.get("description")
    ]
    assert nameless == []
    assert document["properties"]["version"]["const"] in {"chains/1", "buyers/1"}


def test_an_answer_is_not_changed_afterwards() -> None:
    asked = asked_about(FoundSubject(Subject("Household", "h1"), None, is_made_up=True))
    answer = Answer(version="test/1", asked=asked, as_of=date(2026, 5, 20), is_made_up=True, notices=())
    with pytest.raises(ValidationError):
        answer.version = "test/2"  # type: ignore[misc]  # the point of the test
