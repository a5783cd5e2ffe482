"""Which kind of resource one unit of a measure takes, and how much of it: dated, with source or our own proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from graph_schema import Schema
from graph_schema.meta import Form
from graph_schema.yaml_forms import read_form
from graph_schema.yaml_lines import Document, read_document
from policy.errors import ParameterError, faults_of_policy

# Seats of a training are no kind of Resource in the graph: trainings are nodes of their own.
TRAINING = "training"

ResourceUnit = Literal["seat", "fen", "kg", "m3", "mu", "day"]


class DatedAmount(Form):
    """How much one unit of a measure takes, from a day on. `reference`: its source; `proposed`: our own number."""

    amount: int = Field(ge=1)
    valid_from: date
    reference: str = ""
    proposed: bool = False


class HelpResource(Form):
    """What a measure takes: a kind of Resource of the graph or `training`, counted in whole units."""

    measure: str
    resource_kind: str
    unit: ResourceUnit
    amounts: tuple[DatedAmount, ...] = Field(min_length=1)


@dataclass(frozen=True)
class TakenResource:
    """What one unit of a measure takes on a day: so much, in the unit, of a resource of the kind."""

    resource_kind: str
    unit: ResourceUnit
    amount: int


@dataclass(frozen=True)
class HelpResources:
    """The measures that take a resource, by their codes; a measure that is not here takes none."""

    by_measure: Mapping[str, HelpResource]

    def on(self, day: date) -> dict[str, TakenResource]:
        """Return by measure what one unit of it takes on a day: the latest amount that has begun; none where none."""
        found = {}
        for code, each in self.by_measure.items():
            begun = [amount for amount in each.amounts if amount.valid_from <= day]
            if begun:
                latest = max(begun, key=lambda amount: amount.valid_from)
                found[code] = TakenResource(each.resource_kind, each.unit, latest.amount)
        return found


def load_help_resources(schema: Schema, folder: Path | None = None) -> HelpResources:
    """Return the table from `help_resources.yaml` of the folder, or of the product.

    Raises ParameterError with file and line for the first key that does not fit, measure or kind that the vocabulary
    does not have, kind that is counted in two units, or amount without a source.
    """
    with faults_of_policy():
        document = read_document(folder or Path(__file__).parent, "help_resources.yaml")
        table = {code: read_form(document, code, HelpResource, {"measure": code}) for code in document.entries}
    kinds = schema.code_list("resource_kind")
    units: dict[str, str] = {}
    for code, entry in table.items():
        if code not in schema.measures:
            raise _fault(document, code, fault="help_resource_unknown", name=code)
        if entry.resource_kind not in kinds and entry.resource_kind != TRAINING:
            raise _fault(document, code, "resource_kind", fault="help_resource_unknown", name=entry.resource_kind)
        unit = units.setdefault(entry.resource_kind, entry.unit)
        if unit != entry.unit:
            both = {"other": unit, "unit": entry.unit}
            raise _fault(document, code, fault="help_resource_two_units", name=entry.resource_kind, **both)
        for place, amount in enumerate(entry.amounts):
            if not amount.reference and not amount.proposed:
                raise _fault(document, code, "amounts", place, fault="help_resource_no_reference", name=code)
    return HelpResources(table)


def _fault(document: Document, *steps: str | int, fault: str, **fields: str) -> ParameterError:
    return ParameterError(fault, file=document.name, line=document.line(*steps), **fields)
