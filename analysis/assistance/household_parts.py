"""What an answer says of single households: what reaches them, their help, and what is wrong with it.

Hiding sensitive causes never adds or removes a row: it takes away what would tell the cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.assistance.parts import (
    AimlessHelp,
    Help,
    HelpedTwice,
    HouseholdReach,
    OneBuyer,
    OpenCause,
    Party,
    WithoutHelp,
    Word,
)
from analysis.assistance.showing import Showing
from analysis.assistance.words import cause_word
from analysis.frames import Row, rows_of, text_in, texts_in


@dataclass(frozen=True)
class HouseholdFrames:
    """Details of the households of a page: contracts HOUSEHOLDS, HELP, TARGETS, USES, FINDINGS.

    `memberships` (contract MEMBERSHIPS) are those that hold.
    """

    households: pd.DataFrame
    help: pd.DataFrame
    targets: pd.DataFrame
    uses: pd.DataFrame
    findings: pd.DataFrame
    memberships: pd.DataFrame


class Households:
    """The details of some households, ready to be told."""

    def __init__(self, frames: HouseholdFrames, showing: Showing) -> None:
        self.showing = showing
        self.places = {str(row["household_id"]): row for row in rows_of(frames.households)}
        self.help = {(str(row["household_id"]), str(row["assistance_id"])): row for row in rows_of(frames.help)}
        self.findings = _lists(frames.findings, "household_id")
        self.targets: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows_of(frames.targets):
            self.targets[(str(row["household_id"]), str(row["assistance_id"]))].append(str(row["cause_id"]))
        self.uses = _lists(frames.uses, "household_id")
        self.memberships = _lists(frames.memberships, "household_id")

    def reach(self, row: Row, help_count: int, running: Iterable[str]) -> HouseholdReach:
        """Return what reaches the household of a REACH row; `running` are its helps planned or running."""
        household_id = str(row["household_id"])
        joined = [member["cooperative_id"] for member in self.memberships.get(household_id, [])]
        aimed: dict[str, int] = defaultdict(int)
        for assistance_id in running:
            for cause_id in self.targets[(household_id, assistance_id)]:
                aimed[cause_id] += 1
        found = self.findings.get(household_id, [])
        shown = [finding for finding in found if self.showing.may_show(str(finding["cause_id"]))]
        return HouseholdReach.model_validate(
            {
                **self._place(household_id),
                "cooperatives": tuple(self.showing.party("Cooperative", name) for name in joined),
                "whole_chain_count": row["whole_chain_count"],
                "missing_link": row["missing_link"],
                "help_count": help_count,
                "causes": tuple(self._open_cause(finding, aimed) for finding in shown),
                "hidden_cause_count": len(found) - len(shown),
            }
        )

    def help_of(self, row: Row) -> Help:
        """Return the help of a HELP row."""
        household_id, assistance_id = str(row["household_id"]), str(row["assistance_id"])
        cause_ids = self.targets[(household_id, assistance_id)]
        causes, hidden_count = self.showing.causes(cause_ids)
        is_hidden = self.showing.hides(text_in(row, "measure_id"), cause_ids)
        told: Row = {
            "assistance_id": assistance_id,
            "amount_fen": row["amount_fen"],
            "measure": self.showing.measure(row["measure_id"]),
            "provider": self.showing.party(row["provider_kind"], row["provider_id"]),
            "programme": self.showing.party("Programme", row["programme_id"]),
            "resources": self._resources(household_id, assistance_id),
        }
        hidden: Row = {**dict.fromkeys(told), "resources": ()}
        return Help.model_validate(
            {
                **self._place(household_id),
                **(hidden if is_hidden else told),
                "is_hidden": is_hidden,
                "status": row["assistance_status"],
                "starts_on": row["starts_on"],
                "ends_on": row["ends_on"],
                "causes": causes,
                "hidden_cause_count": hidden_count,
            }
        )

    def helped_twice(self, row: Row) -> HelpedTwice:
        """Return what a HELPED_TWICE row tells."""
        household_id, cause_id = str(row["household_id"]), str(row["cause_id"])
        listed = texts_in(row, "assistance_ids")
        may_show = self.showing.may_show(cause_id)
        shown = [name for name in listed if may_show and not self._is_hidden(household_id, name)]
        return HelpedTwice.model_validate(
            {
                **self._place(household_id),
                "cause": cause_word(self.showing.schema, cause_id) if may_show else None,
                "help_count": len(listed),
                "assistance_ids": tuple(shown),
            }
        )

    def without_help(self, household_id: str) -> WithoutHelp:
        """Return a household that has open findings and no help."""
        causes, hidden_count = self.showing.causes(str(row["cause_id"]) for row in self.findings.get(household_id, []))
        return WithoutHelp.model_validate(
            {**self._place(household_id), "causes": causes, "hidden_cause_count": hidden_count}
        )

    def aimless(self, row: Row) -> AimlessHelp:
        """Return what an AIMLESS_HELP row tells."""
        household_id, assistance_id = str(row["household_id"]), str(row["assistance_id"])
        is_hidden = self._is_hidden(household_id, assistance_id)
        return AimlessHelp.model_validate(
            {
                **self._place(household_id),
                "is_hidden": is_hidden,
                "assistance_id": None if is_hidden else assistance_id,
                "measure": None if is_hidden else self._measure(household_id, assistance_id),
                "has_target": row["has_target"],
            }
        )

    def one_buyer(self, row: Row) -> OneBuyer:
        """Return what a ONE_BUYER row tells."""
        return OneBuyer.model_validate(
            {
                **self._place(str(row["household_id"])),
                "enterprise": Party(
                    kind="Enterprise", id=str(row["enterprise_id"]), name=text_in(row, "enterprise_name")
                ),
                "contract_ids": row["contract_ids"],
            }
        )

    def _place(self, household_id: str) -> Row:
        place = self.places[household_id]
        return {name: place[name] for name in ("household_id", "area_id", "area_name")}

    def _open_cause(self, finding: Row, aimed: Mapping[str, int]) -> OpenCause:
        cause_id = str(finding["cause_id"])
        return OpenCause.model_validate(
            {
                "cause": cause_word(self.showing.schema, cause_id),
                "status": finding["status"],
                "severity": finding["severity"],
                "onset_on": finding["onset_on"],
                "help_count": aimed.get(cause_id, 0),
            }
        )

    def _resources(self, household_id: str, assistance_id: str) -> tuple[Party, ...]:
        used = [row for row in self.uses.get(household_id, []) if row["assistance_id"] == assistance_id]
        return tuple(Party(kind=str(row["node_kind"]), id=str(row["resource_id"]), name=None) for row in used)

    def _is_hidden(self, household_id: str, assistance_id: str) -> bool:
        key = (household_id, assistance_id)
        return self.showing.hides(text_in(self.help[key], "measure_id"), self.targets[key])

    def _measure(self, household_id: str, assistance_id: str) -> Word | None:
        return self.showing.measure(self.help[(household_id, assistance_id)]["measure_id"])


def _lists(frame: pd.DataFrame, column: str) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(frame):
        lists[str(row[column])].append(row)
    return lists
