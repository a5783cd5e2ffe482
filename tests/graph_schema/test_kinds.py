"""The kinds as written: none left out, and what is said of them by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from graph_schema import Schema
from graph_schema.meta import NodeKind, PropertyType, RelationshipKind

SHARED = {
    "Area",
    "Household",
    "Person",
    "Agency",
    "Programme",
    "Resource",
    "Infrastructure",
    "Training",
    "Enterprise",
    "Cooperative",
}


def test_no_kind_is_missing(schema: Schema) -> None:
    groups = Counter(kind.group for kind in schema.node_kinds.values())

    assert groups == {
        "place": 5,
        "people": 4,
        "vocabulary": 5,
        "facts": 4,
        "causes": 3,
        "cases": 8,
        "help": 8,
        "trade": 8,
        "papers": 3,
        "upkeep": 6,
        "audit": 1,
    }
    # 67 of the vocabulary, KNOWS of surveys of networks, USED_NETWORK of kept risks, and BROUGHT_BY of promises.
    assert len(schema.relationship_kinds) == 70


def test_what_is_kept_in_the_graph_only_is_made_from_a_ledger_kind(schema: Schema) -> None:
    made = {kind.name: kind.projected_from for kind in schema.relationship_kinds.values() if kind.kept_in == "graph"}

    assert made == {
        "LIVES_IN": "Residence",
        "HAS_MEMBER": "Stay",
        "AFFECTED_BY": "CauseFinding",
        "FROM_FEED": "feed",
        "EMPLOYS": "Employment",
        "MEMBER_OF": "Membership",
    }


def test_kinds_that_several_feeds_know_a_part_of_are_shared(schema: Schema) -> None:
    assert {name for name, kind in schema.node_kinds.items() if kind.is_shared} == SHARED


def test_only_households_and_persons_enter_by_pseudonym(schema: Schema) -> None:
    hidden = {name for name, kind in schema.node_kinds.items() if kind.id_rule == "pseudonym"}

    assert hidden == {"Household", "Person"}


def test_the_central_chain_is_one_path(schema: Schema) -> None:
    steps = [
        ("RUNS", "Agency", "Programme"),
        ("PARTNERS_WITH", "Programme", "Enterprise"),
        ("SIGNS", "Enterprise", "Contract"),
        ("BINDS", "Contract", "Cooperative"),
        ("MEMBER_OF", "Household", "Cooperative"),
    ]

    for name, start, end in steps:
        kind = schema.relationship_kind(name)
        assert start in kind.from_kinds
        assert end in kind.to_kinds


def test_every_vocabulary_kind_has_names_sources_and_a_version(schema: Schema) -> None:
    for kind in schema.node_kinds.values():
        if kind.group == "vocabulary":
            required = {entry.name: entry.is_required for entry in kind.properties[:4]}
            assert required == {"name_en": True, "name_zh": True, "source": False, "version": True}


def test_a_settlement_below_the_village_is_a_level_of_its_own(schema: Schema) -> None:
    levels = [entry.code for entry in schema.code_list("area_level").codes]

    assert levels == ["province", "city", "county", "town", "village", "hamlet"]


def test_grades_are_ordered_from_the_best(schema: Schema) -> None:
    assert [entry.code for entry in schema.code_list("grade").codes] == ["special", "1", "2", "process"]


def test_a_limit_and_a_change_of_state_use_the_list_of_what_they_limit_or_change(schema: Schema) -> None:
    demand = {entry.name: entry for entry in schema.node_kind("Demand").properties}
    event = {entry.name: entry for entry in schema.node_kind("CaseEvent").properties}

    assert demand["min_grade"].codes == "grade"
    assert (event["old_state"].codes, event["new_state"].codes) == ("case_state", "case_state")


def test_roles_and_case_states_are_code_lists_written_once(schema: Schema) -> None:
    assert [entry.code for entry in schema.code_list("actor_role").codes] == list(schema.roles)
    assert [entry.code for entry in schema.code_list("case_state").codes] == list(schema.case_states)


def test_every_code_property_has_its_list_and_no_other_property_has_one(schema: Schema) -> None:
    for table in schema.fact_tables.values():
        for entry in table.kind.properties:
            # What holds several codes may have a list, as the products, or be free, as certificates are.
            if entry.type is not PropertyType.CODES:
                assert (entry.type is PropertyType.CODE) == (entry.codes is not None)
            assert entry.codes is None or schema.code_list(entry.codes).codes


def test_what_names_a_person_is_personal(schema: Schema) -> None:
    kinds: list[NodeKind | RelationshipKind] = [*schema.node_kinds.values(), *schema.relationship_kinds.values()]
    personal = {
        f"{kind.name}.{entry.name}"
        for kind in kinds
        for entry in kind.properties
        if entry.is_personal and entry.name not in ("note", "reason") and kind.name != "Document"
    }

    assert personal == {
        "Household.head_name",
        "Person.name",
        "Account.name",
        "Residence.lat",
        "Residence.lon",
        "LIVES_IN.lat",
        "LIVES_IN.lon",
        # What two feeds say of a person may be the name.
        "Contradiction.held_text",
        "Contradiction.other_text",
    }


@pytest.mark.parametrize("kind", ["Visit", "Feedback", "Clue", "Decision", "SPLIT_FROM"])
def test_free_text_of_officers_is_personal_everywhere(schema: Schema, kind: str) -> None:
    properties = schema.fact_table(kind).kind.properties

    assert all(entry.is_personal for entry in properties if entry.name in ("note", "reason"))


def test_a_document_is_personal_and_income_and_payments_are_sensitive_as_a_whole(schema: Schema) -> None:
    assert all(entry.is_personal for entry in schema.node_kind("Document").properties)
    assert all(entry.is_sensitive for entry in schema.node_kind("IncomeComponent").properties)
    assert all(entry.is_sensitive for entry in schema.node_kind("Payment").properties)


def test_disability_and_chronic_illness_are_sensitive(schema: Schema) -> None:
    sensitive = {entry.name for entry in schema.node_kind("Person").properties if entry.is_sensitive}

    assert sensitive == {"disability_grade", "has_chronic_illness"}
