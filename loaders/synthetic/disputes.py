"""What departments of the plum week contradict each other on: as made up as the rest, and as it comes in real files."""

from __future__ import annotations

from loaders.synthetic.households import Drawn

MUCH_UNSOLD, LITTLE_UNSOLD = 0.5, 0.1
MEASURED_MORE_MU = 0.8


def draw_disputes(drawn: Drawn, *, story: str) -> None:
    """Add three contradictions to the rows drawn so far; nothing that another feed says is changed.

    The register of revitalisation still counts a member of the household `story` whom the police do not. A visit
    measured more land of the household after it than the agriculture office has. The trade office saw nearly all plums
    of one grower sold of which the agriculture office says that half are left.
    """
    members = {str(row["id"]): int(str(row["member_count"])) for row in drawn.rows["police", "Household"]}
    register = next(row for row in drawn.rows["revitalisation", "Household"] if row["id"] == story)
    register["member_count"] = members[story] + 1
    land = drawn.rows["agriculture", "Household"]
    place = next(number for number, row in enumerate(land) if row["id"] == story) + 1
    measured = round(float(str(land[place]["arable_mu"])) + MEASURED_MORE_MU, 1)
    drawn.add("visit", "Household", id=land[place]["id"], arable_mu=measured)
    unsold = next(
        row
        for row in drawn.rows["agriculture", "Observation"]
        if row["indicator_id"] == "I25"
        and row["household_id"] != story
        and float(str(row["number_value"])) >= MUCH_UNSOLD
    )
    drawn.add("trade", "Observation", **{**unsold, "number_value": LITTLE_UNSOLD})
