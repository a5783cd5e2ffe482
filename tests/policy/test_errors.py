from __future__ import annotations

import re

import pytest

from policy import NotAllowed, ParameterError


@pytest.mark.parametrize(("error", "status"), [(ParameterError, 422), (NotAllowed, 409)])
def test_each_error_carries_its_own_status(error: type[ParameterError], status: int) -> None:
    assert error.status == status


def test_a_step_that_is_not_allowed_is_a_fault_of_policy() -> None:
    assert issubclass(NotAllowed, ParameterError)


def test_every_message_names_the_same_places_in_both_languages() -> None:
    places = re.compile(r"(?<!{){(\w+)}(?!})")
    for code, message in ParameterError.catalogue.messages.items():
        for label in (message.what, message.remedy):
            if label is not None:
                assert set(places.findall(label.en)) == set(places.findall(label.zh)), code
