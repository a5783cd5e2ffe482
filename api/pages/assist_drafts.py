"""A draft of help that was kept: what it plans, what was accepted of it and came of that, and accepting more of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from analysis.frames import rows_of, text_in
from analysis.links.census import NOWHERE, Census
from analysis.questions.assist_kept import assist_kept_plan
from analysis.questions.assist_kept_answer import AssistKeptPlanAnswer
from analysis.why.names import cause_name, measure_name
from api.deps import Censuses, Keeper, ShowsSensitive
from api.graph_keeper import GraphKeeper
from api.kept_census import KeptCensus
from api.pages.addresses import path_of
from api.pages.asking import PageAsking
from api.pages.assist_accepting import (
    LABELS,
    PARTS,
    AcceptAsking,
    WouldRow,
    accept_form,
    accepted,
    led_to_draft,
    part_again,
    read_part,
    told_of,
    would_be,
)
from api.pages.assist_helpers import assist_helpers
from api.pages.assist_parts import SHOWN, Row
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.pages.typed import Sent, Typed
from api.parameters import SubjectId
from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from policy.assistance_states import HOLDING

router = APIRouter(include_in_schema=False)

DRAFT = "/assistance/drafts/{run_id}"
RunInPath = Annotated[SubjectId, Path()]


class DraftAsking(PageAsking):
    """Which helps of a draft; and what has just been accepted of it."""

    state: Literal["none", "planned", "running", "done", "stopped"] | None = None
    after: Row | None = None
    accepted: Row | None = None
    amount: Row | None = None
    standing: Row | None = None
    entered: SubjectId | None = None


@router.get(DRAFT, name="assist_draft_page")
def draft(
    request: Request,
    run_id: RunInPath,
    asking: Annotated[DraftAsking, Query()],
    keeper: Keeper,
    censuses: Censuses,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show a draft that was kept: what it plans, what was accepted of it, and what came of that."""
    answer = _draft(request, keeper, run_id, show_sensitive=show_sensitive)
    units = [each for each in answer.units if asking.state in (None, each.status or "none")]
    first = asking.after or 0
    last = min(first + SHOWN, len(units))
    names = Names.of(keeper, censuses, language)
    return page(
        request,
        "assist_draft.html.j2",
        language=language,
        answer=answer,
        asking=asking,
        states=Counter(each.status or "none" for each in answer.units),
        promised_fen=sum(each.cost_fen for each in answer.units if each.status in HOLDING),
        units=units[first:last],
        unit_count=len(units),
        next_after=last if last < len(units) else None,
        area=names.area(answer.plan.area_id),
        cause_name=names.cause,
        measure_name=names.measure,
        programme_name=names.programme,
        **assist_helpers(language),
    )


@router.get(DRAFT + "/accept", name="accept_assist_draft_page")
def look_at_draft(
    request: Request,
    run_id: RunInPath,
    asking: Annotated[AcceptAsking, Query()],
    keeper: Keeper,
    censuses: Censuses,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what of a draft would be accepted, and ask whether to."""
    answer = _draft(request, keeper, run_id, show_sensitive=show_sensitive)
    names = Names.of(keeper, censuses, language)
    return _draft_form(request, answer, names, asking, language, Typed({}, LABELS))


@router.post(DRAFT + "/accept", name="send_accept_assist_draft_page")
def send_draft(
    request: Request,
    run_id: RunInPath,
    sent: Sent,
    keeper: Keeper,
    censuses: Censuses,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Accept of a draft what was chosen, and lead to it; else say on the form why not."""
    typed = Typed(sent, LABELS)
    answer = _draft(request, keeper, run_id, show_sensitive=show_sensitive)
    try:
        asked = read_part(typed)
        done = accepted(request, keeper, answer.plan.run_id, asked, typed.day("starts_on"))
    except PlumlineError as fault:
        names = Names.of(keeper, censuses, language)
        return _draft_form(request, answer, names, part_again(typed), language, typed, fault=fault)
    return led_to_draft(told_of(keeper, done, show_sensitive=show_sensitive))


@dataclass(frozen=True)
class Names:
    """What the ids of a draft are called in a language."""

    schema: Schema
    language: Language
    census: Census
    programmes: Mapping[str, str]
    areas: Mapping[str, str]

    @classmethod
    def of(cls, keeper: GraphKeeper, censuses: KeptCensus, language: Language) -> Names:
        """Return the names of the graph as it is."""
        with keeper.asking() as graph:
            census = censuses.of(graph.store, graph.day)
        programmes = {
            str(row["programme_id"]): text_in(row, "programme_name") or "" for row in rows_of(census.programmes)
        }
        areas = {str(row["area_id"]): text_in(row, "name") or "" for row in rows_of(census.areas)}
        return cls(keeper.workspace.schema, language, census, programmes, areas)

    def cause(self, code: str) -> str:
        """Return the name of a cause."""
        return cause_name(self.schema, code).text(self.language)

    def measure(self, code: str) -> str:
        """Return the name of a measure."""
        return measure_name(self.schema, code).text(self.language)

    def programme(self, programme_id: str) -> str:
        """Return the name of a programme."""
        return self.programmes.get(programme_id) or programme_id

    def area(self, area_id: str | None) -> str | None:
        """Return the name of an area."""
        return None if area_id is None else self.areas.get(area_id) or area_id

    def homes(self, household_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return where each household lives and all areas above it, the nearest first; none where no home is told."""
        census, found = self.census, dict[str, tuple[str, ...]]()
        rows = census.household_ids.get_indexer(pd.Index(household_ids, dtype=object))
        for household_id, row in zip(household_ids, rows, strict=True):
            above, area = list[str](), census.area_rows[row] if row >= 0 else NOWHERE
            while area != NOWHERE and str(census.area_index[area]) not in above:
                above.append(str(census.area_index[area]))
                area = census.parent_rows[area]
            found[household_id] = tuple(above)
        return found


def _draft(request: Request, keeper: GraphKeeper, run_id: str, *, show_sensitive: bool) -> AssistKeptPlanAnswer:
    """Return a draft with what came of it. Raises SubjectNotFound."""
    day = keeper.at_hand().day or request.app.state.today()
    return assist_kept_plan(keeper.ledger, keeper.workspace.schema, run_id, day=day, show_sensitive=show_sensitive)


def _draft_form(
    request: Request,
    answer: AssistKeptPlanAnswer,
    names: Names,
    asking: AcceptAsking,
    language: Language,
    typed: Typed,
    *,
    fault: PlumlineError | None = None,
) -> Response:
    chosen = {name: getattr(asking, name) or None for name in PARTS}
    homes = names.homes(sorted({each.household_id for each in answer.units}))
    rows = [
        WouldRow(
            each.household_id,
            names.cause(each.cause_id),
            names.measure(each.measure_id),
            names.programme(each.programme_id),
            each.cost_fen,
        )
        for each in answer.units
        if chosen["household"] in (None, each.household_id)
        and chosen["programme"] in (None, each.programme_id)
        and (chosen["village"] is None or chosen["village"] in homes[each.household_id])
    ]
    villages = sorted({(above[0], names.area(above[0]) or above[0]) for above in homes.values() if above})
    programmes = sorted({(each.programme_id, names.programme(each.programme_id)) for each in answer.units})
    back = path_of("assistance", "drafts", answer.plan.run_id)
    return accept_form(
        request,
        language,
        typed,
        fault,
        answer=answer,
        plan=None,
        back=back,
        address=f"{back}/accept",
        chosen=chosen,
        choices={"village": villages, "programme": programmes},
        would=would_be(rows, answer.hidden_count),
    )
