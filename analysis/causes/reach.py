"""What can follow from what was found."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass

from analysis.causes.network import CauseNetwork
from analysis.causes.parts import CauseLink


@dataclass(frozen=True)
class Reach:
    """`codes`: what is found and open, and what can follow. `links`: those between them, and into closed causes."""

    codes: frozenset[str]
    links: tuple[CauseLink, ...]


def reached(
    network: CauseNetwork, starts: Collection[str], *, closed: Set[str], hidden: Set[str] = frozenset()
) -> Reach:
    """Return what can follow from the causes `starts` by links that are not feedback.

    A `closed` cause (looked into and refuted) is shown as the end of a link and not gone through; a `hidden` one is
    treated as if it were not in the network.
    """
    waiting = sorted(set(starts) - hidden - closed)
    seen = set(waiting)
    links: list[CauseLink] = []
    for code in waiting:
        for link in network.after.get(code, ()):
            if link.to_code in hidden:
                continue
            links.append(link)
            if link.to_code not in seen and link.to_code not in closed:
                seen.add(link.to_code)
                waiting.append(link.to_code)
    return Reach(frozenset(seen), tuple(sorted(links, key=lambda link: link.link_id)))
