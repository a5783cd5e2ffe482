"""A ledger of facts written by hand, with every value that a form of file could spoil, and what exports it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph_schema import Schema
from ledger import Ledger
from loaders.export import run
from loaders.export.run import ExportForm, ExportReport, ExportRequest, export
from loaders.graph_frames import GraphFrames
from loaders.project import project
from policy import Policy, load_policy
from tests.loaders.graph.written_facts import DAY, MONDAY, Facts, load

LONG_NUMBER = 2**53 + 1
ODD_TEXTS = (
    "comma, \"quote\", 'apostrophe' and ;",
    "line one\nline two\r\nline three\ttab",
    "back\\slash \\n and \\",
    "=1+1",
    "-沈某某 张三丰 🌱",
    "<b>&amp;</b> ]]>",
    "",
    "  blanks  ",
    "control \x01\x1f end",
)


@dataclass(frozen=True)
class Desk:
    """A ledger and what exports it into a new folder."""

    folder: Path
    ledger: Ledger
    schema: Schema
    policy: Policy
    made: dict[str, ExportReport] = field(default_factory=dict)

    def export(self, form: ExportForm, **asked: object) -> ExportReport:
        """Export into a new folder, the graph of DAY unless it is asked otherwise."""
        whole: dict[str, object] = {
            "folder": self.folder / secrets.token_hex(4),
            "form": form,
            "day": DAY,
            "made_at": MONDAY,
            "loads_version": self.ledger.version,
            **asked,
        }
        return export(ExportRequest(**whole), self.ledger, self.schema, self.policy)  # type: ignore[arg-type]

    def once(self, form: ExportForm, **asked: object) -> ExportReport:
        """Return what such an export wrote, to read only; it is made for the first test that asks."""
        name = repr((form, sorted(asked.items())))
        if name not in self.made:
            self.made[name] = self.export(form, **asked)
        return self.made[name]


@pytest.fixture(scope="module", autouse=True)
def projected_once() -> Iterator[None]:
    """Project the same facts once for all exports of a module; it takes most of their time."""
    known: dict[str, GraphFrames] = {}

    def once(ledger: Ledger, schema: Schema, policy: Policy, **asked: object) -> GraphFrames:
        name = repr((ledger.folder, ledger.version, sorted(asked.items())))
        if name not in known:
            known[name] = project(ledger, schema, policy, **asked)  # type: ignore[arg-type]
        return known[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "project", once)
        yield


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def desk_of(tmp_path_factory: pytest.TempPathFactory, schema: Schema, policy: Policy) -> Callable[[Facts], Desk]:
    """Return what makes a ledger of written facts, all in one load."""

    def made(facts: Facts) -> Desk:
        folder = tmp_path_factory.mktemp("desk")
        ledger = Ledger.open(folder / "data", schema)
        load(ledger, facts, MONDAY)
        return Desk(folder, ledger, schema, policy)

    return made


@pytest.fixture(scope="session")
def odd_facts(schema: Schema, policy: Policy) -> Facts:
    """Return facts with every kind of value and text that could be spoilt, some of them sensitive."""
    facts = Facts(schema, policy)
    for number, text in enumerate(ODD_TEXTS):
        facts.household(
            f"h{number}",
            head_name=text,
            productive_investment_fen=LONG_NUMBER + number,
            arable_mu=0.1 + 0.2,
            poverty_exit_on=date(1890, 1, 2),
        )
    facts.add("Person", id="p1", name="张三", birth_year=1950, has_chronic_illness=True, disability_grade="1")
    facts.add("Stay", id="s1", person_id="p1", household_id="h1", member_role="head", starts_on=date(2020, 1, 1))
    facts.add("Agency", id="A1", name="=cmd()", area_level="county")
    for name, codes in (("none", None), ("one", ["any"]), ("two", ["any", "migrant"])):
        facts.add("Programme", id=f"PR-{name}", name=f"{name} {'长' * 10}", eligible_codes=codes, agency_id="A1")
    facts.observe("I14a", 30, date(2025, 6, 1))
    facts.observe("I29", "H01;M02", date(2025, 6, 2))
    facts.observe("I29", "H01", date(2025, 6, 3), household_id="h2")
    facts.add(
        "Clue", id="c1", feed="police", rule_id="r", household_id="h1", clue_route="department", clue_status="open",
        raised_at=datetime(2025, 6, 1, 3, 4, 5, 678901, tzinfo=UTC), reason="says “ill”",
    )  # fmt: skip
    help_ = {"household_id": "h1", "starts_on": date(2025, 6, 1), "assistance_status": "running", "agency_id": "A1"}
    facts.add("Assistance", id="a-plum", measure_id="B37", **help_)
    facts.add("Assistance", id="a-ill", measure_id="B03", **help_)
    facts.state("H01", "confirmed", date(2025, 6, 1))
    facts.state("M02", "confirmed", date(2025, 6, 1))
    return facts


@pytest.fixture(scope="session")
def desk(desk_of: Callable[[Facts], Desk], odd_facts: Facts) -> Desk:
    """Return the ledger of the odd facts, to read only."""
    return desk_of(odd_facts)
