"""Which help counts on a day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.frames import day_stamp

# Help that is promised counts like help that is given: a household that waits for it is not without help.
RUNNING_STATUSES = ("planned", "running")


def running_help(help_frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the help (contract HELP) that is planned or running and whose last day, if it has one, is not past."""
    is_open = help_frame["assistance_status"].isin(RUNNING_STATUSES)
    lasts = help_frame["ends_on"].isna() | (help_frame["ends_on"] >= day_stamp(day))
    return help_frame[is_open & lasts]
