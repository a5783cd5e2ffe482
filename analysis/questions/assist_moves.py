"""What moves between two plans, told: by village, tier, cause and household."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.assistance.plan.why.compare import Compared
from analysis.assistance.words import cause_word
from analysis.frames import Row, rows_of
from analysis.questions.assist_compare_answer import CauseMove, HouseholdMove, TierMove, VillageMove
from analysis.questions.assist_plan_told import place_of
from analysis.questions.assist_telling import Telling

_SUMS = ("need_fen", "before_fen", "after_fen", "gained_fen", "lost_fen")


def village_moves(telling: Telling, found: Compared) -> tuple[VillageMove, ...]:
    """Return the villages where something moves, most moved first."""
    rows = [row for row in rows_of(found.by_village) if _moved(row)]
    rows.sort(key=lambda row: (-_moved(row), str(row["village_id"])))
    return tuple(
        VillageMove.model_validate({**_group(row), "village": place_of(telling.made, row["village_id"])})
        for row in rows
    )


def tier_moves(found: Compared) -> tuple[TierMove, ...]:
    """Return every tier with a need, the worst first."""
    return tuple(TierMove.model_validate({**_group(row), "tier": row["tier"]}) for row in rows_of(found.by_tier))


def cause_moves(telling: Telling, found: Compared) -> tuple[CauseMove, ...]:
    """Return every cause with a need, by code; those that may not be shown are the last, all together."""
    rows = rows_of(found.by_cause)
    shown = [row for row in rows if telling.showing.may_show(str(row["cause_id"]))]
    moves = [
        CauseMove.model_validate({**_sums(row), "cause": cause_word(telling.schema, str(row["cause_id"]))})
        for row in shown
    ]
    hidden = [row for row in rows if row not in shown]
    if hidden:
        together = {name: sum(int(str(row[name])) for row in hidden) for name in _SUMS}
        moves.append(CauseMove.model_validate({**together, "cause": None}))
    return tuple(moves)


def household_moves(telling: Telling, found: Compared) -> tuple[tuple[HouseholdMove, ...], int]:
    """Return the households where something moves, most gained first, and how many needs that move are not shown."""
    moved = found.needs[(found.needs["gained_fen"] > 0) | (found.needs["lost_fen"] > 0)]
    households = found.needs[found.needs["household_id"].isin(set(moved["household_id"]))]
    shown = may_show(telling, households)
    sums = shown.groupby(["household_id", "village_id"], sort=True)[list(_SUMS)].sum().reset_index()
    rows = [row for row in rows_of(sums) if _moved(row)]
    rows.sort(key=lambda row: (_net(row), str(row["household_id"])))
    moves = tuple(
        HouseholdMove.model_validate(
            {
                **_sums(row),
                "household_id": row["household_id"],
                "village": place_of(telling.made, row["village_id"]),
            }
        )
        for row in rows
    )
    return moves, len(moved) - len(may_show(telling, moved))


def may_show(telling: Telling, needs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of needs whose cause may be shown."""
    causes = {cause: telling.showing.may_show(str(cause)) for cause in needs["cause_id"].unique()}
    shown: pd.DataFrame = needs[needs["cause_id"].map(causes).astype(bool)]
    return shown


def counts(found: Compared) -> tuple[int, int]:
    """Return how many households get more, and how many get less."""
    change = found.by_household["after_fen"] - found.by_household["before_fen"]
    return int((change > 0).sum()), int((change < 0).sum())


def _moved(row: Mapping[str, object]) -> int:
    return int(str(row["gained_fen"])) + int(str(row["lost_fen"]))


def _net(row: Mapping[str, object]) -> int:
    return int(str(row["before_fen"])) - int(str(row["after_fen"]))


def _sums(row: Row) -> Row:
    return {name: row[name] for name in _SUMS}


def _group(row: Row) -> Row:
    return {**_sums(row), "more_count": row["gained_count"], "less_count": row["lost_count"]}
