"""The cause network as it truly is in the made-up county: which causes a household's causes bring about in a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np

from graph_schema import Schema
from graph_schema.meta import Link
from loaders.synthetic.county.plan import Flags, Indexes, Numbers

# A slower link shows in traces of causes, not within a year.
DAYS_OF_YEAR = 365


@dataclass(frozen=True)
class TrueLink:
    """A link with its true strength; `amplified_by`: places of amplifying causes with their factors."""

    link_id: str
    begin: int
    end: int
    strength: float
    amplified_by: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Network:
    """Causes in the order of their effects, with the links into each, the leaks and the place of every code."""

    codes: tuple[str, ...]
    order: tuple[int, ...]
    links_into: tuple[tuple[TrueLink, ...], ...]
    leaks: Numbers

    def place(self, code: str) -> int:
        """Return the place of a cause."""
        return self.codes.index(code)

    @property
    def links(self) -> list[TrueLink]:
        """Return all links, by id."""
        return sorted((link for into in self.links_into for link in into), key=lambda link: link.link_id)

    def active(
        self,
        held: Flags,
        severity: Numbers,
        chances: Numbers,
        *,
        left_of_cause: Numbers | None = None,
        left_of_link: Mapping[str, Numbers] | None = None,
    ) -> Flags:
        """Return which causes are active, households by causes, where `held` come about by themselves.

        P(active) = left * (1 - (1 - leak) * (1 - held) * product(1 - p)), a link's p being 1 - (1 - strength)^x with
        x = severity * product(1 + (factor - 1) * amplifier). `chances` are uniform: the same ones with and without
        help give what help alone has changed. `left_of_cause` (households by causes) and `left_of_link` are what help
        leaves.
        """
        found = np.zeros(held.shape, np.bool_)
        for node in self.order:
            spared = np.where(held[:, node], 0.0, 1.0 - self.leaks[node])
            for link in self.links_into[node]:
                begins = np.flatnonzero(found[:, link.begin])
                if not len(begins):
                    continue
                power = severity[begins, link.begin].copy()
                for amplifier, factor in link.amplified_by:
                    power *= 1.0 + (factor - 1.0) * found[begins, amplifier]
                share = 1.0 - (1.0 - link.strength) ** power
                if left_of_link and link.link_id in left_of_link:
                    share *= left_of_link[link.link_id][begins]
                spared[begins] *= 1.0 - share
            chance = 1.0 - spared
            if left_of_cause is not None:
                chance *= left_of_cause[:, node]
            found[:, node] = chances[:, node] < chance
        return found


def true_network(schema: Schema, state_exponent: float) -> Network:
    """Return the network: strengths of links.yaml, those into states weakened to the power of `state_exponent`.

    Links true by definition stay so. Without that the expert's bands, which are far above the published rate of return,
    would make most households poor.
    """
    codes = tuple(schema.causes)
    places = {code: place for place, code in enumerate(codes)}
    links = [link for link in schema.links.values() if not link.is_feedback and link.lag_days <= DAYS_OF_YEAR]
    into: list[list[TrueLink]] = [[] for _ in codes]
    before: dict[int, set[int]] = {place: set() for place in range(len(codes))}
    for link in links:
        amplifiers = tuple((places[item.cause], item.factor) for item in link.amplified_by if item.cause is not None)
        end = places[link.to_cause]
        into[end].append(
            TrueLink(link.link_id, places[link.from_cause], end, _strength(link, schema, state_exponent), amplifiers)
        )
        before[end] |= {places[link.from_cause], *(place for place, _ in amplifiers)}
    order = tuple(TopologicalSorter(before).static_order())
    leaks = np.array([cause.risk_leak for cause in schema.causes.values()])
    return Network(codes, order, tuple(tuple(part) for part in into), leaks)


def _strength(link: Link, schema: Schema, state_exponent: float) -> float:
    if link.is_definition or schema.causes[link.to_cause].cause_kind != "state" or link.to_cause == "O01":
        return link.strength
    return float(1.0 - (1.0 - link.strength) ** state_exponent)


def places_of(network: Network, codes: tuple[str, ...]) -> Indexes:
    """Return the places of several causes."""
    return np.array([network.place(code) for code in codes], np.int64)
