"""The pages of what-if: the scenarios with a form each, and one of them before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from analysis.drawing.before_after_chart import before_after_chart
from analysis.errors import QuestionError, SubjectNotFound
from analysis.questions.scenario import scenario as ask_scenario
from analysis.questions.scenario_answer import ScenarioAnswer
from analysis.questions.scenario_choices import Choice, choices
from analysis.questions.scenarios import ScenarioTold
from analysis.questions.scenarios import scenarios as ask_scenarios
from analysis.scenarios.asked import scenario_named
from api.deps import Keeper, Places, RisksNow, ShowsSensitive
from api.known_scenarios import Scenarios
from api.pages.addresses import path_of
from api.pages.area_field import led_to_place
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.scenario_fields import ScenarioFields
from graph_schema import Schema
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from graph_store import GraphStore
from policy.scenarios import Scenario

router = APIRouter(include_in_schema=False)

PATH, API_PATH = "/scenarios", "/v1/what-if/scenario"
CROSSING_SHOWN = 50
# A file holds more of the list than a page.
CROSSING_KEPT = 1000
# So many places stand in the table at once; the others under a fold.
PLACES_SHOWN = 20


class ScenarioPageAsking(ScenarioFields, PageAsking):
    """What is filled in on the form of a scenario."""


class ScenariosPageAsking(PageAsking):
    """The place that the reader comes from, so that the forms begin with it."""

    area: Annotated[str | None, Field(max_length=200)] = None


@dataclass(frozen=True)
class FormField:
    """A field of a form: its name, what is chosen from (None: it is written), and what stands in it."""

    name: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...] | None
    value: str
    is_required: bool
    default: float | None


@router.get(PATH, name="scenarios_page")
def scenarios(
    request: Request,
    asking: Annotated[ScenariosPageAsking, Query()],
    keeper: Keeper,
    named_scenarios: Scenarios,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the scenarios, with a form for each."""
    schema = keeper.workspace.schema
    known = named_scenarios.of(schema)
    with keeper.asking() as graph:
        answer = ask_scenarios(schema, known, day=asking.day or graph.day)
        forms = {
            told.code: _fields(
                told,
                choices(graph.store, schema, known[told.code], show_sensitive=show_sensitive),
                {"area": asking.area},
                language,
            )
            for told in answer.scenarios
        }
    return page(request, "scenarios.html.j2", language=language, listed=answer.scenarios, forms=forms, day=asking.day)


@router.get(PATH + "/{code}", name="scenario_page")
def scenario(
    request: Request,
    code: str,
    asking: Annotated[ScenarioPageAsking, Query()],
    keeper: Keeper,
    named_scenarios: Scenarios,
    places: Places,
    today: RisksNow,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show what comes of a scenario, or with nothing filled in its form; what is wrong is told above the form."""
    work = keeper.workspace
    schema, known = work.schema, named_scenarios.of(work.schema)
    named = scenario_named(known, code)
    answer: ScenarioAnswer | None = None
    fault: PlumlineError | None = None
    with keeper.asking() as graph:
        elsewhere = led_to_place(request, graph, schema, asking.area)
        if elsewhere is not None:
            return elsewhere
        day = asking.day or graph.day
        if asking.values() or asking.area:
            try:
                answer = ask_scenario(
                    graph.store,
                    schema,
                    work.policy,
                    keeper.risk_model,
                    known,
                    asking.wanted(code, CROSSING_SHOWN),
                    day=day,
                    show_sensitive=show_sensitive,
                    kept=today.of(graph.store, work.open_ledger(create=True), keeper.risk_model, day),
                    counted=places.of(graph.store),
                )
            except (QuestionError, SubjectNotFound) as error:
                fault = error
        (told,) = ask_scenarios(schema, {code: named}, day=day).scenarios
        fields = _fields_of(graph.store, schema, named, told, asking, language, show_sensitive=show_sensitive)
    query = {**asking.values(), "area": asking.area, "day": asking.day}
    return page(
        request,
        "scenario.html.j2",
        language=language,
        status=200 if fault is None else fault.status,
        answer=answer,
        scenario=told,
        fields=fields,
        fault=fault and {"what": fault.what(language), "remedy": fault.remedy(language)},
        drawing=_drawing(answer, language),
        api_path=f"{API_PATH}/{code}",
        api_query={name: value for name, value in query.items() if value is not None},
        day=asking.day,
        places_shown=PLACES_SHOWN,
        crossing_kept=CROSSING_KEPT,
        risk=lambda number: f"{number:.3f}",
        change=lambda number: f"{number:+.3f}",
        returns=lambda number: f"{number:,.1f}",
    )


def _drawing(answer: ScenarioAnswer | None, language: Language) -> str:
    if answer is None or not answer.places:
        return ""
    return before_after_chart(answer, language, link=lambda area_id: path_of("areas", area_id))


def _fields_of(
    store: GraphStore,
    schema: Schema,
    named: Scenario,
    told: ScenarioTold,
    asking: ScenarioPageAsking,
    language: Language,
    *,
    show_sensitive: bool,
) -> tuple[FormField, ...]:
    offered = choices(store, schema, named, show_sensitive=show_sensitive)
    return _fields(told, offered, {**asking.values(), "area": asking.area}, language)


def _fields(
    told: ScenarioTold, offered: Mapping[str, Sequence[Choice]], filled: Mapping[str, object], language: Language
) -> tuple[FormField, ...]:
    """Return the fields of a scenario; the place stands in each form once, as where it happens or where one looks."""
    fields = []
    for each in told.parameters:
        listed = offered.get(each.code)
        fields.append(
            FormField(
                name=each.code,
                label=_begun(each.name_zh if language == "zh" else each.name_en),
                kind="place" if each.code == "area" else each.holds,
                choices=None if not listed else tuple((one.id, _named(one, language)) for one in listed),
                value=_text(filled.get(each.code)),
                is_required=each.is_required,
                default=each.default,
            )
        )
    if not any(each.kind == "place" for each in fields):
        area = _text(filled.get("area"))
        fields.append(FormField("area", "", "scope", None, area, is_required=False, default=None))
    return tuple(fields)


def _named(choice: Choice, language: Language) -> str:
    name = choice.name_zh if language == "zh" else choice.name_en
    return name if name == choice.id else f"{name} ({choice.id})"


def _begun(words: str) -> str:
    """Return the words with a capital letter at the beginning."""
    return words[:1].upper() + words[1:]


def _text(value: object) -> str:
    return "" if value is None else str(value)
