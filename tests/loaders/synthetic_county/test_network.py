"""The true network, worked out by hand: K01 is H01 to H07 at 0.6, K09 H05 to H07 at 0.4, both raised 1.8 by H06."""

from __future__ import annotations

import numpy as np
import pytest

from graph_schema import Schema
from loaders.synthetic.county.network import Network, true_network


@pytest.fixture(scope="module")
def network(schema: Schema) -> Network:
    return true_network(schema, 1.0)


def is_active(
    network: Network,
    effect: str,
    chance: float,
    *,
    held: tuple[str, ...],
    severity: float = 1.0,
    left: dict[str, float] | None = None,
    left_of_link: dict[str, float] | None = None,
) -> bool:
    """Return whether an effect comes about when its own chance is drawn as given and nothing else happens."""
    shape = (1, len(network.codes))
    holds, chances, remains = np.zeros(shape, np.bool_), np.full(shape, 0.9999), np.ones(shape)
    for code in held:
        holds[0, network.place(code)] = True
    for code, share in (left or {}).items():
        remains[0, network.place(code)] = share
    chances[0, network.place(effect)] = chance
    links = {code: np.array([share]) for code, share in (left_of_link or {}).items()}
    found = network.active(holds, np.full(shape, severity), chances, left_of_cause=remains, left_of_link=links)
    return bool(found[0, network.place(effect)])


@pytest.mark.parametrize(
    ("held", "severity", "share"),
    [
        (("H01",), 1.0, 0.6),
        # 1 - 0.4 ** 0.5
        (("H01",), 0.5, 0.367544),
        # 1 - 0.4 ** 1.8
        (("H01", "H06"), 1.0, 0.807817),
        # 1 - 0.4 * 0.6
        (("H01", "H05"), 1.0, 0.76),
    ],
)
def test_the_chance_of_an_effect_is_the_noisy_or_of_its_causes(
    network: Network, held: tuple[str, ...], severity: float, share: float
) -> None:
    assert is_active(network, "H07", share - 0.0001, held=held, severity=severity)
    assert not is_active(network, "H07", share + 0.0001, held=held, severity=severity)


def test_help_for_a_cause_multiplies_its_chance_and_for_a_link_its_share(network: Network) -> None:
    # 0.6 * 0.6 of the cause; 0.7 * 0.6 of the link.
    for share, left in ((0.36, {"left": {"H07": 0.6}}), (0.42, {"left_of_link": {"K01": 0.7}})):
        assert is_active(network, "H07", share - 0.0001, held=("H01",), **left)  # type: ignore[arg-type] # either one
        assert not is_active(network, "H07", share + 0.0001, held=("H01",), **left)  # type: ignore[arg-type] # either


def test_help_can_end_a_cause_that_is_held(network: Network) -> None:
    assert is_active(network, "H01", 0.49, held=("H01",), left={"H01": 0.5})
    assert not is_active(network, "H01", 0.51, held=("H01",), left={"H01": 0.5})


def test_only_links_into_states_are_weakened_and_not_those_true_by_definition(schema: Schema) -> None:
    weak = {link.link_id: link.strength for link in true_network(schema, 0.01).links}
    assert weak["K01"] == 0.6
    # K22 is L06 to O02 at 0.6: 1 - 0.4 ** 0.01. K74 is O02 to O06 by definition.
    assert weak["K22"] == pytest.approx(0.009121, abs=1e-6)
    assert weak["K74"] == 1.0


def test_links_slower_than_a_year_and_feedback_have_no_part(schema: Schema, network: Network) -> None:
    # K30 takes 1,095 days; KF1 to KF3 close circles.
    assert {"K30", "KF1", "KF2", "KF3"}.isdisjoint({link.link_id for link in network.links})
    slow = [link for link in schema.links.values() if link.is_feedback or link.lag_days > 365]
    assert len(network.links) == len(schema.links) - len(slow)
