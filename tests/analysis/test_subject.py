from __future__ import annotations

import pytest

from analysis.errors import QuestionError
from analysis.subject import Subject, kind_label, require_kind, unknown_subject
from graph_schema import NotFound, Schema


def test_a_kind_that_the_question_takes_passes(schema: Schema) -> None:
    subject = Subject("Area", "350624")
    require_kind(schema, subject, ("Area", "Household"))
    assert subject.kind == "Area"


def test_another_kind_is_refused_with_those_that_are_taken(schema: Schema) -> None:
    with pytest.raises(QuestionError) as caught:
        require_kind(schema, Subject("Person", "p1"), ("Household", "Area"))
    assert caught.value.status == 422
    assert caught.value.remedy("zh") == "可以询问的对象：地区、农户。"


def test_an_unknown_subject_is_not_found_in_both_languages(schema: Schema) -> None:
    error = unknown_subject(schema, Subject("Household", "nobody"))
    assert isinstance(error, NotFound)
    assert error.status == 404
    assert "nobody" in error.what("en")
    assert "农户" in error.what("zh")


def test_a_kind_has_a_label_in_both_languages(schema: Schema) -> None:
    assert kind_label(schema, "Cooperative").zh == "合作社"
