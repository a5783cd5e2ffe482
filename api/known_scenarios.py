"""The named scenarios of the application, read when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from graph_schema import Schema
from policy.scenarios import Scenario, load_scenarios


class KnownScenarios:
    """The scenarios by code; many threads may ask, and one reads what all of them wait for."""

    def __init__(self) -> None:
        self._reading = Lock()
        self._known: Mapping[str, Scenario] | None = None

    def of(self, schema: Schema) -> Mapping[str, Scenario]:
        """Return the scenarios of the product, checked against the schema of the application."""
        with self._reading:
            if self._known is None:
                self._known = load_scenarios(schema)
            return self._known


async def known_scenarios_of(request: Request) -> KnownScenarios:
    """Return what keeps them for this application; made when it is first asked for, on the loop of the server."""
    state = request.app.state
    if not hasattr(state, "known_scenarios"):
        state.known_scenarios = KnownScenarios()
    known: KnownScenarios = state.known_scenarios
    return known


Scenarios = Annotated[KnownScenarios, Depends(known_scenarios_of)]
