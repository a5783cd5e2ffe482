"""Findings read from a file, and everything that is refused on reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import QuestionError, SubjectNotFound
from analysis.risk.engine import RiskEngine
from analysis.risk.findings import findings_of
from analysis.risk.findings_file import FindingsFile, read_findings
from analysis.risk.network import RiskLink, RiskNetwork, RiskNode, checked_network

HEADER = "household,cause,status,confidence,severity\n"
MIGRANT = "Household.migrant_worker_count >= 1"
TWO_NODES = checked_network([RiskNode("A"), RiskNode("S", is_state=True)], [RiskLink("K", "A", "S", 0.5)])
CELLS = st.sampled_from(["A", "S", "confirmed", "refuted", "suspected", "0.5", "1e400", "", " ", '"', "\0", "村", "\r"])
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=6).map(",".join), max_size=4).map("\n".join)
Read = Callable[[str | bytes], FindingsFile]


@pytest.fixture
def read(tmp_path: Path, network: RiskNetwork) -> Read:
    def read_text(text: str | bytes) -> FindingsFile:
        path = tmp_path / "found.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_findings(path, network)

    return read_text


def test_a_file_gives_the_risks_that_plain_rows_give(read: Read, engine: RiskEngine) -> None:
    found = read(HEADER + "B,H01,confirmed,,\nA,H02,suspected,0.6,0.8\nB,M02,suspected,0.4,\nA,L01,refuted,,\n")
    rows: list[list[dict[str, object]]] = [
        [{"cause": "H01", "status": "confirmed"}, {"cause": "M02", "status": "suspected", "confidence": 0.4}],
        [
            {"cause": "H02", "status": "suspected", "confidence": 0.6, "severity": 0.8},
            {"cause": "L01", "status": "refuted"},
        ],
    ]
    # Households come in the order in which they are named first.
    assert found.ids == ("B", "A")
    assert engine.risk(found.findings).tolist() == engine.risk(findings_of(engine.network, rows)).tolist()


def test_the_order_of_columns_and_rows_does_not_matter(read: Read, engine: RiskEngine) -> None:
    usual = read(HEADER + "A,H01,suspected,0.6,0.8\nB,M02,confirmed,,0.4\n")
    other = read("severity,status,household,confidence,cause\n0.4,confirmed,B,,M02\n0.8,suspected,A,0.6,H01\n")
    assert other.ids == ("B", "A")
    assert engine.risk(other.findings)[::-1].tolist() == engine.risk(usual.findings).tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_id_is_kept_as_text_in_every_encoding(read: Read, encoding: str) -> None:
    text = HEADER + "007,H01,confirmed,,\n张家村-1,H01,confirmed,,\n"
    assert read(text.encode(encoding)).ids == ("007", "张家村-1")


def test_spaces_empty_lines_windows_lines_and_a_missing_last_line_end_change_nothing(read: Read) -> None:
    plain = read(HEADER + "A,H01,suspected,0.6,0.8\nB,M02,confirmed,,\n")
    other = read("\r\n" + HEADER.replace("\n", "\r\n") + "\r\n A , H01,suspected , 0.6,0.8\r\n\r\nB,M02,confirmed,,")
    assert other.ids == plain.ids
    for name in ("household", "cause", "status", "confidence", "severity"):
        assert getattr(other.findings, name).tolist() == getattr(plain.findings, name).tolist()


def test_a_household_alone_in_a_row_has_no_finding_and_the_base_rate(read: Read, engine: RiskEngine) -> None:
    found = read(HEADER + "A,,,,\n")
    assert (found.ids, len(found.findings.cause)) == (("A",), 0)
    assert engine.risk(found.findings).tolist() == [engine.leak_risk()]


@pytest.mark.parametrize("text", [HEADER, HEADER.strip()])
def test_a_header_alone_is_a_file_without_households(read: Read, engine: RiskEngine, text: str) -> None:
    found = read(text)
    assert found.ids == ()
    assert engine.risk(found.findings).shape == (0,)


def test_a_rule_holds_where_a_row_of_the_household_says_so(read: Read, network: RiskNetwork) -> None:
    found = read(HEADER.strip() + f",{MIGRANT}\nA,V01,confirmed,,,yes\nA,H01,confirmed,,,\nB,V01,confirmed,,,0\n")
    place = network.property_rules.index(MIGRANT)
    assert found.findings.properties is not None
    assert found.findings.properties[:, place].tolist() == [True, False]
    assert not np.delete(found.findings.properties, place, axis=1).any()


def test_part_of_the_households_is_what_they_are_alone(read: Read, engine: RiskEngine) -> None:
    found = read(HEADER + "A,H01,confirmed,,\nB,M02,suspected,0.4,\nC,L01,confirmed,,\nB,H02,confirmed,,0.6\n")
    part = found.between(1, 3)
    assert part.ids == ("B", "C")
    assert engine.risk(part.findings).tolist() == engine.risk(found.findings)[1:].tolist()


def test_suspicions_that_say_the_same_count_and_are_told(read: Read, engine: RiskEngine) -> None:
    once, twice = HEADER + "A,H01,suspected,0.6,0.8\n", HEADER + "A,H01,suspected,0.6,0.8\n" * 2
    assert (read(once).repeated_count, read(twice).repeated_count) == (0, 1)
    # 1 - 0.4 x 0.4 = 0.84: two feeds may say the same.
    stronger = read(HEADER + "A,H01,suspected,0.84,0.8\n")
    assert engine.risk(read(twice).findings) == pytest.approx(engine.risk(stronger.findings), abs=1e-12)
    assert read(HEADER + "A,H01,confirmed,,\n" * 2).repeated_count == 0


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "risk_findings_empty_file", ("found.csv", "household")),
        ("\n\n", "risk_findings_empty_file", ("found.csv",)),
        ("household,cause,status,severity\n", "risk_findings_no_column", ("found.csv", "confidence")),
        ("household;cause\nA;H01\n", "risk_findings_no_column", ("status", "household;cause")),
        (HEADER.strip() + ",note\n", "risk_findings_unknown_column", ("note", MIGRANT)),
        (HEADER.strip() + ",cause\n", "risk_findings_column_twice", ("cause",)),
        (HEADER + "A,H01,confirmed,,\n\nA,H01,confirmed\n", "risk_findings_row", ("4", "3", "5")),
        (HEADER + "A,H01,confirmed,,\n,H02,confirmed,,\n", "risk_findings_no_value", ("3", "household")),
        (HEADER + "A,,confirmed,,\n", "risk_findings_no_value", ("2", "cause")),
        (HEADER + "A,H01,,,\n", "risk_findings_no_value", ("2", "status")),
        (
            HEADER + "A,H01,confirmed,,\nA,H99,confirmed,,\n",
            "risk_findings_unknown_cause",
            ("3", "cause", "H99", "H01"),
        ),
        (HEADER + "A,H01,certain,,\n", "risk_findings_unknown_status", ("2", "certain", "confirmed")),
        (HEADER + "A,H01,suspected,high,\n", "risk_findings_no_number", ("2", "confidence", "high")),
        (HEADER + "A,H01,confirmed,,nan\n", "risk_findings_no_number", ("2", "severity", "nan")),
        (HEADER + "A,H01,confirmed,,0.4\nB,H01,confirmed,,0\n", "risk_findings_wrong_share", ("3", "severity", "0")),
        (HEADER + "A,H01,suspected,1.2,\n", "risk_findings_wrong_share", ("2", "confidence", "1.2")),
        (HEADER + "A,H01,suspected,-0.2,\n", "risk_findings_wrong_share", ("2", "confidence", "-0.2")),
        (HEADER + "A,H01,suspected,inf,\n", "risk_findings_wrong_share", ("2", "confidence", "inf")),
        (HEADER + "A,,,0.4,\n", "risk_findings_share_alone", ("2", "confidence", "0.4")),
        (HEADER + "A,H01,suspected,,0.4\n", "risk_findings_no_confidence", ("2", "confidence", "H01")),
        (
            HEADER + "A,H01,confirmed,,\nB,H01,refuted,,\nA,H01,refuted,,\n",
            "risk_findings_both_verdicts",
            ("4", "2", "H01", "A"),
        ),
        (HEADER.strip() + f",{MIGRANT}\nA,H01,confirmed,,,3\n", "risk_findings_no_answer", ("2", MIGRANT, "3")),
        (
            HEADER.strip() + f",{MIGRANT}\nA,H01,confirmed,,,1\nA,H02,confirmed,,,0\n",
            "risk_findings_two_answers",
            ("3", MIGRANT, "A"),
        ),
        (b"\xff\xff\n", "risk_findings_encoding", ("1", "UTF-8")),
    ],
)
def test_a_faulty_file_is_refused_with_line_column_and_value(
    read: Read, text: str | bytes, code: str, told: tuple[str, ...]
) -> None:
    with pytest.raises(QuestionError) as refused:
        read(text)
    assert refused.value.code == code
    for language in ("en", "zh"):
        assert [word for word in ("found.csv", *told) if word not in refused.value.text(language)] == []
        assert refused.value.remedy(language)


def test_the_line_is_right_where_text_in_quotation_marks_runs_over_lines(read: Read) -> None:
    with pytest.raises(QuestionError, match="line 5"):
        read(HEADER + '"A\n1",H01,confirmed,,\n\nB,H01,certain,,\n')


def test_a_file_that_is_not_there_and_a_household_that_is_not_in_it_are_told(read: Read, network: RiskNetwork) -> None:
    with pytest.raises(QuestionError, match=r"none\.csv"):
        read_findings(Path("none.csv"), network)
    with pytest.raises(SubjectNotFound, match=r"found\.csv has no household Z"):
        read(HEADER + "A,H01,confirmed,,\n").place("Z")


@given(content=st.binary(max_size=80) | ROWS.map(lambda rows: (HEADER + rows).encode("utf-8")))
def test_whatever_a_file_holds_it_is_read_or_refused_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        found = read_findings(path, TWO_NODES)
    except QuestionError as refused:
        outcome = refused.remedy("zh")
    else:
        outcome = str(RiskEngine(TWO_NODES).risk(found.findings).shape == (len(found.ids),))
    assert outcome not in ("", "False")
