"""The planner's page: who is linked to help by which chains, who is left out, and where the chains break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from analysis.drawing.links_forms import links_svg
from analysis.links.parts import TrunkChain
from analysis.page import Page
from analysis.questions.assistance import CHAIN_LIMIT
from analysis.questions.assistance import assistance as ask_assistance
from analysis.questions.assistance_answer import AssistanceAnswer
from analysis.questions.assistance_filters import AssistanceAsked
from analysis.sensitivity import is_sensitive_cause, is_sensitive_measure
from api.deps import Censuses, Keeper, ShowsSensitive
from api.pages.addresses import address
from api.pages.area_field import led_to_place
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import named, page
from api.parameters import After, SubjectId
from graph_schema import Schema
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

HOUSEHOLDS_SHOWN = 50
# A file holds more of the list than a page.
HOUSEHOLDS_KEPT = 1000
PATH, API_PATH = "/chains", "/v1/assistance"
Option = tuple[str, str]


class PlannerAsking(PageAsking):
    """The filters of the planner's page."""

    area: SubjectId | None = None
    programme: SubjectId | None = None
    measure: SubjectId | None = None
    cause: SubjectId | None = None
    help: Literal["with", "without"] | None = None
    after: After | None = None
    after_chain: After | None = None

    def filters(self) -> AssistanceAsked:
        """Return the filters alone."""
        return AssistanceAsked(self.area, self.programme, self.measure, self.cause, self.help)

    def address_parts(self) -> dict[str, object]:
        """Return what an address needs to ask the same, the day included."""
        return {**asdict(self.filters()), "day": self.day}


@router.get(PATH, name="planner_page")
def chains(
    request: Request,
    asking: Annotated[PlannerAsking, Query()],
    keeper: Keeper,
    censuses: Censuses,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the chains of help and who is left out, by the filters in the address."""
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        elsewhere = led_to_place(request, graph, schema, asking.area)
        if elsewhere is not None:
            return elsewhere
        day = asking.day or graph.day
        answer = ask_assistance(
            graph.store,
            schema,
            asking.filters(),
            day=day,
            show_sensitive=show_sensitive,
            page=Page(HOUSEHOLDS_SHOWN, asking.after),
            chain_page=Page(CHAIN_LIMIT, asking.after_chain),
            census=censuses.of(graph.store, day),
        )
    listed = sorted(answer.chains.rows, key=lambda chain: (-chain.household_count, not chain.is_whole, chain.chain_id))
    where = Addresses(listed, asking, {party.id for party in answer.programmes})
    return page(
        request,
        "planner.html.j2",
        language=language,
        answer=answer,
        chains=listed,
        has_filter=any(asdict(asking.filters()).values()),
        links_drawing=links_svg(answer, language, "links", href=where.of) if listed else "",
        flow_drawing=links_svg(answer, language, "flow", href=where.of) if answer.counts.chosen else "",
        programmes={party.id for party in answer.programmes},
        options=_options(answer, schema, show_sensitive=show_sensitive, language=language),
        api_path=API_PATH,
        api_query={name: value for name, value in asking.address_parts().items() if value is not None},
        households_kept=HOUSEHOLDS_KEPT,
    )


class Addresses:
    """Where the boxes of a drawing lead: a programme to its own filter, all else to its row in a table below."""

    def __init__(self, listed: list[TrunkChain], asking: PlannerAsking, programmes: set[str]) -> None:
        self._query = asking.address_parts()
        self._programmes = programmes
        self._rows: dict[tuple[str, str], int] = {}
        for number, chain in enumerate(listed, start=1):
            for party in (chain.agency, chain.programme, chain.enterprise, chain.cooperative):
                if party is not None:
                    self._rows.setdefault((party.kind, party.id), number)
                    self._rows.setdefault(("Households", party.id), number)
            for link in chain.missing:
                self._rows.setdefault(("missing", link), number)

    def of(self, kind: str, node_id: str) -> str:
        """Return the address of the box of a party, of households behind one, or of what is missing."""
        if kind == "Programme" and node_id in self._programmes:
            return address(PATH, {**self._query, "programme": node_id}.items())
        if kind == "Households" and node_id == "left_out":
            return address(PATH, {**self._query, "help": "without"}.items()) + "#households"
        row = self._rows.get((kind, node_id))
        return f"#chain-{row}" if row else "#households" if kind == "Households" else "#chains"


def _options(
    answer: AssistanceAnswer, schema: Schema, *, show_sensitive: bool, language: Language
) -> Mapping[str, tuple[Option, ...]]:
    """Return what may be chosen of each word; what would tell a sensitive cause is not offered unless shown."""
    return {
        "programme": tuple((party.id, named(party, language=language)) for party in answer.programmes),
        "measure": tuple(
            (code, f"{measure.label.text(language)} ({code})")
            for code, measure in sorted(schema.measures.items())
            if show_sensitive or not is_sensitive_measure(schema, code)
        ),
        "cause": tuple(
            (code, f"{cause.label.text(language)} ({code})")
            for code, cause in sorted(schema.causes.items())
            if show_sensitive or not is_sensitive_cause(schema, code)
        ),
    }
