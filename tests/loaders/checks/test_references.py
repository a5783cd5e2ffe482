from __future__ import annotations

from tests.loaders.desk import RejectsOf, ToldRejects

STAY = "person_id,household_id,member_role,has_shared_budget,starts_on\n"


def test_a_reference_to_nothing_is_rejected_by_the_name_of_the_kind(rejects_of: RejectsOf) -> None:
    text = STAY + "900,100,head,yes,2020-01-01\n"
    (reject,) = rejects_of("police.Stay.csv", text, known={"Household": ["100"]})
    assert (reject.line, reject.column, reject.value, reject.code) == (2, "person_id", "900", "unknown_reference")
    assert (reject.what("en"), reject.what("zh")) == ("There is no Person “900”.", "没有编号为“900”的人员。")


def test_a_reference_may_stand_after_what_it_needs_or_before(told: ToldRejects) -> None:
    text = "id,area_id\n350624101,350624\n350624,\n350624102,350624\n"
    assert told("place.Area.csv", text) == []


def test_a_reference_to_a_faulty_row_falls_with_it(rejects_of: RejectsOf) -> None:
    text = "id,area_id,lat\n350624,,95\n350624101,350624,\n"
    second = rejects_of("place.Area.csv", text)[1]
    assert (second.line, second.code, second.fields["line"]) == (3, "reference_rejected", 2)


def test_rejection_spreads_as_far_as_the_references_go(told: ToldRejects) -> None:
    # The village hangs on the town, that on the county, and the county's parent is not known.
    text = "id,area_id\n350624101201,350624101\n350624101,350624\n350624,350600\n110000,\n"
    assert told("place.Area.csv", text) == [
        (2, "area_id", "350624101", "reference_rejected"),
        (3, "area_id", "350624", "reference_rejected"),
        (4, "area_id", "350600", "unknown_reference"),
    ]


def test_a_circle_of_references_is_left_to_the_check_of_the_graph(told: ToldRejects) -> None:
    assert told("place.Area.csv", "id,area_id\na,b\nb,a\n") == []


def test_an_end_of_several_kinds_is_looked_for_in_the_kind_told(told: ToldRejects) -> None:
    text = "from_id,to_kind,to_id,starts_on\np1,Enterprise,e1,2026-01-01\np1,Cooperative,e1,2026-01-01\n"
    known = {"Programme": ["p1"], "Enterprise": ["e1"], "Cooperative": ["c1"]}
    rejects = told("revitalisation.PARTNERS_WITH.csv", text, known=known)
    assert rejects == [(3, "to_id", "e1", "unknown_reference")]


def test_a_cause_is_looked_for_in_the_vocabulary(told: ToldRejects) -> None:
    header = "household_id,cause_id,severity,confidence,status,onset_on\n"
    rows = "100,H01,0.6,0.6,suspected,2026-01-01\n100,H99,0.6,0.6,suspected,2026-01-01\n"
    rejects = told("derived.CauseFinding.csv", header + rows, known={"Household": ["100"]})
    assert rejects == [(3, "cause_id", "H99", "unknown_reference")]
