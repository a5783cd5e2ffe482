"""What if: the scenarios there are, what comes of one, and of changes at one household. The graph stays as it is."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from analysis.questions.household_what_if import household_what_if as ask_household
from analysis.questions.household_what_if_answer import HouseholdWhatIfAnswer
from analysis.questions.household_what_if_asked import written_changes
from analysis.questions.scenario import scenario as ask_scenario
from analysis.questions.scenario_answer import ScenarioAnswer
from analysis.questions.scenarios import ScenariosAnswer
from analysis.questions.scenarios import scenarios as ask_scenarios
from analysis.tables.scenario_tables import household_what_if_tables, scenario_tables, scenarios_tables
from api.deps import Keeper, Places, RisksNow, ShowsSensitive, WantedLanguage
from api.description import EXAMPLE_QUERY, example_of, problems
from api.forms import FORMAT_MEANING, TABLE_FORMS, TABLE_MEANING, TableForm, as_told, declared, formed, wanted_form
from api.known_scenarios import Scenarios
from api.parameters import Asking, Count, SubjectId
from api.scenario_fields import ScenarioFields

router = APIRouter(prefix="/v1/what-if", tags=["questions"])

CROSSING_SHOWN = 100
MOST_CHANGES = 20
ScenarioTable = Literal[
    "scenario_places",
    "scenario_totals",
    "scenario_crossing",
    "scenario_causes",
    "scenario_help",
    "scenario_ways",
    "about",
]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,30}$")]
CodeAndSeverity = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,30}(:[0-9.]{1,10})?$")]
CodeAndShare = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,30}=[0-9.]{1,10}$")]


class ScenariosAsking(Asking):
    """How the list of scenarios may be asked for."""

    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)


class ScenarioAsking(ScenarioFields, Asking):
    """How a scenario may be asked for."""

    limit: Count = Field(default=CROSSING_SHOWN, description="How many who cross the level are listed.")
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: ScenarioTable | None = Field(default=None, description=TABLE_MEANING)


class HouseholdAsking(Asking):
    """What is to be different at a household; each may be given several times."""

    confirm: list[CodeAndSeverity] = Field(
        default=[],
        max_length=MOST_CHANGES,
        description="A cause or state found for sure, such as M02 or M02:0.8 with its severity.",
    )
    refute: list[Code] = Field(
        default=[], max_length=MOST_CHANGES, description="A cause that is known not to be there, by its code."
    )
    close: list[Code] = Field(
        default=[], max_length=MOST_CHANGES, description="What was found of it ends, as if nobody had looked."
    )
    severity: list[CodeAndShare] = Field(
        default=[], max_length=MOST_CHANGES, description="How severe what is found there is, such as L06=0.4."
    )
    give: list[Code] = Field(default=[], max_length=MOST_CHANGES, description="A measure that begins, by its code.")
    take: list[Code] = Field(default=[], max_length=MOST_CHANGES, description="A measure that stops, by its code.")
    strength: list[CodeAndShare] = Field(
        default=[], max_length=MOST_CHANGES, description="How strong a link of the network is, such as K50=0.4."
    )
    format: TableForm | None = Field(default=None, description=FORMAT_MEANING)
    table: Literal["what_if_risk", "what_if_changes", "about"] | None = Field(default=None, description=TABLE_MEANING)


@router.get(
    "/scenarios",
    summary="Which scenarios are there?",
    response_model=ScenariosAnswer,
    responses={**declared(*TABLE_FORMS), **problems(409, 422, 503)},
)
def scenarios(
    asking: Annotated[ScenariosAsking, Query()],
    request: Request,
    keeper: Keeper,
    named_scenarios: Scenarios,
    language: WantedLanguage,
) -> Response:
    """Return the named scenarios: what each says, by which paths it reaches households, what is to be filled in."""
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        day = asking.day or graph.day
    answer = ask_scenarios(schema, named_scenarios.of(schema), day=day)
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: scenarios_tables(answer), form, language)
    return formed(body, form, file_name="scenarios", language=language)


@router.get(
    "/scenario/{code}",
    summary="What would come of it?",
    response_model=ScenarioAnswer,
    responses={**declared(*TABLE_FORMS), **problems(403, 404, 409, 422, 503)},
    openapi_extra={EXAMPLE_QUERY: {"product": "green_plum", "share": "0.3"}},
)
def scenario(
    code: Annotated[
        str,
        Path(
            description="The code of the scenario, as `/v1/what-if/scenarios` has it.",
            pattern=r"^[a-z0-9_]{1,40}$",
            examples=["price_down"],
        ),
    ],
    asking: Annotated[ScenarioAsking, Query()],
    request: Request,
    keeper: Keeper,
    named_scenarios: Scenarios,
    places: Places,
    today: RisksNow,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return whom the scenario reaches and by which links, the risk before and after, and who crosses the level.

    The risk is a score until strengths were learned in the area, and nothing is decided about a household by it alone.
    """
    work = keeper.workspace
    with keeper.asking() as graph:
        day = asking.day or graph.day
        answer = ask_scenario(
            graph.store,
            work.schema,
            work.policy,
            keeper.risk_model,
            named_scenarios.of(work.schema),
            asking.wanted(code, asking.limit),
            day=day,
            show_sensitive=show_sensitive,
            kept=today.of(graph.store, work.open_ledger(create=True), keeper.risk_model, day),
            counted=places.of(graph.store),
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: scenario_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"{code}-{asking.area or 'all'}-{answer.as_of}", language=language)


@router.get(
    "/household/{household_id:path}",
    summary="What if something were different at this household?",
    response_model=HouseholdWhatIfAnswer,
    responses={**declared(*TABLE_FORMS), **problems(403, 404, 409, 422, 503)},
)
def household_what_if(
    household_id: Annotated[
        SubjectId,
        Path(
            description="The pseudonym of the household; a register number does not belong in an address.",
            json_schema_extra=example_of("household"),
        ),
    ],
    asking: Annotated[HouseholdAsking, Query()],
    request: Request,
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: WantedLanguage,
) -> Response:
    """Return the risk of the household before and after the changes, and which states move.

    The risk is a score until strengths were learned in the area, and nothing is decided about a household by it alone.
    A change that would tell whether a sensitive cause is found there is refused unless the server shows them.
    """
    work = keeper.workspace
    changes = written_changes(
        confirm=asking.confirm,
        refute=asking.refute,
        close=asking.close,
        severity=asking.severity,
        give=asking.give,
        take=asking.take,
        strength=asking.strength,
    )
    with keeper.asking() as graph:
        answer = ask_household(
            graph.store,
            work.schema,
            work.policy,
            keeper.risk_model,
            household_id,
            changes,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
        )
    form = wanted_form(request, asking.format, TABLE_FORMS)
    body = as_told(answer, lambda: household_what_if_tables(answer), form, language, table=asking.table)
    return formed(body, form, file_name=f"what-if-{answer.as_of}", language=language)
