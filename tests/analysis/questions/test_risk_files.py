"""The cause engine on files alone; docs/cause-engine-on-files.md works the example out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import QuestionError, SubjectNotFound
from analysis.questions import risk_files_households
from analysis.questions.risk_files import FilesAsked, risk_files
from analysis.questions.risk_files_answer import HouseholdRisk, RiskFilesAnswer
from analysis.questions.risk_files_households import Parts
from graph_schema import Schema

EXAMPLES = Path(__file__).resolve().parents[3] / "examples/cause_engine"
NETWORK, FINDINGS = EXAMPLES / "risk_network.yaml", EXAMPLES / "risk_findings.csv"
ALL = Parts(attribution=True, chains=True, question=True, posteriors=True)
HEADER = "household,cause,status,confidence,severity\n"
Ask = Callable[..., RiskFilesAnswer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Ask with the findings as text; None for those of the example."""

    def answer(text: str | None = None, *, network: Path | Schema = NETWORK, **asked: object) -> RiskFilesAnswer:
        path = FINDINGS
        if text is not None:
            path = tmp_path / "found.csv"
            path.write_text(HEADER + text, encoding="utf-8")
        return risk_files(FilesAsked(path, network, **asked)).answer()  # type: ignore[arg-type] # by name

    return answer


def by_id(answer: RiskFilesAnswer) -> dict[str, HouseholdRisk]:
    return {one.household: one for one in answer.households}


def test_the_example_comes_out_as_worked_by_hand(ask: Ask) -> None:
    answer = ask(parts=ALL)
    first = by_id(answer)["H-001"]
    assert (answer.target, answer.household_count, answer.finding_count) == ("RETURN", 4, 6)
    assert answer.leak_risk == pytest.approx(0.05152, abs=1e-12)
    assert (first.risk, first.risk_without) == pytest.approx((0.31828, 0.05152), abs=1e-12)
    assert first.attribution is not None
    assert [one.code for one in first.attribution] == ["ILLNESS", "NO_INSURANCE"]
    assert [one.shapley for one in first.attribution] == pytest.approx([0.2223, 0.04446], abs=1e-12)
    assert [one.drop for one in first.attribution] == pytest.approx([0.26676, 0.31828 - 0.22936], abs=1e-12)
    assert first.activity is not None
    assert first.activity["MEDICAL_COST"] == pytest.approx(0.775, abs=1e-12)
    assert first.chains is not None
    # 0.75 x 0.4.
    assert [(chain.codes, round(chain.strength, 12)) for chain in first.chains] == [
        (("ILLNESS", "MEDICAL_COST", "RETURN"), 0.3)
    ]
    # Nothing else than the medical cost and low income is open: 0.775 is nearer to a half than 0.02.
    assert first.question is not None
    assert first.question.code == "MEDICAL_COST"


def test_every_household_is_answered_in_the_order_of_the_file(ask: Ask) -> None:
    answer = ask()
    assert [one.household for one in answer.households] == ["H-001", "H-002", "H-003", "H-004"]
    assert answer.expected_count == pytest.approx(sum(one.risk for one in answer.households), abs=1e-12)
    # H-004 has no finding. H-003: low income is refuted, so only the medical cost's leak is left, 0.1 x 0.4.
    assert by_id(answer)["H-004"].risk == pytest.approx(answer.leak_risk, abs=1e-12)
    assert by_id(answer)["H-003"].risk == pytest.approx(0.04, abs=1e-12)


def test_one_household_is_answered_as_among_all(ask: Ask) -> None:
    alone = ask(household="H-002", parts=ALL)
    assert (alone.household_count, alone.finding_count) == (1, 2)
    assert alone.households == (by_id(ask(parts=ALL))["H-002"],)


def test_households_are_answered_in_blocks_as_all_at_once(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ask(parts=ALL)
    monkeypatch.setattr(risk_files_households, "HOUSEHOLDS_AT_ONCE", 3)
    assert ask(parts=ALL) == whole


def test_what_was_seen_changes_what_lies_behind_it_and_not_the_risk(ask: Ask) -> None:
    # Unsold produce is the one way to low income but its leak: u = 0.8, P(low income) = 1 - 0.98 x (1 - 0.5 u) = 0.412.
    # With unsold produce it is 1 - 0.98 x 0.5 = 0.51: the posterior is 0.8 x 0.51 / 0.412.
    answer = ask("A,NO_BUYER,confirmed,,\n", seen={"LOW_INCOME": True})
    one = answer.households[0]
    assert one.seen_chance == pytest.approx(0.412, abs=1e-12)
    assert one.posterior is not None
    assert one.posterior["UNSOLD_PRODUCE"] == pytest.approx(0.8 * 0.51 / 0.412, abs=1e-12)
    assert one.risk == ask("A,NO_BUYER,confirmed,,\n").households[0].risk


def test_what_cannot_happen_is_told_with_the_household_before_any_is_answered() -> None:
    with pytest.raises(QuestionError) as refused:
        risk_files(FilesAsked(FINDINGS, NETWORK, seen={"LOW_INCOME": True}))
    assert refused.value.code == "risk_findings_cannot_happen"
    for language in ("en", "zh"):
        assert "H-003" in refused.value.text(language)
        assert "LOW_INCOME" in refused.value.text(language)


def test_a_file_without_households_has_an_empty_answer_that_says_so(ask: Ask) -> None:
    answer = ask("", parts=ALL)
    assert (answer.households, answer.household_count, answer.expected_count) == ((), 0, 0.0)
    assert "notice_no_households" in {notice.code for notice in answer.notices}


def test_rows_that_say_the_same_are_counted_in_a_notice(ask: Ask) -> None:
    told = ask("A,ILLNESS,suspected,0.6,\n" * 3).notices
    assert [(notice.code, notice.text_en[:1]) for notice in told][1:] == [("notice_repeated_findings", "2")]


def test_forty_findings_have_a_risk_and_say_that_it_is_not_shared_out(ask: Ask, schema: Schema) -> None:
    causes = [code for code, cause in schema.causes.items() if cause.cause_kind != "state"][:40]
    one = ask("".join(f"A,{code},suspected,0.2,0.2\n" for code in causes), network=schema, parts=ALL).households[0]
    assert (one.finding_count, one.is_attribution_left_out, one.risk_without) == (40, True, None)
    assert 0 < one.risk < 1
    assert one.attribution
    assert {(added.shapley, added.drop) for added in one.attribution} == {(None, None)}


def test_sensitive_causes_of_the_vocabulary_are_counted_and_shown_only_when_asked(ask: Ask, schema: Schema) -> None:
    sensitive = {code for code, cause in schema.causes.items() if cause.is_sensitive}
    found = "".join(f"A,{code},confirmed,,\n" for code in sorted(sensitive)[:3]) + "A,M02,confirmed,,\n"
    hidden, shown = (ask(found, network=schema, parts=ALL, show_sensitive=flag) for flag in (False, True))
    assert hidden.hidden_count == len(sensitive)
    assert "notice_risk_sensitive_hidden" in {notice.code for notice in hidden.notices}
    assert hidden.households[0].risk == shown.households[0].risk
    told = hidden.model_dump(include={"households"})["households"][0]
    assert sensitive.isdisjoint(told["activity"].keys() | told["posterior"].keys())
    assert [one["code"] for one in told["attribution"]] == ["M02"]
    assert sensitive.isdisjoint(code for chain in told["chains"] for code in chain["codes"])
    assert shown.hidden_count == 0
    assert shown.households[0].attribution is not None
    assert sensitive.issuperset(sorted(sensitive)[:3])
    assert len(shown.households[0].attribution) == 4


def test_the_network_is_named_with_its_version(ask: Ask, schema: Schema, tmp_path: Path) -> None:
    vocabulary = ask("", network=schema).network
    assert (vocabulary.source, vocabulary.version) == ("vocabulary", schema.version)
    changed = tmp_path / "changed.yaml"
    changed.write_text(NETWORK.read_text(encoding="utf-8").replace("strength: 0.8", "strength: 0.7"), encoding="utf-8")
    versions = [ask("", network=path).network.version for path in (NETWORK, NETWORK, changed)]
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ({"target": "Z9"}, "risk_unknown_code", "Z9"),
        ({"target": "NO_BUYER"}, "risk_target_not_reached", "NO_BUYER"),
        ({"seen": {"Z9": True}}, "risk_unknown_code", "Z9"),
    ],
)
def test_a_code_that_is_not_there_or_not_reached_is_told(
    ask: Ask, asked: dict[str, object], code: str, named: str
) -> None:
    with pytest.raises(QuestionError, match=named) as refused:
        ask(**asked)
    assert refused.value.code == code


def test_a_household_that_the_file_does_not_have_is_told(ask: Ask) -> None:
    with pytest.raises(SubjectNotFound, match="H-999"):
        ask(household="H-999")


@pytest.mark.parametrize("content", [b"\xb4\xe5", b"\x01"])
def test_a_network_that_is_no_text_is_told(ask: Ask, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "network.yaml"
    path.write_bytes(content)
    with pytest.raises(QuestionError, match=r"network\.yaml is no text"):
        ask(network=path)
