"""What a noun is made of: the forms that the YAML files in `kinds/` and `vocab/` are read into.

Frozen pydantic models; an unknown key is refused. Nothing here knows a database, a frame or the web.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph_schema.messages import Language


class Form(BaseModel):
    """The base of every form: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Form):
    """The English and the Chinese label of a noun; both are required."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def text(self, language: Language) -> str:
        """Return the label in one language."""
        return self.zh if language == "zh" else self.en


class PropertyType(StrEnum):
    """What a property holds. The name of a property decides it (`types.property_type`)."""

    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"
    FLAG = "flag"
    CODE = "code"
    CODES = "codes"
    JSON = "json"


class Property(Form):
    """One property of a kind. `codes` names the code list of a CODE property."""

    name: str
    label: Names
    type: PropertyType
    is_required: bool = False
    unit: str | None = None
    codes: str | None = None
    is_personal: bool = False
    is_sensitive: bool = False
    note: Names | None = None


KeptIn = Literal["ledger", "both", "graph"]


class NodeKind(Form):
    """A kind of node.

    `id_rule`: `code` = the id is an official or registered code, or given whole by whoever makes the node;
    `pseudonym` = the id is the keyed hash of a register number; `parts` = the id is `id_parts` joined by `-`. A part is
    a column of the kind's table, `a|b` (whichever of the columns is filled), the fact column `feed`, or a column that
    only feed files have: `number` (1 when left out) or `area_id`. A part that is not required and empty is left out.
    `is_shared` = several feeds may each know a part of it, so a missing required property is reported by
    `plumline check`, not refused row by row. `group` is a kind group of the rights table (place, people, vocabulary,
    facts, causes, cases, help, trade, papers, upkeep, audit). `one_of`: groups of end columns of which exactly one is
    filled, beside those that follow from one relationship to several kinds.
    """

    name: str
    label: Names
    group: str
    kept_in: KeptIn
    id_rule: Literal["code", "pseudonym", "parts"]
    id_parts: tuple[str, ...]
    is_shared: bool
    properties: tuple[Property, ...]
    one_of: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[str, ...] = ()
    note: Names | None = None


class RelationshipKind(Form):
    """A kind of relationship. `cardinality` is read from `from_kinds` to `to_kinds`.

    `optional_from`: kinds of `from_kinds` that need not have one. `is_optional`: none of them needs one.
    `projected_from`: for a relationship kept in the graph only, the ledger kind (or fact column) it is made from.
    """

    name: str
    label: Names
    from_kinds: tuple[str, ...]
    to_kinds: tuple[str, ...]
    cardinality: Literal["n:1", "1:n", "n:m"]
    is_optional: bool = False
    optional_from: tuple[str, ...] = ()
    kept_in: KeptIn
    projected_from: str | None = None
    properties: tuple[Property, ...] = ()
    note: Names | None = None


class Code(Form):
    """One code of a code list, with its meaning."""

    code: str
    label: Names


class CodeList(Form):
    """The closed set of codes that a property may hold, in order."""

    name: str
    label: Names
    codes: tuple[Code, ...]

    def __contains__(self, code: object) -> bool:
        """Return whether `code` is one of the list."""
        return any(entry.code == code for entry in self.codes)


class Version(Form):
    """The version of the vocabulary and the day from which it counts."""

    version: str
    valid_from: date


class Source(Form):
    """One citation: a key as N2 or T15, its grade (A official or peer-reviewed, B named outlet, C to be checked)."""

    key: str
    grade: Literal["A", "B", "C"]
    title: str
    address: str | None = None


class Sourced(Form):
    """A noun whose values are partly sourced, partly our own proposal.

    `sources` cite what is published; `proposed` names the fields that are our own proposal.
    """

    label: Names
    sources: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    note: Names | None = None


class Cause(Sourced):
    """A cause or a state. `share` is the percent of poor households naming it, from which `leak` follows by Bayes."""

    code: str
    dimension: Literal["H", "L", "E", "F", "A", "M", "V", "S", "O"]
    cause_kind: Literal["root", "intermediate", "amplifier", "state"]
    official_code: str | None = None
    is_sensitive: bool = False
    share: float
    leak: float
    risk_leak: float = 0.0


class Amplifier(Form):
    """What raises (factor above 1) or dampens (below 1) a link: a cause's finding, or a rule on a property."""

    cause: str | None = None
    reads: str | None = None
    rule: str | None = None
    factor: float = Field(gt=0)


class Link(Sourced):
    """One `LEADS_TO`: `strength` is the chance that the fully severe cause brings the effect within 12 months."""

    link_id: str
    from_cause: str
    to_cause: str
    strength: float = Field(gt=0, le=1)
    is_definition: bool = False
    lag_days: int = Field(ge=0)
    is_feedback: bool = False
    evidence_grade: Literal["A", "B", "C", "P"]
    opposing_sources: tuple[str, ...] = ()
    opposing_note: Names | None = None
    amplified_by: tuple[Amplifier, ...] = ()


class EvidenceRule(Form):
    """One `EVIDENCES`: when the indicator meets the rule, the cause is found.

    The number it compares with lives in the policy profile under `<indicator>.<cause>`. `operator`:
    `<` `<=` `>` `>=` `=` compare with that number; `in` with a list of codes; `below_line` with the area's monitoring
    line of the year; `below_county_quantile` with that quantile of the county; `names` = the answer names causes (one
    finding each; `cause` is then `any`); `falls` = lower than the observation before it while one of `with_causes` is
    open. `group` = the rules of one group hold only when every known one of them does.
    """

    rule_id: str
    cause: str
    operator: Literal["<", "<=", ">", ">=", "=", "in", "below_line", "below_county_quantile", "names", "falls"]
    status: Literal["suspected", "confirmed"]
    confidence: float = Field(gt=0, le=1)
    with_causes: tuple[str, ...] = ()
    group: str | None = None
    assessors_needed: int = 1


class Indicator(Sourced):
    """What is measured at a household, an area, or a product in an area. `answers` = the codes it may take, if coded.

    `use`: what it is for besides raising findings: `clue`, `question`, `covariate`, `appraisal` or none.
    """

    code: str
    unit: str
    scope: Literal["household", "area", "product_area"]
    is_sensitive: bool = False
    answers: tuple[str, ...] = ()
    use: Literal["clue", "question", "covariate", "appraisal", "planning"] | None = None
    raises: tuple[EvidenceRule, ...] = ()


class Measure(Sourced):
    """One kind of help. `target` is a cause code or a link id; `effect` multiplies its probability or strength."""

    code: str
    family: str
    target: str
    effect: float = Field(ge=0, le=1)
    cost_fen: int = Field(ge=0)
    min_duration_days: int = Field(ge=0)
    prerequisite: str | None = None
    is_development: bool
    forbidden: str | None = None


class Product(Sourced):
    """A product in trade. `dfc_code` is its code in the Data Food Consortium vocabulary where one is known."""

    code: str
    dfc_code: str | None = None
    perishability_days: int | None = None


class Feed(Sourced):
    """Where rows come from: what it fills, how late it is, and whether a missing row is an end."""

    code: str
    department: Names
    feed_kind: Literal["register", "self_report", "visit", "survey", "own"]
    feed_mode: Literal["snapshot", "changes"]
    lag_days: int
    fills_indicators: tuple[str, ...] = ()
    fills_kinds: tuple[str, ...] = ()
    fills_properties: tuple[str, ...] = ()
    legal_basis: str | None = None


class Role(Form):
    """A role with its area scope and its right per kind group and field class (r, w, rw, f, o, p, g, a or -)."""

    code: str
    label: Names
    area_scope: Literal[
        "village", "town", "county", "province", "all", "own_feed", "own_household", "own_rows", "by_grant", "none"
    ]
    rights: dict[str, str]


class CaseState(Form):
    """A state of the monitoring case."""

    code: str
    label: Names
    meaning: Names
    is_closed: bool = False


class Phase(Form):
    """A phase of a household's income trend, with its rule; the rules are tried in `order`."""

    code: str
    order: int
    label: Names
    rule: Names
