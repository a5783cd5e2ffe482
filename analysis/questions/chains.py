"""The first question: which chains agency - programme - enterprise - cooperative - household reach whom?"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.assistance.aims import aims_of_chains
from analysis.assistance.chain_parts import ChainFrames, chain_parts
from analysis.assistance.lapsed import lapsed_links
from analysis.assistance.parts import Chain
from analysis.assistance.reach import reach_of_households
from analysis.assistance.showing import Showing
from analysis.assistance.trunk import trunk_names
from analysis.fetch import assistance as fetch
from analysis.fetch.help import help_lists
from analysis.fetch.places import find_subject
from analysis.frames import rows_of
from analysis.page import Page, cut_page
from analysis.questions.answer import Notice, asked_about, notice
from analysis.questions.chains_answer import ChainsAnswer, HouseholdCounts, Listing, capped, hidden_count_of, listing
from analysis.questions.chains_lists import ListsAsked, household_lists
from analysis.questions.chains_scope import Scope, scope_of
from analysis.subject import FoundSubject, Subject
from graph_schema import Schema
from graph_store import GraphStore

KINDS = ("Household", "Area", "Programme", "Enterprise", "Cooperative", "Cause")


def chains(
    store: GraphStore,
    schema: Schema,
    subject: Subject,
    *,
    day: date,
    show_sensitive: bool = False,
    page: Page | None = None,
    chain_page: Page | None = None,
) -> ChainsAnswer:
    """Return the chains of help around a household, area, programme, enterprise, cooperative or cause on `day`.

    `page` cuts the lists by household, `chain_page` the chains by chain_id. Raises QuestionError for another kind
    of subject, SubjectNotFound for an unknown id, SensitiveSubject for a sensitive cause that may not be shown.
    """
    found = find_subject(store, schema, subject, KINDS)
    scope = scope_of(store, schema, found, day=day, show_sensitive=show_sensitive)
    reach = reach_of_households(scope.households, scope.chains, scope.memberships)
    asked = ListsAsked(
        store=store,
        schema=schema,
        day=day,
        show_sensitive=show_sensitive,
        page=page or Page(),
        with_past_help=subject.kind == "Household",
    )
    lists = household_lists(asked, scope, help_lists(store, list(reach["household_id"]), day), reach)
    answer = ChainsAnswer(
        asked=asked_about(found),
        as_of=day,
        is_made_up=found.is_made_up or _is_made_up(scope),
        notices=(),
        show_sensitive=show_sensitive,
        counts=_counts(reach),
        hidden_count=0,
        chains=_chains(asked, scope, found, chain_page or Page()),
        households=lists.households,
        help=lists.help,
        helped_twice=lists.helped_twice,
        without_help=lists.without_help,
        aimless_help=lists.aimless_help,
        one_buyer=lists.one_buyer,
    )
    hidden_count = hidden_count_of(answer)
    notices = _notices(answer, hidden_count, scope.hidden_household_count)
    return answer.model_copy(update={"hidden_count": hidden_count, "notices": notices})


def _chains(asked: ListsAsked, scope: Scope, found: FoundSubject, page: Page) -> Listing[Chain]:
    cut = cut_page(scope.chains, "chain_id", page)
    store, trunk, shown = asked.store, scope.trunk, cut.rows
    aims = fetch.programme_aims(store, scope.households["household_id"], asked.day)
    programme_ids = shown["programme_id"].dropna()
    frames = ChainFrames(
        contracts=trunk.contracts,
        offers=fetch.offers_of(store, programme_ids),
        resources=fetch.resources_behind(
            store,
            programme_ids=programme_ids,
            enterprise_ids=shown["enterprise_id"].dropna(),
            cooperative_ids=shown["cooperative_id"].dropna(),
        ),
        aims=aims_of_chains(shown, trunk.memberships, aims),
        lapsed=lapsed_links(shown, trunk),
    )
    names = trunk_names(trunk, fetch.programmes_named(store, programme_ids))
    if found.name is not None:
        names[(found.subject.kind, found.subject.id)] = found.name.en
    showing = Showing(asked.schema, names, asked.show_sensitive)
    return listing(Listing[Chain], cut, chain_parts(shown, frames, showing, asked.day))


def _is_made_up(scope: Scope) -> bool:
    trunk = scope.trunk
    frames = (scope.households, trunk.memberships, trunk.contracts, trunk.partnerships, trunk.agencies)
    return any(bool(frame["is_made_up"].any()) for frame in frames)


def _counts(reach: pd.DataFrame) -> HouseholdCounts:
    missing: dict[str, int] = {}
    for row in rows_of(reach[["missing_link"]].dropna()):
        link = str(row["missing_link"])
        missing[link] = missing.get(link, 0) + 1
    return HouseholdCounts(
        households=len(reach),
        in_whole_chain=len(reach) - sum(missing.values()),
        missing=dict(sorted(missing.items())),
    )


def _notices(answer: ChainsAnswer, hidden_count: int, hidden_household_count: int) -> tuple[Notice, ...]:
    found = [notice("notice_made_up")] if answer.is_made_up else []
    if hidden_count:
        found.append(notice("notice_hidden_causes", count=hidden_count))
    if hidden_household_count:
        found.append(notice("notice_hidden_households", count=hidden_household_count))
    found += capped("list_chains", answer.chains)
    found += capped("list_households", answer.households)
    found += capped("list_help", answer.help)
    found += capped("list_helped_twice", answer.helped_twice)
    found += capped("list_without_help", answer.without_help)
    found += capped("list_aimless_help", answer.aimless_help)
    found += capped("list_one_buyer", answer.one_buyer)
    return tuple(found)
