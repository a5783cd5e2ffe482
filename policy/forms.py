"""What the YAML of policy is read into."""

from __future__ import annotations

from datetime import date
from typing import Literal

from graph_schema.meta import Form, Names

Holds = Literal["number", "code", "codes"]


class PolicyKey(Form):
    """A parameter: its name, its usual unit, and what its value means.

    `also`: other units that a value may be given in. A key that ends in `*` stands for every key that begins so.
    """

    key: str
    label: Names
    unit: str
    also: tuple[str, ...] = ()
    holds: Holds = "number"
    meaning: Names


class Profile(Form):
    """A set of values for some areas. `under` names the profile that answers where this one says nothing."""

    code: str
    label: Names
    areas: tuple[str, ...] = ()
    under: str | None = None


class Value(Form):
    """One value of a parameter, from a day on, for the whole profile or one area of it.

    `reference`: where the number comes from. `proposed`: the number, or its use here, is our own proposal.
    """

    key: str
    value: object
    unit: str | None = None
    reference: str = ""
    proposed: bool = False
    valid_from: date
    area: str | None = None
