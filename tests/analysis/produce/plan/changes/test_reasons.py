"""Every kg by which a plan differs from the one before has one reason."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from analysis.produce.plan.changes.reasons import PlanSide, Reasoned, Way, reasons
from analysis.produce.plan.rules import AnyRule, Floor, Forbidden, Locked, Reserved, Rules

A = Way("L1", "D1", "")


def side(
    ways: dict[Way, int] | None = None,
    offered: dict[str, int] | None = None,
    wanted: dict[str, int] | None = None,
    promised: dict[tuple[str, str], int] | None = None,
    rules: Rules | None = None,
) -> PlanSide:
    """Return a plan in which L1 offers 1000 kg and D1 wants 1000, unless said otherwise. C9 sells L1; E1 wants D1."""
    sellers, enterprises = {"L1": "C9"}, {"D1": "E1"}
    return PlanSide(
        ways or {},
        offered or {"L1": 1000},
        wanted or {"D1": 1000},
        promised or {},
        rules or Rules(),
        sellers,
        enterprises,
    )


def test_what_is_the_same_has_no_reason() -> None:
    same = side({A: 700}, promised={("L1", "D1"): 300})
    assert reasons(same, same) == ()


def test_what_people_promised_of_the_plan_is_told_as_that() -> None:
    # 700 were planned; 400 of them are promised now, the other 300 are planned as before.
    now = side({A: 300}, {"L1": 600}, {"D1": 600}, {("L1", "D1"): 400})
    assert reasons(side({A: 700}), now) == ((A, "became_promise", -400),)


def test_a_lot_that_is_promised_to_another_buyer_is_told_as_that_and_the_rest_as_the_plan_s_choice() -> None:
    # 900 were planned for D1. 300 are promised to D2, so at most 700 could still go to D1: 200 must go. 600 do.
    now = side({A: 600}, {"L1": 700}, promised={("L1", "D2"): 300})
    assert reasons(side({A: 900}), now) == ((A, "less", -100), (A, "promised_otherwise", -200))


def test_a_demand_that_another_lot_was_promised_to_is_told_as_that() -> None:
    now = side({A: 100}, wanted={"D1": 100}, promised={("L9", "D1"): 900})
    assert reasons(side({A: 700}), now) == ((A, "promised_otherwise", -600),)


def test_a_lot_that_is_past_is_over_and_a_demand_that_has_ended_too() -> None:
    before = side({A: 700, Way("L2", "D2", ""): 50}, {"L1": 1000, "L2": 50}, {"D1": 1000, "D2": 50})
    now = side({}, {"L2": 50}, {"D1": 1000})
    assert reasons(before, now) == ((A, "lot_over", -700), (Way("L2", "D2", ""), "demand_over", -50))


def test_what_shrank_of_a_lot_or_a_demand_and_what_grew() -> None:
    before = side({A: 1000})
    assert reasons(before, side({A: 800}, {"L1": 800})) == ((A, "less_of_lot", -200),)
    assert reasons(before, side({A: 800}, wanted={"D1": 800})) == ((A, "less_wanted", -200),)
    # Of 400 kg more, 300 could not have gone before, because the lot (or the demand) had no more.
    grown = side({A: 1300}, {"L1": 2000}, {"D1": 2000})
    assert reasons(side({A: 900}, wanted={"D1": 2000}), grown) == ((A, "more", 100), (A, "more_of_lot", 300))
    assert reasons(side({A: 900}, {"L1": 2000}), grown) == ((A, "more", 100), (A, "more_wanted", 300))


def test_a_new_lot_and_a_new_demand_are_told_as_new() -> None:
    other = Way("L1", "D2", "C1")
    now = side({Way("L2", "D1", ""): 80, other: 20}, {"L1": 1000, "L2": 80}, {"D1": 1000, "D2": 20})
    assert reasons(side(), now) == ((other, "new_demand", 20), (Way("L2", "D1", ""), "new_lot", 80))


def test_what_a_failed_promise_frees_is_told_as_that_wherever_it_goes() -> None:
    # L1 was promised whole to D9, and D1 whole to L9: both fell away.
    before = side({}, {"L3": 5}, {"D3": 5}, {("L1", "D9"): 1000, ("L9", "D1"): 1000})
    assert reasons(before, side({A: 1000})) == ((A, "promise_failed", 1000),)


def test_what_goes_to_another_demand_or_another_way_is_moved() -> None:
    pooled, other = Way("L1", "D1", "C1"), Way("L1", "D2", "")
    wanted = {"D1": 1000, "D2": 1000}
    before, now = side({A: 600}, wanted=wanted), side({pooled: 250, other: 400}, wanted=wanted)
    # All 600 move; the 50 kg that are sold beside are more, told of the last way.
    assert reasons(before, now) == (
        (A, "moved", -600),
        (pooled, "moved", 250),
        (other, "more", 50),
        (other, "moved", 350),
    )


B, OTHER = Way("L1", "D2", ""), Way("L2", "D2", "")
TWO = {"D1": 1000, "D2": 1000}


def test_what_a_new_lock_brings_and_what_it_takes_elsewhere_are_told_by_the_rule() -> None:
    # L1 went to D1 whole and L2 to D2 whole. 600 of L1 are locked to D2 now: so much of L1 and of D2 is gone.
    lots = {"L1": 1000, "L2": 1000}
    before = side({A: 1000, OTHER: 1000}, lots, TWO)
    now = side({A: 400, B: 600, OTHER: 400}, lots, TWO, rules=Rules.of([Locked("L1", "D2", 600)]))
    assert reasons(before, now) == (
        (A, "rule_otherwise", -600),
        (B, "rule", 600),
        (OTHER, "rule_otherwise", -600),
    )


def test_a_lock_explains_no_more_than_it_asks_for_and_only_what_it_forces_elsewhere() -> None:
    # 500 of L1 were free for D2; a lock of 300 explains 300 of the 400 there, and none of what D1 gets less.
    now = side({A: 400, B: 400}, wanted=TWO, rules=Rules.of([Locked("L1", "D2", 300)]))
    assert reasons(side({A: 500}, wanted=TWO), now) == ((A, "moved", -100), (B, "moved", 100), (B, "rule", 300))


def test_a_rule_that_stands_as_before_is_no_reason() -> None:
    rules = Rules.of([Locked("L1", "D2", 300), Forbidden("L1", "D3"), Reserved("E1", 100), Floor("C9", 50)])
    found = reasons(side({B: 300}, wanted=TWO, rules=rules), side({A: 200, B: 300}, wanted=TWO, rules=rules))
    assert found == ((A, "more", 200),)


def test_a_pair_that_is_forbidden_loses_all_by_the_rule_and_the_lot_is_free_elsewhere() -> None:
    # All of L1 went to D1. D2 could not have had it before: it gains by the rule, too.
    now = side({B: 1000}, wanted=TWO, rules=Rules.of([Forbidden("L1", "D1")]))
    assert reasons(side({A: 1000}, wanted=TWO), now) == ((A, "rule", -1000), (B, "rule_otherwise", 1000))


def test_what_is_reserved_for_a_buyer_and_the_floor_of_a_cooperative_count_all_their_ways() -> None:
    before = side({A: 100}, wanted=TWO)
    # The demand by its id, and by its enterprise; the lot by its seller, who sends it himself.
    for rule in (Reserved("D1", 700), Reserved("E1", 700, ("L1", "L7")), Floor("C9", 700)):
        found = reasons(before, side({A: 800}, wanted=TWO, rules=Rules.of([rule])))
        assert found == ((A, "more", 100), (A, "rule", 600))
    elsewhere: list[AnyRule] = [Reserved("E2", 700), Reserved("E1", 700, ("L2",)), Floor("C8", 700)]
    assert reasons(before, side({A: 800}, wanted=TWO, rules=Rules.of(elsewhere))) == ((A, "more", 700),)


LOTS, DEMANDS, COOPERATIVES = ("L1", "L2", "L3"), ("D1", "D2", "D3"), ("", "C1")
KG = st.integers(0, 5)
RULES = st.one_of(
    st.builds(Locked, st.sampled_from(LOTS), st.sampled_from(DEMANDS), st.integers(1, 5)),
    st.builds(Forbidden, st.sampled_from(LOTS), st.sampled_from(DEMANDS)),
    st.builds(Reserved, st.sampled_from(["E1", "D3"]), st.integers(1, 9), st.sampled_from([(), ("L1", "L2")])),
    st.builds(Floor, st.just("C1"), st.integers(1, 9)),
)
PAIRS = st.tuples(st.sampled_from(LOTS), st.sampled_from(DEMANDS))


@st.composite
def plans(draw: st.DrawFn) -> PlanSide:
    ways = draw(
        st.dictionaries(st.builds(Way, *map(st.sampled_from, (LOTS, DEMANDS, COOPERATIVES))), st.integers(1, 5))
    )
    sold, filled = Counter[str](), Counter[str]()
    for way, kg in ways.items():
        sold[way.lot_id] += kg
        filled[way.demand_id] += kg
    # A lot or demand has at least what the plan gives of it; one of which nothing is left may be missing.
    offered = {each: kg for each in LOTS if (kg := sold[each] + draw(KG))}
    wanted = {each: kg for each in DEMANDS if (kg := filled[each] + draw(KG))}
    promised, rules = draw(st.dictionaries(PAIRS, st.integers(1, 9))), draw(st.lists(RULES, max_size=3))
    return PlanSide(ways, offered, wanted, promised, Rules.of(rules), {"L1": "C1"}, {"D1": "E1", "D2": "E1"})


@given(plans(), plans())
def test_before_and_the_changes_make_now_and_each_kg_has_one_reason(before: PlanSide, now: PlanSide) -> None:
    found = reasons(before, now)
    changed = Counter(before.ways)
    for each in found:
        changed[each.way] += each.kg
    assert +changed == Counter(now.ways)
    assert len({(each.way, each.why) for each in found}) == len(found)
    for way in {each.way for each in found}:
        signs = {each.kg > 0 for each in found if each.way == way}
        # What a way gives less is told by what is less, and nothing of it by what is more.
        assert signs == {now.ways.get(way, 0) > before.ways.get(way, 0)}
    for lot_id in LOTS:
        assert sum(each.kg for each in found if each.why == "moved" and each.way.lot_id == lot_id) == 0


@given(plans(), plans())
def test_seen_from_the_new_plan_back_every_reason_is_its_opposite(before: PlanSide, now: PlanSide) -> None:
    opposite = {
        "became_promise": "promise_failed",
        "promised_otherwise": "promise_failed",
        "lot_over": "new_lot",
        "less_of_lot": "more_of_lot",
        "demand_over": "new_demand",
        "less_wanted": "more_wanted",
        "less": "more",
        "moved": "moved",
        "rule": "rule",
        "rule_otherwise": "rule_otherwise",
    }

    def lost(found: tuple[Reasoned, ...]) -> Counter[tuple[Way, str]]:
        sums: Counter[tuple[Way, str]] = Counter()
        for each in found:
            if each.kg < 0:
                sums[each.way, opposite[each.why]] -= each.kg
        return sums

    gained = {(each.way, each.why): each.kg for each in reasons(now, before) if each.kg > 0}
    assert lost(reasons(before, now)) == Counter(gained)
