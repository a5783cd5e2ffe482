"""What is held to be found at each household, from observations, shocks and what feeds state."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from loaders.evidence.observations import with_series_ends
from loaders.evidence.setting import Setting
from loaders.finding_frame import finding_frame
from loaders.findings import derive_findings
from loaders.graph_frames import ends_frame
from loaders.projection.absences import series_ends
from loaders.projection.ground import shock_areas
from loaders.projection.mergers import MERGED_INTO, ended_with_household
from loaders.projection.stated import refuting_findings, stated_findings, supporting_observations
from loaders.projection.views import Views
from loaders.reconcile import CERTAIN, reconcile
from loaders.severity import set_by_visits

SUSPECTED_CAP = "finding.suspected_cap"


@dataclass(frozen=True)
class Held:
    """Single findings, and what they come to.

    `findings`: every one, with the columns of `finding_frame`. `affected`: one row per household and cause, the ends
    and properties of AFFECTED_BY. `supporting`: ids of the observations that the graph shows.
    """

    findings: pd.DataFrame
    affected: pd.DataFrame
    supporting: pd.Series


def held_findings(views: Views, setting: Setting) -> Held:
    """Return the findings of one day and what they come to."""
    day, visit_feeds = setting.day, setting.feeds_of_kind("visit")
    stated = stated_findings(views, suspected_cap=setting.number(SUSPECTED_CAP), certain=CERTAIN)
    refuting = refuting_findings(views, stated, visit_feeds)
    shocks = shock_areas(views, setting.upward)
    observations = views.rows("Observation")
    seen = with_series_ends(observations, series_ends(views.absences))
    derived = derive_findings(seen, stated, shocks=shocks, refuting=refuting, setting=setting)
    every = finding_frame(pd.concat([derived, stated], ignore_index=True))
    every = set_by_visits(every, visit_feeds=visit_feeds, day=day)
    held = ended_with_household(reconcile(every, day=day, refuting=refuting), views.rows(MERGED_INTO))
    ends = ends_frame("Household", held["household_id"], "Cause", held["cause_id"])
    supporting = supporting_observations(views, every, held, day=day)
    return Held(every, pd.concat([ends, held], axis=1), supporting)
