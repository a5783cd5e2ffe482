"""What is told of help that was accepted, as far as the asker may see it."""

from __future__ import annotations

from pydantic import Field

from analysis.sensitivity import is_sensitive_help
from graph_schema import Schema
from loaders.kept.assist.answers import Accepted, AcceptedHelp, StandingHelp


class AcceptedShown(Accepted):
    """What was accepted of a draft, without what would tell a sensitive cause."""

    hidden_count: int | None = Field(
        description="Helps that are not shown, being for a sensitive cause; in `amount_fen` all the same. Null where "
        "households were named: then they are not counted either."
    )


def shown(accepted: Accepted, schema: Schema, *, show_sensitive: bool, names_households: bool = False) -> AcceptedShown:
    """Return what was accepted; help that tells of a sensitive cause is counted only, unless it may be shown.

    `names_households`: whether it was accepted for households by name. A count or an amount would then tell of them.
    """

    def may_show(each: AcceptedHelp | StandingHelp) -> bool:
        return show_sensitive or not is_sensitive_help(schema, each.measure_id, [each.cause_id])

    helps = tuple(each for each in accepted.helps if may_show(each))
    standing = tuple(each for each in accepted.standing if may_show(each))
    told = {name: getattr(accepted, name) for name in type(accepted).model_fields} | {
        "helps": helps,
        "standing": standing,
        "hidden_count": len(accepted.helps) + len(accepted.standing) - len(helps) - len(standing),
    }
    if names_households and not show_sensitive:
        told |= {"hidden_count": None, "amount_fen": sum(each.amount_fen for each in helps)}
    return AcceptedShown(**told)
