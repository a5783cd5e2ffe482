"""What there is to choose from for each parameter of a scenario, so that a form need not ask for an id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.fetch.assistance import offers_of
from analysis.sensitivity import is_sensitive_measure
from graph_schema import Schema
from graph_store import GraphStore
from policy.scenarios import Scenario, ScenarioParameter

# A list longer than this is no list to choose from; the id is written then.
MOST_CHOICES = 300


@dataclass(frozen=True)
class Choice:
    """A node that may be filled in. `name_en`, `name_zh`: as registered where it has one name only; its id without."""

    id: str
    name_en: str
    name_zh: str


def choices(
    store: GraphStore, schema: Schema, scenario: Scenario, *, show_sensitive: bool = False
) -> Mapping[str, tuple[Choice, ...]]:
    """Return by name of the parameter what may be chosen, sorted by id.

    A parameter is left out that is a number or an area, or of which there are more than MOST_CHOICES: it is written. A
    programme is left out that offers what would tell a sensitive cause, unless that may be shown.
    """
    found = {}
    for each in scenario.parameters:
        listed = _listed(store, schema, each, show_sensitive=show_sensitive) if each.holds == "node" else None
        if listed is not None and len(listed) <= MOST_CHOICES:
            found[each.name] = tuple(listed)
    return found


def _listed(
    store: GraphStore, schema: Schema, parameter: ScenarioParameter, *, show_sensitive: bool
) -> list[Choice] | None:
    match parameter.kinds[0]:
        case "Programme":
            return _programmes(store, schema, show_sensitive=show_sensitive)
        case "Product":
            return [Choice(code, each.label.en, each.label.zh) for code, each in sorted(schema.products.items())]
        case "Enterprise":
            rows = store.ask("scenarios/enterprise_list", limit=MOST_CHOICES + 1)
            return [_choice(row["node_id"], row["name"]) for row in rows]
        case "Infrastructure":
            rows = store.ask("scenarios/works_list", limit=MOST_CHOICES + 1)
            kinds = parameter.works_kinds
            return [_choice(row["node_id"], row["name"]) for row in rows if not kinds or row["works_kind"] in kinds]
        case _:
            return None


def _programmes(store: GraphStore, schema: Schema, *, show_sensitive: bool) -> list[Choice]:
    rows = {str(row["programme_id"]): row["programme_name"] for row in store.ask("assistance/programme_list")}
    offers = offers_of(store, rows)[["programme_id", "measure_id"]].dropna()
    telling = {
        str(programme_id)
        for programme_id, measure_id in offers.itertuples(index=False)
        if not show_sensitive and is_sensitive_measure(schema, str(measure_id))
    }
    return [_choice(programme_id, name) for programme_id, name in sorted(rows.items()) if programme_id not in telling]


def _choice(node_id: object, name: object) -> Choice:
    told = str(name) if name else str(node_id)
    return Choice(str(node_id), told, told)
