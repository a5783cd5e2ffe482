"""Asked of the tiny graph on both engines; numbers are worked out by hand from tests/tiny/README.md and the vocabulary.

Ways to O06 that stay shut where nothing is found: O02 by 0.9941, the others by 0.994609 (decision 0015). The day is
2026-05-20.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from analysis.errors import QuestionError, SensitiveSubject, SubjectNotFound
from analysis.questions.explain import explain
from analysis.questions.explain_answer import ExplainAnswer
from analysis.risk.model import RiskModel, expert_model
from graph_schema import Schema
from graph_store import GraphStore
from policy import Policy
from tests.analysis.history.told import MemoryLedger

DAY = date(2026, 5, 20)
SHUT = 0.9941 * 0.997 * (1 - 0.4 * 0.003) * 0.9988
# L06 of h6 is confirmed with severity 0.8 and leads to O02 by K22 of 0.6; F05, suspected at 0.8 with severity 0.6,
# makes it stronger by a factor of 1.5.
L06_ALONE, L06_WITH_F05 = 0.4**0.8, 0.4 ** (0.8 * (1 + 0.5 * 0.8 * 0.6))
Ask = Callable[..., ExplainAnswer]


@pytest.fixture(scope="module")
def model(schema: Schema) -> RiskModel:
    return expert_model(schema)


@pytest.fixture
def ask(tiny_store: GraphStore, schema: Schema, policy: Policy, model: RiskModel) -> Ask:
    ledger = MemoryLedger(schema)

    def asked(
        household: str,
        *,
        show_sensitive: bool = False,
        seen: dict[str, bool] | None = None,
        with_cut: bool = False,
    ) -> ExplainAnswer:
        return explain(
            tiny_store,
            ledger,
            schema,
            policy,
            model,
            household,
            day=DAY,
            show_sensitive=show_sensitive,
            seen=seen or {},
            with_cut=with_cut,
        )

    return asked


def codes(answer: ExplainAnswer) -> list[str]:
    return [each.code for each in answer.notices]


def test_the_risk_and_what_each_finding_adds(ask: Ask) -> None:
    answer = ask("h6", show_sensitive=True)
    nothing, alone, both = 1 - SHUT, 1 - SHUT * L06_ALONE, 1 - SHUT * L06_WITH_F05
    assert (answer.risk, answer.risk_with_help, answer.leak_risk) == pytest.approx((both, both, nothing), abs=1e-9)
    assert [(found.code, found.status, found.severity, found.confidence, found.since) for found in answer.findings] == [
        ("L06", "confirmed", 0.8, 1.0, date(2026, 1, 15)),
        ("F05", "suspected", 0.6, 0.8, date(2026, 2, 1)),
    ]
    # F05 does nothing by itself: it comes second in half of the orders, and adds what it raises L06 by.
    f05 = (both - alone) / 2
    assert [found.shapley for found in answer.findings] == pytest.approx([both - nothing - f05, f05], abs=1e-9)
    assert [found.drop for found in answer.findings] == pytest.approx([both - nothing, both - alone], abs=1e-9)
    assert (answer.level, answer.is_above, answer.is_already, answer.already_by) == (0.3, True, False, ())


def test_what_is_sensitive_is_counted_and_not_named(ask: Ask, schema: Schema) -> None:
    shown, hiding = ask("h6", show_sensitive=True), ask("h6")
    assert hiding.risk == shown.risk
    assert [found.code for found in hiding.findings] == ["L06"]
    assert hiding.hidden_findings is not None
    assert (hiding.hidden_count, hiding.hidden_findings.count) == (1, 1)
    added = sum(found.shapley or 0 for found in hiding.findings) + (hiding.hidden_findings.shapley or 0)
    assert added == pytest.approx(hiding.risk - (hiding.risk_without or 0), abs=1e-9)
    # The link that it makes stronger says that something does.
    assert [(link.link_id, link.hidden_amplifier_count, link.amplifiers) for link in hiding.links] == [
        ("K22", 1, ()),
        ("K74", 0, ()),
    ]


@pytest.mark.parametrize("household", [f"h{number}" for number in range(1, 10)])
def test_nothing_of_a_sensitive_cause_is_in_an_answer_that_hides_them(ask: Ask, schema: Schema, household: str) -> None:
    text = ask(household, with_cut=True).model_dump_json().lower()
    words = set()
    for code, cause in schema.causes.items():
        if cause.is_sensitive:
            words |= {f'"{code.lower()}"', cause.label.en.lower(), cause.label.zh}
    for code, measure in schema.measures.items():
        link = schema.links.get(measure.target)
        if schema.causes[link.from_cause if link else measure.target].is_sensitive:
            words.add(f'"{code.lower()}"')
    assert [word for word in words if word in text] == []


def test_chains_over_a_sensitive_cause_are_counted(ask: Ask) -> None:
    shown, hiding = ask("h2", show_sensitive=True), ask("h2")
    assert (hiding.chains, hiding.hidden_chain_count) == ((), len(shown.chains))
    assert len(shown.chains) > 0


def test_a_chain_is_told_as_a_sentence(ask: Ask) -> None:
    chain = ask("h6").chains[0]
    assert chain.strength == pytest.approx(1 - L06_WITH_F05, abs=1e-9)
    assert chain.sentence_en == (
        "Migrant job loss (confirmed, severe) leads within 90 days to income below line (0.60; evidence of grade A). "
        "The whole chain: 0.60, 90 days."
    )
    assert chain.sentence_zh == (
        "“务工失业”（已确认，程度严重）在 90 天内导致“收入低于监测线”（0.60；证据等级 A）。"
        "整条链：强度 0.60，共 90 天。"
    )


def test_the_states_tell_their_strongest_chain_and_its_rival(ask: Ask) -> None:
    answer = ask("h7")
    # V01 leads to O02 by K57, M01 by K50: two stories that share no finding.
    (state,) = [state for state in answer.states if state.code == "O06"]
    assert state.strongest is not None
    told = [answer.chains[place].codes for place in (state.strongest, *state.rivals)]
    assert told == [("V01", "O02", "O06"), ("M01", "O02", "O06")]
    assert state.chance == answer.risk


def test_evidence_stands_with_its_finding_and_sources_with_their_link(ask: Ask, schema: Schema) -> None:
    answer = ask("h7")
    (found,) = [found for found in answer.findings if found.code == "V01"]
    assert [(entry.indicator, entry.value, entry.feed) for entry in found.evidence] == [("I56", 0.6, "emergency")]
    assert [shock.area_id for shock in found.shocks] == ["350624105"]
    (link,) = [link for link in answer.links if link.link_id == "K57"]
    assert [(source.key, source.title) for source in link.sources] == [
        (key, schema.sources[key].title) for key in schema.links["K57"].sources
    ]


def test_what_is_refuted_adds_nothing_and_leads_nowhere(ask: Ask) -> None:
    answer = ask("h5")
    assert [(found.code, found.status, found.shapley, found.drop) for found in answer.findings] == [
        ("M01", "refuted", None, None)
    ]
    assert answer.chains == ()
    assert answer.risk == pytest.approx(1 - SHUT, abs=1e-9)
    assert "notice_explain_no_finding" in codes(answer)


def test_a_household_without_findings_has_a_stated_empty_answer(ask: Ask) -> None:
    answer = ask("h8")
    assert (answer.findings, answer.chains, answer.nodes, answer.hidden_findings) == ((), (), (), None)
    assert answer.risk == answer.leak_risk == pytest.approx(1 - SHUT, abs=1e-9)
    (told,) = [each for each in answer.notices if each.code == "notice_explain_no_finding"]
    assert "0.0113" in told.text_en
    assert "0.0113" in told.text_zh
    assert answer.behind.seen == ()


def test_every_answer_says_that_a_score_decides_nothing_and_on_which_network_it_rests(
    ask: Ask, model: RiskModel
) -> None:
    answer = ask("h6")
    assert {"notice_made_up", "notice_risk_score", "notice_score_not_decision"} <= set(codes(answer))
    assert (answer.network_version, answer.is_learned) == (model.version, False)


def test_the_first_of_the_next_years_is_the_risk_and_one_at_least_grows(ask: Ask) -> None:
    answer = ask("h7")
    assert [year.year for year in answer.years] == [1, 2, 3, 4, 5]
    assert (answer.years[0].chance, answer.years[0].at_least_once) == pytest.approx((answer.risk,) * 2, abs=1e-9)
    once = [year.at_least_once for year in answer.years]
    assert once == sorted(once)


def test_what_is_seen_is_told_apart_from_what_is_held_and_leaves_the_risk(ask: Ask) -> None:
    plain, seen = ask("h7"), ask("h7", seen={"O02": True})
    assert seen.risk == plain.risk
    assert [(each.code, each.is_there, each.is_held) for each in seen.behind.seen] == [("O02", True, False)]
    chances = {cause.code: cause for cause in seen.behind.causes}
    # A price drop leads to low income, so that low income makes it likelier.
    assert chances["M01"].chance > chances["M01"].chance_unseen


def test_the_next_question_is_the_one_that_tells_most(ask: Ask) -> None:
    answer = ask("h7")
    question = answer.behind.question
    assert question is not None
    assert question.bits == max(cause.bits for cause in answer.behind.causes)
    assert (question.code, question.text_en) == ("M01", "Is the suspicion of “price drop” at this household right?")
    assert question.text_zh == "这户疑似“价格下跌”，是否属实？"


def test_the_cut_begins_from_the_help_that_runs(ask: Ask) -> None:
    answer = ask("h1", with_cut=True)
    assert [measure.code for measure in answer.help] == ["B36"]
    assert answer.cut is not None
    assert answer.cut.risk_with_help == pytest.approx(answer.risk_with_help, abs=1e-9)
    assert (answer.cut.is_under_already, answer.risk_with_help < answer.risk) == (True, True)
    assert ask("h1").cut is None


def test_a_risk_that_was_never_kept_tells_of_no_change(ask: Ask) -> None:
    assert ask("h1").changed_since is None


def test_the_nodes_are_those_that_findings_and_chains_name(ask: Ask) -> None:
    answer = ask("h7")
    named = {found.code for found in answer.findings} | {code for chain in answer.chains for code in chain.codes}
    assert {node.code for node in answer.nodes} == named
    assert {node.code: node.status for node in answer.nodes if node.status} == {"V01": "confirmed", "M01": "suspected"}


def test_an_unknown_household_is_not_found(ask: Ask) -> None:
    with pytest.raises(SubjectNotFound) as caught:
        ask("nobody")
    assert caught.value.code == "unknown_subject"


@pytest.mark.parametrize(
    ("seen", "error", "code"),
    [
        ({"X99": True}, QuestionError, "risk_unknown_code"),
        ({"H01": True}, SensitiveSubject, "sensitive_cause_asked"),
        # V01 is confirmed at h7, so that it is not there cannot be seen.
        ({"V01": False}, QuestionError, "risk_findings_cannot_happen"),
    ],
)
def test_what_cannot_be_seen_there_is_refused(
    ask: Ask, seen: dict[str, bool], error: type[QuestionError], code: str
) -> None:
    with pytest.raises(error) as caught:
        ask("h7", seen=seen)
    assert caught.value.code == code


def test_the_body_is_documented_and_reads_back(ask: Ask) -> None:
    answer = ask("h6", show_sensitive=True, with_cut=True)
    form = ExplainAnswer.model_json_schema()
    parts = [form, *form["$defs"].values()]
    fields = {name: field for part in parts for name, field in part["properties"].items()}
    assert [name for name, field in fields.items() if not {"description", "$ref"} & set(field)] == []
    assert ExplainAnswer.model_validate_json(answer.model_dump_json()) == answer
