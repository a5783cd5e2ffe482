from __future__ import annotations

from analysis.causes.network import CauseNetwork
from analysis.causes.reach import reached


def test_what_follows_is_found_along_the_links(network: CauseNetwork) -> None:
    # M03 -K47-> M02 -K48-> M01 -K50-> O02 -K74-> O06 and M02 -K49-> O02.
    reach = reached(network, ["M03"], closed=frozenset())
    assert reach.codes == {"M03", "M02", "M01", "O02", "O06"}
    assert [link.link_id for link in reach.links] == ["K47", "K48", "K49", "K50", "K74"]


def test_a_closed_cause_is_the_end_of_a_link_and_not_gone_through(network: CauseNetwork) -> None:
    reach = reached(network, ["M03"], closed={"M02"})
    assert reach.codes == {"M03"}
    assert [link.link_id for link in reach.links] == ["K47"]


def test_a_hidden_cause_is_as_if_it_were_not_there(network: CauseNetwork) -> None:
    # M04 leads to O02 (K51) and to the sensitive F03 (K52).
    reach = reached(network, ["M04"], closed=frozenset(), hidden=network.sensitive)
    assert [link.link_id for link in reach.links] == ["K51", "K74"]


def test_a_hidden_start_reaches_nothing(network: CauseNetwork) -> None:
    reach = reached(network, ["H01"], closed=frozenset(), hidden=network.sensitive)
    assert (reach.codes, reach.links) == (frozenset(), ())


def test_feedback_is_not_followed(network: CauseNetwork) -> None:
    # O02 leads back to E04, O04 and H02 by feedback only.
    assert reached(network, ["O02"], closed=frozenset()).codes == {"O02", "O06"}
