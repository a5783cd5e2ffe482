"""What handlers are given: the graph of the application, what it may show, and what the request would like.

All run on the loop of the server, for a thread costs more than what they do.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.graph_keeper import GraphKeeper
from api.kept_census import KeptCensus
from api.kept_places import KeptPlaces
from api.kept_plans import KeptDrafts, KeptPlans
from api.kept_risk import KeptRisk
from api.kept_today import KeptToday
from api.loads.desk import LoadDesk
from api.plans.assistance.kind import AssistPlansHeld
from api.plans.produce.kind import ProducePlans
from api.printed_dictionary import PrintedDictionary
from api.problems import language_of
from graph_schema.messages import Language


async def keeper_of(request: Request) -> GraphKeeper:
    """Return the keeper of the graph of this application."""
    keeper: GraphKeeper = request.app.state.keeper
    return keeper


async def shows_sensitive(request: Request) -> bool:
    """Return whether this server was started with `--show-sensitive`."""
    return bool(request.app.state.shows_sensitive)


async def wanted_language(request: Request) -> Language:
    """Return the language that the request prefers."""
    return language_of(request)


async def load_desk_of(request: Request) -> LoadDesk:
    """Return what takes uploads in for this application."""
    desk: LoadDesk = request.app.state.load_desk
    return desk


async def plans_of(request: Request) -> ProducePlans:
    """Return what makes and holds plans of surplus produce for this application."""
    plans: ProducePlans = request.app.state.plans
    return plans


async def assist_plans_of(request: Request) -> AssistPlansHeld:
    """Return what makes and holds plans of assistance for this application."""
    plans: AssistPlansHeld = request.app.state.assist_plans
    return plans


async def censuses_of(request: Request) -> KeptCensus:
    """Return what keeps the census of the graph for this application."""
    kept: KeptCensus = request.app.state.censuses
    return kept


async def dictionary_of(request: Request) -> PrintedDictionary:
    """Return the dictionary of the application."""
    printed: PrintedDictionary = request.app.state.dictionary
    return printed


async def places_of(request: Request) -> KeptPlaces:
    """Return what keeps the counts of households by place for this application."""
    kept: KeptPlaces = request.app.state.places
    return kept


async def kept_plans_of(request: Request) -> KeptPlans:
    """Return what keeps the list of plans that were kept for this application."""
    kept: KeptPlans = request.app.state.kept_plans
    return kept


async def kept_drafts_of(request: Request) -> KeptDrafts:
    """Return what keeps the list of plans of help that were kept for this application."""
    kept: KeptDrafts = request.app.state.kept_drafts
    return kept


async def risks_of(request: Request) -> KeptRisk:
    """Return what keeps the risks of all households for this application."""
    kept: KeptRisk = request.app.state.risks
    return kept


async def risks_now_of(request: Request) -> KeptToday:
    """Return what keeps the risks that scenarios are compared with for this application."""
    kept: KeptToday = request.app.state.risks_now
    return kept


Keeper = Annotated[GraphKeeper, Depends(keeper_of)]
Censuses = Annotated[KeptCensus, Depends(censuses_of)]
Places = Annotated[KeptPlaces, Depends(places_of)]
Risks = Annotated[KeptRisk, Depends(risks_of)]
RisksNow = Annotated[KeptToday, Depends(risks_now_of)]
Dictionary = Annotated[PrintedDictionary, Depends(dictionary_of)]
LoadDeskHere = Annotated[LoadDesk, Depends(load_desk_of)]
Plans = Annotated[ProducePlans, Depends(plans_of)]
AssistPlans = Annotated[AssistPlansHeld, Depends(assist_plans_of)]
PlansKept = Annotated[KeptPlans, Depends(kept_plans_of)]
DraftsKept = Annotated[KeptDrafts, Depends(kept_drafts_of)]
ShowsSensitive = Annotated[bool, Depends(shows_sensitive)]
WantedLanguage = Annotated[Language, Depends(wanted_language)]
