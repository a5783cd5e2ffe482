"""Asked of the tiny graph; every number is worked out by hand from tests/tiny/README.md and the vocabulary."""

from __future__ import annotations

import json
from datetime import date

import networkx as nx
import pytest

from analysis.causes.network import CauseNetwork, cause_network
from analysis.drawing.cause_forms import (
    cause_graph_as_networkx,
    cause_graph_graphml,
    cause_graph_html,
    cause_graph_node_link,
    cause_graph_svg,
)
from analysis.drawing.html import vis_network_script
from analysis.errors import QuestionError, SubjectNotFound
from analysis.questions.cause_graph import CauseGraphAnswer, cause_graph
from analysis.subject import Subject
from graph_schema import Schema
from graph_store import GraphStore

DAY = date(2026, 5, 20)
SUBJECTS = [Subject("Household", f"h{number}") for number in range(1, 10)] + [
    Subject("Area", area) for area in ("350624", "350624101", "350624101201", "350624105201", "445200")
]


@pytest.fixture(scope="module")
def network(schema: Schema) -> CauseNetwork:
    return cause_network(schema)


def test_a_household_with_two_rival_chains(tiny_store: GraphStore, schema: Schema) -> None:
    # h7: V01 confirmed (K57 0.6 to O02, K58 0.4 to O04, K59 0.4 to M04 and K51 0.4 to O02) and M01 suspected at 0.6
    # (K50 0.6 to O02); then K74 1.0, K76 0.4 to O06. M04 also leads to F03, which is sensitive and hidden.
    answer = cause_graph(tiny_store, schema, Subject("Household", "h7"), day=DAY)
    assert [node.code for node in answer.nodes] == ["M01", "M04", "V01", "O02", "O04", "O06"]
    assert [link.link_id for link in answer.links] == ["K50", "K51", "K57", "K58", "K59", "K74", "K76"]
    assert [link.link_id for link in answer.feedback_links] == ["KF2"]
    assert [(chain.link_ids, round(chain.strength, 9), chain.lag_days) for chain in answer.chains] == [
        (("K57",), 0.6, 180),
        (("K57", "K74"), 0.6, 180),
        (("K58",), 0.4, 30),
        (("K50",), 0.36, 180),
        (("K50", "K74"), 0.36, 180),
        (("K58", "K76"), 0.16, 395),
        (("K59", "K51"), 0.16, 210),
        (("K59", "K51", "K74"), 0.16, 210),
    ]
    assert [(state.code, state.strongest, state.rival) for state in answer.states] == [
        ("O02", 0, 3),
        ("O04", 2, None),
        ("O06", 1, 4),
    ]
    assert answer.hidden_count == 1


def test_evidence_stands_with_its_finding(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h7"), day=DAY)
    finding = next(node.finding for node in answer.nodes if node.code == "V01")
    assert finding is not None
    assert [(entry.indicator, entry.value, entry.observed_on, entry.feed) for entry in finding.evidence] == [
        ("I56", 0.6, date(2026, 4, 10), "emergency")
    ]
    assert [(shock.shock_kind, shock.area_id) for shock in finding.shocks] == [("weather", "350624105")]


def test_what_two_feeds_say_differently_is_marked_as_disputed(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h2"), day=DAY, show_sensitive=True)
    finding = next(node.finding for node in answer.nodes if node.code == "H07")
    assert finding is not None
    assert [(entry.value, entry.is_disputed) for entry in finding.evidence] == [(0.2, True), (0.45, True)]


def test_an_ended_finding_is_listed(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h1"), day=DAY, show_sensitive=True)
    assert [(ended.code, ended.finding.ended_on) for ended in answer.ended] == [("H01", date(2025, 11, 30))]
    assert [node.code for node in answer.nodes] == ["M01", "M02", "M03", "O02", "O06"]


def test_a_refuted_finding_leads_nowhere(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h5"), day=DAY)
    assert [(node.code, node.finding.status) for node in answer.nodes if node.finding] == [("M01", "refuted")]
    assert (answer.links, answer.chains, answer.states) == ((), (), ())
    assert [entry.code for entry in answer.notices] == ["notice_made_up", "notice_no_open_finding"]


def test_a_household_without_findings_has_an_empty_graph(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h8"), day=DAY)
    assert answer.nodes == ()
    assert answer.is_made_up


def test_a_town_shows_counts_and_no_household(tiny_store: GraphStore, schema: Schema) -> None:
    # h1 M03 M02, h3 M03, h6 L06; hidden are H01, H07, F05, and H08 and F03, which only the hidden ones lead to.
    answer = cause_graph(tiny_store, schema, Subject("Area", "350624101"), day=DAY)
    counts = {
        node.code: (node.households.confirmed, node.households.suspected) for node in answer.nodes if node.households
    }
    assert counts == {"L06": (1, 0), "M01": (0, 0), "M02": (0, 1), "M03": (1, 1), "O02": (0, 0), "O06": (0, 0)}
    assert (answer.household_count, answer.hidden_count, answer.asked.name_zh) == (6, 5, "四都镇")
    assert (answer.chains, answer.ended) == ((), ())
    assert all(node.finding is None for node in answer.nodes)


def test_the_places_of_a_town_show_their_own_counts(tiny_store: GraphStore, schema: Schema) -> None:
    # Qingmei with its hamlet: h1 M03 M02, h3 M03; H01 and H07 of h2 and h4 are hidden. Shixi: h6 L06; F05 is hidden.
    answer = cause_graph(tiny_store, schema, Subject("Area", "350624101"), day=DAY)
    assert [
        (
            place.place_id,
            place.name,
            place.household_count,
            [(cause.code, cause.households.confirmed, cause.households.suspected) for cause in place.causes],
            place.hidden_count,
        )
        for place in answer.places
    ] == [
        ("350624101201", "青梅村", 4, [("M02", 0, 1), ("M03", 1, 1)], 2),
        ("350624101202", "石溪村", 2, [("L06", 1, 0)], 1),
    ]


def test_households_in_no_place_below_count_in_the_whole_only(tiny_store: GraphStore, schema: Schema) -> None:
    # h1, h2 and h3 live in the village itself, h4 in its hamlet.
    answer = cause_graph(tiny_store, schema, Subject("Area", "350624101201"), day=DAY, show_sensitive=True)
    assert answer.household_count == 4
    assert [(place.place_id, place.household_count) for place in answer.places] == [("350624101201-01", 1)]
    assert [(cause.code, cause.households.confirmed) for cause in answer.places[0].causes] == [("H07", 1)]
    assert answer.places[0].hidden_count == 0


@pytest.mark.parametrize("subject", [Subject("Household", "h1"), Subject("Area", "350624105201")])
def test_a_household_and_an_area_without_places_below_have_none(
    subject: Subject, tiny_store: GraphStore, schema: Schema
) -> None:
    assert cause_graph(tiny_store, schema, subject, day=DAY).places == ()


def test_an_area_with_nobody_in_it_has_an_empty_graph(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Area", "445200"), day=DAY)
    assert (answer.nodes, answer.household_count, answer.is_made_up) == ((), 0, False)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.id)
def test_nothing_of_a_sensitive_cause_is_in_any_form(
    subject: Subject, tiny_store: GraphStore, schema: Schema, network: CauseNetwork
) -> None:
    answer = cause_graph(tiny_store, schema, subject, day=DAY)
    forms = [answer.model_dump_json(), json.dumps(cause_graph_node_link(answer), ensure_ascii=False)]
    forms += [cause_graph_graphml(answer)]
    forms += [cause_graph_svg(answer, language) for language in ("en", "zh")]
    forms += [cause_graph_html(answer, language).replace(vis_network_script(), "") for language in ("en", "zh")]
    words = set(network.sensitive | network.sensitive_indicators)
    for code in network.sensitive:
        words |= {schema.causes[code].label.en, schema.causes[code].label.zh}
    for code in network.sensitive_indicators:
        words |= {schema.indicators[code].label.en, schema.indicators[code].label.zh}
    assert [(word, form[:20]) for form in forms for word in words if word.lower() in form.lower()] == []


def test_whoever_may_see_sensitive_causes_sees_them(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h4"), day=DAY, show_sensitive=True)
    assert "H07" in [node.code for node in answer.nodes]
    assert answer.hidden_count == 0


def test_all_forms_hold_the_same_causes_and_links(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h7"), day=DAY)
    graph = cause_graph_as_networkx(answer)
    node_link = nx.node_link_graph(cause_graph_node_link(answer), edges="edges")
    graphml = nx.parse_graphml(cause_graph_graphml(answer))
    assert nx.utils.graphs_equal(node_link, graph)
    assert sorted(graphml.nodes(data=True), key=str) == sorted(graph.nodes(data=True), key=str)
    assert sorted(graphml.edges(data=True), key=str) == sorted(graph.edges(data=True), key=str)
    assert list(graph) == [node.code for node in answer.nodes]
    assert graph.number_of_edges() == len(answer.links) + len(answer.feedback_links)


def test_the_drawing_tells_the_two_rival_chains(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h7"), day=DAY)
    drawing = cause_graph_svg(answer, "en")
    assert "Strongest chain to Poverty return, 0.6: Weather disaster → Income below line → Poverty return" in drawing
    assert "Its strongest rival, from another cause, 0.36: Price drop → Income below line → Poverty return" in drawing
    assert "made-up data" in drawing


def test_the_drawing_says_what_has_ended_and_what_is_disputed(tiny_store: GraphStore, schema: Schema) -> None:
    subjects = [Subject("Household", household) for household in ("h1", "h2")]
    ended, disputed = (cause_graph(tiny_store, schema, subject, day=DAY, show_sensitive=True) for subject in subjects)
    assert "已结束：大病" in cause_graph_svg(ended, "zh")
    assert "another feed says otherwise" in cause_graph_svg(disputed, "en")


def test_chains_beyond_the_most_that_are_listed_are_told_in_a_notice(
    tiny_store: GraphStore, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.questions.cause_graph.MOST_CHAINS", 2)
    answer = cause_graph(tiny_store, schema, Subject("Household", "h7"), day=DAY)
    assert len(answer.chains) == 2
    assert "2 strongest" in next(entry.text_en for entry in answer.notices if entry.code == "notice_chains_capped")


def test_the_answer_is_the_same_whether_or_not_the_network_is_passed(
    tiny_store: GraphStore, schema: Schema, network: CauseNetwork
) -> None:
    subject = Subject("Household", "h7")
    passed = cause_graph(tiny_store, schema, subject, day=DAY, network=network)
    assert passed == cause_graph(tiny_store, schema, subject, day=DAY)


def test_the_body_is_documented_and_versioned(tiny_store: GraphStore, schema: Schema) -> None:
    answer = cause_graph(tiny_store, schema, Subject("Household", "h1"), day=DAY)
    form = CauseGraphAnswer.model_json_schema()
    parts = [form, *form["$defs"].values()]
    assert answer.version == "cause-graph/1"
    fields = {name: field for part in parts for name, field in part["properties"].items()}
    # A field that is a part of its own is described there.
    assert [name for name, field in fields.items() if not {"description", "$ref"} & set(field)] == []
    assert CauseGraphAnswer.model_validate_json(answer.model_dump_json()) == answer


@pytest.mark.parametrize("subject", [Subject("Household", "nobody"), Subject("Area", "999999")])
def test_an_unknown_subject_is_not_found(subject: Subject, tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(SubjectNotFound):
        cause_graph(tiny_store, schema, subject, day=DAY)


def test_a_subject_of_another_kind_is_refused(tiny_store: GraphStore, schema: Schema) -> None:
    with pytest.raises(QuestionError) as caught:
        cause_graph(tiny_store, schema, Subject("Product", "green_plum"), day=DAY)
    assert caught.value.code == "wrong_subject_kind"
