"""The cause engine on files alone: a network and findings in, the risk of every household out. No graph is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path

from yaml import YAMLError

from analysis.errors import QuestionError
from analysis.questions.answer import Notice, notice
from analysis.questions.risk_files_answer import HouseholdRisk, NetworkUsed, RiskFilesAnswer
from analysis.questions.risk_files_households import HouseholdForms, Parts
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import Numbers
from analysis.risk.findings_file import FindingsFile, read_findings
from analysis.risk.network import RiskNetwork, network_of_schema
from analysis.risk.network_file import read_learned, read_network
from graph_schema import Schema

VOCABULARY = "vocabulary"
# Digits of a file's SHA-256 that name its version.
_DIGITS = 12


@dataclass(frozen=True)
class FilesAsked:
    """What is asked: the findings, the network of a file or of the vocabulary, the state, and what to say besides risk.

    `household`: the one household meant, None for all. `seen`: by code, what was seen to be there or not.
    """

    findings: Path
    network: Path | Schema
    target: str | None = None
    household: str | None = None
    seen: Mapping[str, bool] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)
    show_sensitive: bool = False


@dataclass(frozen=True)
class FilesRisk:
    """The answer before it is written out.

    `head`: all of it but the households. `ids` and `risk`: the households and their risks, shape (households,).
    `blocks()` yields their forms some at a time, so that a million need not be held at once.
    """

    head: RiskFilesAnswer
    ids: tuple[str, ...]
    risk: Numbers
    forms: HouseholdForms

    def blocks(self) -> Iterator[tuple[HouseholdRisk, ...]]:
        """Yield the households in the order of the file, some thousand at a time."""
        for start, stop in self.forms.spans():
            yield tuple(self.forms.between(start, stop, self.risk))

    def first(self, count: int) -> Iterator[HouseholdRisk]:
        """Yield the first households of the file, at most `count`."""
        yield from self.forms.between(0, min(count, len(self.ids)), self.risk)

    def answer(self) -> RiskFilesAnswer:
        """Return the whole answer, the households in it."""
        return self.head.model_copy(update={"households": tuple(chain.from_iterable(self.blocks()))})


def risk_files(asked: FilesAsked) -> FilesRisk:
    """Return the risk of the households of a file of findings.

    Sensitive causes of the vocabulary are counted and not shown unless `show_sensitive`; a network from a file marks
    none. Raises QuestionError for a fault of a file, an unknown target or code, a network too wide, or something seen
    that cannot happen at one of the households, and SubjectNotFound for a household that the file does not have.
    """
    network, used = _network(asked.network)
    engine = RiskEngine(network)
    target = asked.target if asked.target is not None else network.default_target
    if target is None:
        raise QuestionError("risk_no_target", states=", ".join(network.states))
    # Asked before the findings are read, so that a wrong target or code is told even where they are faulty too.
    leak_risk = engine.leak_risk(target)
    for code in asked.seen:
        network.node_position(code)
    found = read_findings(asked.findings, network)
    if asked.household is not None:
        place = found.place(asked.household)
        found = found.between(place, place + 1)
    risk = engine.risk(found.findings, target)
    hidden = _hidden(asked)
    forms = HouseholdForms(engine, found, target=target, seen=dict(asked.seen), parts=asked.parts, hidden=hidden)
    if asked.seen:
        forms.check_seen()
    head = RiskFilesAnswer(
        network=used,
        findings=found.name,
        target=target,
        seen=dict(asked.seen),
        household_count=len(found.ids),
        finding_count=len(found.findings.cause),
        leak_risk=leak_risk,
        expected_count=float(risk.sum()),
        hidden_count=len(hidden),
        notices=_notices(found, hidden),
        households=(),
    )
    return FilesRisk(head, found.ids, risk, forms)


def _hidden(asked: FilesAsked) -> frozenset[str]:
    if isinstance(asked.network, Path) or asked.show_sensitive:
        return frozenset()
    return frozenset(code for code, cause in asked.network.causes.items() if cause.is_sensitive)


def _network(given: Path | Schema) -> tuple[RiskNetwork, NetworkUsed]:
    if isinstance(given, Schema):
        network, name, version = network_of_schema(given), VOCABULARY, given.version
    else:
        try:
            network, (learned, _) = read_network(given), read_learned(given)
        except (UnicodeDecodeError, YAMLError) as error:
            raise QuestionError("risk_network_no_text", file=given.name) from error
        name, version = given.name, learned.id if learned else sha256(given.read_bytes()).hexdigest()[:_DIGITS]
    return network, NetworkUsed(
        source="vocabulary" if isinstance(given, Schema) else "file",
        name=name,
        version=version,
        node_count=len(network.nodes),
        link_count=len(network.links),
        left_out_link_count=len(network.slow_links) + len(network.feedback_links),
    )


def _notices(found: FindingsFile, hidden: frozenset[str]) -> tuple[Notice, ...]:
    notices = [notice("notice_risk_score")]
    if not found.ids:
        notices.append(notice("notice_no_households"))
    if found.repeated_count:
        notices.append(notice("notice_repeated_findings", count=found.repeated_count))
    if hidden:
        notices.append(notice("notice_risk_sensitive_hidden"))
    return tuple(notices)
