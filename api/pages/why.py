"""The page of a household's risk: why it is at risk, what would cut it, and what if something were different."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, field_validator
from starlette.responses import Response

from analysis.drawing.cause_picture import evidence_text, shock_text
from analysis.drawing.picture import MOST_NODES
from analysis.drawing.why_picture import why_svg
from analysis.drawing.years_line import years_line
from analysis.errors import QuestionError
from analysis.questions.cut import household_cut
from analysis.questions.explain import explain as ask_explain
from analysis.questions.explain_answer import ExplainAnswer
from analysis.questions.household_what_if import household_what_if
from analysis.questions.household_what_if_answer import HouseholdWhatIfAnswer
from analysis.questions.household_what_if_asked import written_changes
from analysis.why.chains import severity_word, strength_words
from api.deps import Keeper, ShowsSensitive
from api.graph_keeper import GraphKeeper
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.fragments import is_fragment
from api.pages.language import PageLanguage
from api.pages.rendering import named, page
from api.pages.why_choices import causes_to_suppose, measures_to_give
from api.pages.why_rows import added_rows, chain_rows, step_rows
from api.parameters import SubjectId
from graph_schema.errors import PlumlineError
from graph_schema.messages import Language
from loaders.workspace import ReadyGraph

router = APIRouter(include_in_schema=False)

CODE = r"[A-Za-z0-9_.-]{1,40}"
MOST_CHANGES = 40
UNSEEN_SHOWN = 8
Suppose = Annotated[str, Field(pattern=rf"^({CODE}=(confirmed|refuted|closed))?$")]
Code = Annotated[str, Field(pattern=rf"^({CODE})?$")]
Changes = Annotated[list[Suppose], Field(max_length=MOST_CHANGES)]
Codes = Annotated[list[Code], Field(max_length=MOST_CHANGES)]


class WhyPageAsking(PageAsking):
    """What is to be different: findings as CODE=confirmed, refuted or closed, and help that begins or stops."""

    finding: Changes = Field(default=[])
    give: Codes = Field(default=[])
    take: Codes = Field(default=[])

    @field_validator("finding", "give", "take", mode="after")
    @classmethod
    def _without_what_stays(cls, given: list[str]) -> list[str]:
        # A field that was left as it is is sent too, empty.
        return [text for text in given if text]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Return every change as the API is asked for it: the name of its parameter and the text."""
        names = {"confirmed": "confirm", "refuted": "refute", "closed": "close"}
        supposed = [(names[kind], code) for code, _, kind in (text.rpartition("=") for text in self.finding)]
        return [*supposed, *(("give", code) for code in self.give), *(("take", code) for code in self.take)]


@router.get("/households/{household_id:path}/why/cut", name="household_cut_page")
def cut(
    request: Request,
    household_id: SubjectId,
    asking: Annotated[PageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the cheapest help that brings the risk under the level, and the next best; it may take seconds."""
    work = keeper.workspace
    with keeper.asking() as graph:
        answer = household_cut(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            work.policy,
            keeper.risk_model,
            household_id,
            day=asking.day or graph.day,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )
    template = "why_cut_inside.html.j2" if is_fragment(request) else "why_cut.html.j2"
    return page(
        request,
        template,
        language=language,
        answer=answer,
        suppose=_supposing(household_id, asking),
        given=lambda plan: [("give", each.code) for each in plan.measures],
        names_of=_names_of(language),
    )


@router.get("/households/{household_id:path}/why", name="household_why_page")
def why(
    request: Request,
    household_id: SubjectId,
    asking: Annotated[WhyPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show why a household is at risk, what follows, what would cut it, and what if something were different."""
    schema = keeper.workspace.schema
    with keeper.asking() as graph:
        answer = _explained(keeper, graph, household_id, asking, show_sensitive=show_sensitive)
        supposed = _supposed(keeper, graph, answer, asking, show_sensitive=show_sensitive)
    return page(
        request,
        "why.html.j2",
        language=language,
        status=200 if supposed.fault is None else supposed.fault.status,
        answer=answer,
        asking=asking,
        added=added_rows(answer),
        chains=chain_rows(answer),
        steps=step_rows(answer),
        drawing=why_svg(
            answer,
            language,
            max_nodes=MOST_NODES,
            address_of=lambda code: f"#cause-{code}",
            link_address_of=lambda link_id: f"#link-{link_id}",
            with_notices=False,
        ),
        years=years_line(answer, language),
        what_if=supposed.answer,
        fault=supposed.fault,
        measures=measures_to_give(schema, keeper.risk_model, answer, show_sensitive=show_sensitive),
        causes=causes_to_suppose(schema, keeper.risk_model, answer, show_sensitive=show_sensitive),
        suppose=_supposing(household_id, asking),
        what_if_form_address=lambda form: _what_if_address(household_id, asking, form),
        unseen_shown=UNSEEN_SHOWN,
        names_of=_names_of(language),
        node_name=lambda code: _node_names(answer, language)[code],
        evidence_text=evidence_text,
        shock_text=shock_text,
        severity_word=lambda severity: severity_word(severity).text(language),
        strength_words=lambda link: strength_words(link).text(language),
    )


@dataclass(frozen=True)
class _Supposed:
    """What comes of the changes asked for, or why nothing can be said of them; neither where none was asked for."""

    answer: HouseholdWhatIfAnswer | None = None
    fault: PlumlineError | None = None


def _explained(
    keeper: GraphKeeper, graph: ReadyGraph, household_id: str, asking: PageAsking, *, show_sensitive: bool
) -> ExplainAnswer:
    work = keeper.workspace
    return ask_explain(
        graph.store,
        work.open_ledger(create=True),
        work.schema,
        work.policy,
        keeper.risk_model,
        household_id,
        day=asking.day or graph.day,
        show_sensitive=show_sensitive,
        with_cut=False,
        known_at=graph.as_of,
        network=keeper.network,
    )


def _supposed(
    keeper: GraphKeeper, graph: ReadyGraph, answer: ExplainAnswer, asking: WhyPageAsking, *, show_sensitive: bool
) -> _Supposed:
    if not asking.changes:
        return _Supposed()
    written: dict[str, Any] = {}
    for name, text in asking.changes:
        written.setdefault(name, []).append(text)
    try:
        return _Supposed(
            household_what_if(
                graph.store,
                keeper.workspace.schema,
                keeper.workspace.policy,
                keeper.risk_model,
                answer.asked.id,
                written_changes(**written),
                day=answer.as_of,
                level=answer.level,
                show_sensitive=show_sensitive,
            )
        )
    except QuestionError as fault:
        # The rest of the page holds all the same, and the form is there to be mended.
        return _Supposed(fault=fault)


def _what_if_address(household_id: str, asking: WhyPageAsking, form: str) -> str:
    """Return where programs find what was supposed, in one of the forms."""
    query = [*asking.changes, ("day", asking.day), ("format", form)]
    return address(path_of("v1", "what-if", "household", household_id), query)


def _names_of(language: Language) -> Callable[[Sequence[object]], str]:
    """Return what writes the names of parts one after another."""
    return lambda parts: ("、" if language == "zh" else ", ").join(named(part, language=language) for part in parts)


def _node_names(answer: ExplainAnswer, language: Language) -> dict[str, str]:
    return {node.code: named(node, language=language) for node in answer.nodes}


def _supposing(household_id: str, asking: PageAsking) -> Any:  # noqa: ANN401 - a function for the template
    """Return what gives the address at which one change is supposed: suppose("finding", "M02=refuted")."""

    def suppose(*changes: tuple[str, str]) -> str:
        return address(path_of("households", household_id, "why"), [("day", asking.day), *changes]) + "#what-if"

    return suppose
