"""Which missing link of an assistance plan would unlock most need, by solving with it."""

from __future__ import annotations

from analysis.assistance.allocation.missing import MOST_LINKS, CandidateLink, missing_links
from analysis.assistance.plan.why.links import link_gains
from analysis.frames import Row, rows_of
from analysis.questions.answer import notice
from analysis.questions.assist_links_answer import AssistLinksAnswer, LinkGain
from analysis.questions.assist_plan import assist_plan_asked, assist_plan_notices
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN
from analysis.questions.assist_telling import AssistIndex, Telling, money, named, said, together, weighted
from graph_schema import Schema

# So many links are solved with, where nobody says otherwise.
USUAL_TOP = 5


def told_assist_links(
    index: AssistIndex,
    schema: Schema,
    *,
    top: int = USUAL_TOP,
    most: int = MOST_LINKS,
    seconds: float | None = None,
) -> AssistLinksAnswer:
    """Return links that are not there, and what they would bring: at most, and exactly for the `top` best of them.

    `most`: so many are looked at. `seconds`: what planning with one of them may take; None for as long as the plan was
    given. Nothing is told of a household, so nothing is hidden.
    """
    made, telling = index.made, Telling(index.made, schema, show_sensitive=False)
    candidates = missing_links(made.allocation, most=most)
    found = link_gains(
        made.allocation.program,
        made.plan,
        candidates,
        top=top,
        seconds=made.how.seconds if seconds is None else seconds,
        most_programmes=made.how.most_programmes,
    )
    links = tuple(_link(telling, candidates[int(str(row["candidate"]))], row) for row in rows_of(found.gains))
    notices = [notice("notice_assist_slack", slack=weighted(found.slack))] if found.slack else []
    if not links:
        notices = [notice("assist_links_none")]
    return AssistLinksAnswer(
        asked=assist_plan_asked(made),
        as_of=made.day,
        is_made_up=made.source.is_made_up,
        notices=(*assist_plan_notices(made), *notices),
        slack_yuan=found.slack / WEIGHTED_IN_A_YUAN,
        solved_count=sum(link.gain_yuan is not None for link in links),
        links=links,
    )


def _link(telling: Telling, candidate: CandidateLink, row: Row) -> LinkGain:
    one, other = (
        telling.party(kind, id_)
        for kind, id_ in ((candidate.from_kind, candidate.from_id), (candidate.to_kind, candidate.to_id))
    )
    most_gain, gain = int(str(row["most_gain"])), row["gain"]
    link = said(f"assist_link_{candidate.kind}", one=named(one), other=named(other))
    needs = candidate.need_count
    if gain:
        covered = money(int(str(row["covered_fen"])))
        fields = {"covered": covered, "gain": weighted(int(str(gain))), "households": row["household_count"]}
        text = said("assist_link_solved", link=link, **fields)
    elif gain is None and most_gain:
        text = said("assist_link_most", link=link, needs=needs, gain=weighted(most_gain))
    else:
        text = said("assist_link_nothing", link=link, needs=needs)
    if row["is_exact"] is False:
        text = together(text, said("assist_not_exact"))
    return LinkGain(
        kind=candidate.kind,
        one=one,
        other=other,
        need_count=needs,
        household_count=candidate.household_count,
        most_gain_yuan=most_gain / WEIGHTED_IN_A_YUAN,
        gain_yuan=None if gain is None else int(str(gain)) / WEIGHTED_IN_A_YUAN,
        covered_fen=None if row["covered_fen"] is None else int(str(row["covered_fen"])),
        helped_count=None if row["household_count"] is None else int(str(row["household_count"])),
        is_exact=None if row["is_exact"] is None else bool(row["is_exact"]),
        text_en=text.en,
        text_zh=text.zh,
    )
