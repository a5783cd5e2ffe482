"""An explanation as tables, asked of the tiny graph; what the findings add sums to the risk in the table too."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.questions.explain import explain
from analysis.questions.explain_answer import ExplainAnswer
from analysis.risk.model import expert_model
from analysis.tables.explain_tables import explain_tables
from analysis.tables.table import Table
from graph_schema import Schema
from graph_schema.messages import Label
from graph_store import GraphStore
from policy import load_policy
from tests.analysis.history.told import MemoryLedger

DAY = date(2026, 5, 20)


@pytest.fixture
def answer(answered: GraphStore, schema: Schema) -> ExplainAnswer:
    ledger, policy, model = MemoryLedger(schema), load_policy(), expert_model(schema)
    return explain(answered, ledger, schema, policy, model, "h6", day=DAY, with_cut=False)


def column(table: Table, code: str) -> list[object]:
    place = [each.code for each in table.columns].index(code)
    return [row[place] for row in table.rows]


def test_findings_risks_chains_links_causes_and_years_stand_in_a_table_each(answer: ExplainAnswer) -> None:
    tables = {table.name: table for table in explain_tables(answer)}
    assert list(tables) == ["why_findings", "why_risk", "why_chains", "why_links", "why_behind", "why_years", "about"]
    assert column(tables["why_risk"], "risk_value")[:2] == [answer.risk, answer.risk_with_help]
    assert column(tables["why_chains"], "sentence")[0] == Label(
        answer.chains[0].sentence_en, answer.chains[0].sentence_zh
    )
    assert column(tables["why_links"], "amplifiers") == [Label("(not shown)", "（不显示）"), Label("", "")]
    assert column(tables["why_behind"], "is_question").count(True) == 1
    assert column(tables["why_years"], "year_ahead") == [1, 2, 3, 4, 5]


def test_the_last_row_of_the_findings_sums_what_is_not_shown(answer: ExplainAnswer) -> None:
    table = explain_tables(answer)[0]
    assert column(table, "code") == ["L06", None]
    assert column(table, "cause_or_state")[1] == Label("(not shown)", "（不显示）")
    added = [share for share in column(table, "shapley") if isinstance(share, float)]
    assert sum(added) == pytest.approx(answer.risk - (answer.risk_without or 0), abs=1e-9)
    # Every row says that the data are made up, that one too.
    assert column(table, "is_made_up") == [True, True]
