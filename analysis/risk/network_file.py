"""A network of causes read from a YAML file: `nodes: [{code, leak}]`, `links: [{id, from, to, strength, ...}]`."""

from __future__ import annotations

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


class _Link(Form):
    id: str
    from_code: str = Field(alias="from")
    to_code: str = Field(alias="to")
    strength: float
    lag_days: int = Field(default=0, ge=0)
    is_feedback: bool = False
    amplified_by: tuple[_Amplifier, ...] = ()


class _File(Form):
    nodes: tuple[_Node, ...]
    links: tuple[_Link, ...]


def read_network(path: Path) -> RiskNetwork:
    """Return the network of a file.

    A node's `risk_leak` is its `leak` where the file gives none. The states are the nodes with `state: true`, or, where
    none has it, the nodes that some link enters and none leaves. Amplifiers and feedback are as in the vocabulary.
    Raises SchemaError where the file is missing or no YAML, QuestionError with file and line where a value is wrong,
    and QuestionError naming the link where the network is.
    """
    document = read_document(path.parent, path.name)
    try:
        given = _File.model_validate(document.entries)
    except ValidationError as error:
        raise _fault(document, error) from error
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
