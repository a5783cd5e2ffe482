"""A network of causes read from a YAML file: `nodes: [{code, leak}]`, `links: [{id, from, to, strength, ...}]`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from analysis.errors import QuestionError
from analysis.risk.network import RiskAmplifier, RiskLink, RiskNetwork, RiskNode, checked_network
from graph_schema.meta import Form
from graph_schema.yaml_lines import Document, read_document


class _Node(Form):
    code: str
    leak: float = 0.0
    risk_leak: float | None = None
    state: bool = False


class _Amplifier(Form):
    cause: str | None = None
    reads: str | None = None
    rule: str | None = None
    factor: float


class LearnedStrength(Form):
    """What a learned network says beside the strength of a link; reading the network does not need it.

    `expert`: the strength before. `low` to `high`: interval with the prior; `data_low` to `data_high`: of the data
    alone. `data_share`: share of the information that the data brought. `exposed`, `used`, `came`: households with the
    cause, those that say something, those of them to whom the effect came; None where they are not told. `verdict`:
    supported, contradicted, none, too_few, not_seen, definition or not_learned.
    """

    expert: float
    verdict: str
    low: float | None = None
    high: float | None = None
    data_low: float | None = None
    data_high: float | None = None
    data_share: float = 0.0
    exposed: int | None = None
    used: int | None = None
    came: int | None = None


class NetworkVersion(Form):
    """Which version a file is: its id, the version it was learned beside, the area and the last day of the data."""

    id: str
    based_on: str
    area: str
    data_on: date
    households: int = Field(ge=0)


class _Link(Form):
    id: str
    from_code: str = Field(alias="from")
    to_code: str = Field(alias="to")
    strength: float
    lag_days: int = Field(default=0, ge=0)
    is_feedback: bool = False
    amplified_by: tuple[_Amplifier, ...] = ()
    learned: LearnedStrength | None = None


class _File(Form):
    version: NetworkVersion | None = None
    nodes: tuple[_Node, ...]
    links: tuple[_Link, ...]


def read_network(path: Path) -> RiskNetwork:
    """Return the network of a file.

    A node's `risk_leak` is its `leak` where the file gives none. The states are the nodes with `state: true`, or, where
    none has it, the nodes that some link enters and none leaves. Amplifiers and feedback are as in the vocabulary.
    Raises SchemaError where the file is missing or no YAML, QuestionError with file and line where a value is wrong,
    and QuestionError naming the link where the network is.
    """
    given = _read(path)
    onward = [link for link in given.links if not link.is_feedback]
    marked = {node.code for node in given.nodes if node.state}
    states = marked or {link.to_code for link in onward} - {link.from_code for link in onward}
    nodes = [
        RiskNode(
            code=node.code,
            leak=node.leak,
            risk_leak=node.leak if node.risk_leak is None else node.risk_leak,
            is_state=node.code in states,
        )
        for node in given.nodes
    ]
    return checked_network(nodes, [_link(link) for link in given.links])


def read_learned(path: Path) -> tuple[NetworkVersion | None, Mapping[str, LearnedStrength]]:
    """Return the version of a file and, by link id, what was learned; nothing of either for an expert's file.

    Raises as `read_network` does.
    """
    given = _read(path)
    return given.version, {link.id: link.learned for link in given.links if link.learned is not None}


def _read(path: Path) -> _File:
    document = read_document(path.parent, path.name)
    try:
        return _File.model_validate(document.entries)
    except ValidationError as error:
        raise _fault(document, error) from error


def _link(link: _Link) -> RiskLink:
    return RiskLink(
        link_id=link.id,
        from_code=link.from_code,
        to_code=link.to_code,
        strength=link.strength,
        lag_days=link.lag_days,
        is_feedback=link.is_feedback,
        amplifiers=tuple(
            RiskAmplifier(
                factor=item.factor,
                cause=item.cause,
                property_rule=f"{item.reads} {item.rule}" if item.reads and item.rule else None,
            )
            for item in link.amplified_by
        ),
    )


def _fault(document: Document, error: ValidationError) -> QuestionError:
    detail = error.errors()[0]
    place = detail["loc"]
    value = "" if detail["type"] == "missing" else detail["input"]
    return QuestionError(
        "risk_file_missing" if detail["type"] == "missing" else "risk_file_value",
        file=document.name,
        line=document.line(*place),
        place=".".join(str(step) for step in place),
        value=value,
    )
