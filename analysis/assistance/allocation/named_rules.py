"""Whether the rules that people set name what there is: one that names nothing would silently change nothing."""

from __future__ import annotations

from analysis.assistance.allocation.build import Allocation
from analysis.assistance.allocation.needs import VILLAGE
from analysis.assistance.plan.rules import Forbidden, Locked, Rules
from analysis.errors import SubjectNotFound


def check_rules(allocation: Allocation, rules: Rules) -> None:
    """Raise SubjectNotFound for the first rule that names a household, programme, village or enterprise there is not.

    A household that needs nothing any more, and a programme that is over, are there.
    """
    households = set(allocation.needs.households)
    programmes = set(allocation.bounds.programmes["programme_id"])
    areas = allocation.needs.areas
    villages = {*areas[areas["area_level"] == VILLAGE]["area_id"], *allocation.needs.village}
    enterprises = {name for kind, name in allocation.names if kind == "Enterprise"}
    enterprises |= set(allocation.program.resources["holder_id"])
    pairs: list[Locked | Forbidden] = [*rules.locked, *rules.forbidden]
    named = [(rule.household_id, households) for rule in pairs]
    named += [(rule.programme_id, programmes) for rule in pairs]
    named += [(rule.village_id, villages) for rule in rules.floors]
    named += [(rule.enterprise_id, enterprises) for rule in rules.ceilings]
    for name, known in named:
        if name not in known:
            raise SubjectNotFound("assist_rule_names_nothing", id=name)
