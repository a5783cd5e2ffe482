"""What carries the expected returns of places, as parts of an answer; what is sensitive is one row and not named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.amounts import plain
from analysis.places.parts import Place
from analysis.risk.by_home import BANDS, RiskByHome, RiskSums
from analysis.risk.model import RiskModel
from analysis.why.area_parts import (
    CauseCarries,
    CauseShare,
    ChainCarries,
    HiddenShare,
    LinkFall,
    PlaceRisk,
    RiskBand,
    RiskCounts,
)
from analysis.why.names import cause_name, link_name, say
from graph_schema import Schema
from graph_schema.messages import Label

# More chains or links than these are read by no one.
MOST_CHAINS, MOST_LINKS = 20, 20
# What is below this is what the last digits of a sum lose, and carries nothing.
_NOTHING = 1e-9
_DIGITS = 9


@dataclass(frozen=True)
class Told:
    """What is told with: the names, the model, and the codes that are not named."""

    schema: Schema
    model: RiskModel
    hidden: frozenset[str]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the network."""
        return self.model.network.codes


def counts_of(sums: RiskSums, place: int) -> RiskCounts:
    """Return the households of one place and their risks."""
    return RiskCounts(
        household_count=int(sums.households[place]),
        returns=float(sums.returns[place]),
        returns_with_help=float(sums.helped_returns[place]),
        above_count=int(sums.above[place]),
        above_with_help_count=int(sums.helped_above[place]),
        already_count=int(sums.already[place]),
    )


def bands_of(sums: RiskSums, place: int) -> tuple[RiskBand, ...]:
    """Return the households of one place by risk."""
    return tuple(
        RiskBand(
            begins=band / BANDS,
            ends=(band + 1) / BANDS,
            household_count=int(sums.bands[place, band]),
            household_count_with_help=int(sums.helped_bands[place, band]),
        )
        for band in range(BANDS)
    )


def place_risk(told: Told, sums: RiskSums, number: int, place: Place, *, is_itself: bool) -> PlaceRisk:
    """Return one place with what its causes carry."""
    return PlaceRisk(
        **dict(place),
        is_itself=is_itself,
        counts=counts_of(sums, number),
        without_findings=float(sums.without_findings[number]),
        left_out_returns=float(sums.left_out_returns[number]),
        causes=tuple(_share(told, sums, number, node) for node in _shown(told, sums, number)),
        hidden=hidden_share(told, sums, number),
    )


def causes_of(told: Told, sums: RiskSums, place: int) -> tuple[CauseCarries, ...]:
    """Return what the causes of one place carry, with what would fall away without each."""
    return tuple(
        CauseCarries(
            **dict(_share(told, sums, place, node)),
            is_state=told.model.network.nodes[node].is_state,
            without_chain=float(sums.without_chain[place, node]),
            fall=float(sums.fall_of_cause[place, node]),
        )
        for node in _shown(told, sums, place)
    )


def hidden_share(told: Told, sums: RiskSums, place: int) -> HiddenShare | None:
    """Return what the causes of one place carry that are not named, None where there are none."""
    found = [node for node, code in enumerate(told.codes) if code in told.hidden and sums.findings[place, node]]
    if not found:
        return None
    return HiddenShare(cause_count=len(found), returns=float(sums.by_cause[place, found].sum()))


def chains_of(told: Told, known: RiskByHome, sums: RiskSums, place: int) -> tuple[tuple[ChainCarries, ...], int]:
    """Return the chains that carry most in one place, and how many carry something and are not shown."""
    network, hidden_count = told.model.network, 0
    shown: list[ChainCarries] = []
    carried = sums.by_chain[place]
    for number in _most_first(carried):
        if carried[number] < _NOTHING:
            break
        links = [network.links[each] for each in known.expected.chains[number]]
        codes = (links[0].from_code, *(link.to_code for link in links))
        if told.hidden.intersection(codes):
            hidden_count += 1
        elif len(shown) < MOST_CHAINS:
            said = _chain_words(told.schema, codes, float(carried[number]), float(sums.returns[place]))
            shown.append(
                ChainCarries(
                    codes=codes,
                    link_ids=tuple(link.link_id for link in links),
                    returns=float(carried[number]),
                    sentence_en=said.en,
                    sentence_zh=said.zh,
                )
            )
    return tuple(shown), hidden_count


def links_of(told: Told, sums: RiskSums, place: int) -> tuple[LinkFall, ...]:
    """Return the links without which most returns of one place would fall away, those by definition left out."""
    falls = sums.fall_of_link[place]
    found: list[LinkFall] = []
    for number in _most_first(falls):
        link = told.model.network.links[number]
        known = told.schema.links.get(link.link_id)
        # What is so by definition, nobody can close.
        is_definition = known is not None and known.is_definition
        if falls[number] < _NOTHING or len(found) == MOST_LINKS:
            break
        if is_definition or told.hidden.intersection((link.from_code, link.to_code)):
            continue
        name = link_name(told.schema, link.link_id)
        found.append(
            LinkFall(
                link_id=link.link_id,
                label_en=name.en,
                label_zh=name.zh,
                from_code=link.from_code,
                to_code=link.to_code,
                strength=link.strength,
                fall=float(falls[number]),
            )
        )
    return tuple(found)


def _most_first(amounts: NDArray[np.float64]) -> list[int]:
    """Return the places of the amounts, the largest first; those that differ in the last digits only in their order."""
    places: list[int] = np.argsort(-np.round(amounts, _DIGITS), kind="stable").tolist()
    return places


def _shown(told: Told, sums: RiskSums, place: int) -> list[int]:
    """Return the causes found in a place that may be shown, those that carry most first."""
    found = [node for node in np.flatnonzero(sums.findings[place]).tolist() if told.codes[node] not in told.hidden]
    return sorted(found, key=lambda node: (-round(float(sums.by_cause[place, node]), _DIGITS), told.codes[node]))


def _share(told: Told, sums: RiskSums, place: int, node: int) -> CauseShare:
    name = cause_name(told.schema, told.codes[node])
    return CauseShare(
        code=told.codes[node],
        name_en=name.en,
        name_zh=name.zh,
        household_count=int(sums.findings[place, node]),
        returns=float(sums.by_cause[place, node]),
    )


def _chain_words(schema: Schema, codes: Sequence[str], returns: float, whole: float) -> Label:
    names = [cause_name(schema, code) for code in codes]
    way = say("risk_chain_first", cause=names[0], effect=names[1])
    for name in names[2:]:
        more = say("risk_chain_next", effect=name)
        way = Label(way.en + more.en, way.zh + more.zh)
    end = say("risk_chain_end", returns=f"{returns:,.2f}", percent=plain(100 * returns / whole, 1))
    return Label(way.en[:1].upper() + way.en[1:] + end.en, way.zh + end.zh)
