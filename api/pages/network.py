"""The pages of the network of causes: every link with its evidence and what was learned of it, and one link alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from analysis.drawing.intervals_chart import intervals_chart
from analysis.drawing.network_forms import network_svg
from analysis.errors import SubjectNotFound
from analysis.learning.verdicts import verdict_word
from analysis.questions.learn_told import count_label
from analysis.questions.network import network as ask_network
from analysis.questions.network_answer import CountTold, NetworkAnswer, NetworkLink
from api.deps import Keeper, ShowsSensitive
from api.pages.addresses import address, path_of
from api.pages.asking import PageAsking
from api.pages.language import PageLanguage
from api.pages.rendering import page
from api.parameters import SubjectId
from graph_schema.messages import Language

router = APIRouter(include_in_schema=False)

NETWORK = "/network"
Dimension = Literal["H", "L", "E", "F", "A", "M", "V", "S", "O"]
Evidence = Literal["A", "B", "C", "P", "opposed"]
Acts = Literal["yes", "no", "definition"]
Verdict = Literal["supported", "contradicted", "none", "too_few", "not_seen", "definition", "not_learned"]


class NetworkPageAsking(PageAsking):
    """Which links are shown, and of which version."""

    version: SubjectId | None = None
    dimension: Dimension | None = None
    cause: SubjectId | None = None
    state: SubjectId | None = None
    evidence: Evidence | None = None
    acts: Acts | None = None
    verdict: Verdict | None = None

    def kept(self) -> dict[str, object]:
        """Return what the links of the page keep of the address."""
        return self.model_dump(exclude={"lang"})

    def narrows(self) -> bool:
        """Return whether only some links are asked for."""
        return any(value is not None for name, value in self.kept().items() if name not in ("version", "day"))


class LinkPageAsking(PageAsking):
    """Of which version one link is shown."""

    version: SubjectId | None = None


@router.get(NETWORK, name="network_page")
def network(
    request: Request,
    asking: Annotated[NetworkPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show the links that the filter leaves as a table and as a drawing, and the versions there are."""
    answer = _asked(keeper, asking, show_sensitive=show_sensitive)
    links = chosen_links(answer, asking)
    drawing = network_svg(
        answer,
        language,
        links=links,
        node_address=lambda code: address(NETWORK, {**_of_version(asking), "cause": code}.items()),
        link_address=lambda link_id: address(path_of("network", link_id), _of_version(asking).items()),
    )
    return page(
        request,
        "network.html.j2",
        language=language,
        answer=answer,
        links=links,
        kept=asking.kept(),
        of_version=_of_version(asking),
        is_narrowed=asking.narrows(),
        drawing=drawing if links else "",
        **_helpers(answer, language),
    )


@router.get(NETWORK + "/{link_id}", name="network_link_page")
def network_link(
    request: Request,
    link_id: Annotated[SubjectId, Path()],
    asking: Annotated[LinkPageAsking, Query()],
    keeper: Keeper,
    show_sensitive: ShowsSensitive,
    language: PageLanguage,
) -> Response:
    """Show one link: what it says, its evidence and what found the opposite, what amplifies it, what was learned."""
    answer = _asked(keeper, asking, show_sensitive=show_sensitive)
    link = answer.link(link_id)
    if link is None:
        raise SubjectNotFound("network_unknown_link", link=link_id)
    beside = [each for each in answer.links if each.to_code == link.to_code and each.link_id != link_id]
    return page(
        request,
        "network_link.html.j2",
        language=language,
        answer=answer,
        link_shown=link,
        beside=beside,
        of_version=_of_version(asking),
        drawing=intervals_chart(link, language),
        **_helpers(answer, language),
    )


def chosen_links(answer: NetworkAnswer, asking: NetworkPageAsking) -> Sequence[NetworkLink]:
    """Return the links that the filter leaves, in the order of the vocabulary."""
    dimension = {node.code: node.dimension for node in answer.nodes}
    leading = None if asking.state is None else _leading_to(answer, asking.state)
    tests: list[tuple[object, Callable[[NetworkLink], bool]]] = [
        (asking.dimension, lambda link: asking.dimension in (dimension[link.from_code], dimension[link.to_code])),
        (asking.cause, lambda link: asking.cause in (link.from_code, link.to_code)),
        (asking.state, lambda link: leading is not None and link.link_id in leading),
        (asking.evidence, lambda link: _has_evidence(link, asking.evidence)),
        (asking.acts, lambda link: _acts(link) == asking.acts),
        (asking.verdict, lambda link: any(each.verdict == asking.verdict for each in link.learned)),
    ]
    kept = [test for wanted, test in tests if wanted is not None]
    return [link for link in answer.links if all(test(link) for test in kept)]


def _leading_to(answer: NetworkAnswer, code: str) -> set[str]:
    """Return the ids of the links on a way to a state, feedback left out."""
    reached, waiting, found = {code}, [code], set()
    while waiting:
        into = [link for link in answer.links if link.to_code == waiting[-1] and not link.is_feedback]
        waiting.pop()
        found |= {link.link_id for link in into}
        fresh = {link.from_code for link in into} - reached
        reached |= fresh
        waiting += sorted(fresh)
    return found


def _has_evidence(link: NetworkLink, wanted: Evidence | None) -> bool:
    return bool(link.opposing_sources) if wanted == "opposed" else link.evidence_grade == wanted


def _acts(link: NetworkLink) -> Acts:
    if link.is_definition:
        return "definition"
    return "yes" if link.acts_within_year else "no"


def _asked(keeper: Keeper, asking: NetworkPageAsking | LinkPageAsking, *, show_sensitive: bool) -> NetworkAnswer:
    work = keeper.workspace
    with keeper.asking() as graph:
        return ask_network(
            graph.store,
            work.open_ledger(create=True),
            work.schema,
            day=asking.day or graph.day,
            version=asking.version,
            show_sensitive=show_sensitive,
            known_at=graph.as_of,
        )


def _of_version(asking: NetworkPageAsking | LinkPageAsking) -> dict[str, object]:
    kept = {"version": asking.version, "day": asking.day}
    return {name: value for name, value in kept.items() if value is not None}


def _helpers(answer: NetworkAnswer, language: Language) -> dict[str, Any]:
    is_zh = language == "zh"

    def count(told: CountTold) -> str:
        return count_label(told).text(language)

    def ends(link: NetworkLink) -> tuple[str, str]:
        if is_zh:
            return link.from_name_zh, link.to_name_zh
        return link.from_name_en, link.to_name_en

    return {
        "percent": lambda share: f"{100 * share:.1f}".removesuffix(".0") + " %",
        "count": count,
        "ends": ends,
        "said": lambda part, name: getattr(part, f"{name}_{language}"),
        "verdict_name": lambda verdict: verdict_word(verdict, language),
        "learned_in": lambda link: (
            link.learned_in(answer.network_version) or (link.learned[0] if link.learned else None)
        ),
    }
