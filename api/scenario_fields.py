"""What a scenario may be asked with over HTTP and on its page: every name that some scenario has for a parameter."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from analysis.page import Page
from analysis.questions.scenario import ScenarioWanted
from api.parameters import PRINTABLE, After, SubjectId

# A number, read and checked by the question itself, so that a person is told in words what is wrong with it.
ShareText = Annotated[str, Field(min_length=1, max_length=20, pattern=PRINTABLE)]


class ScenarioFields(BaseModel):
    """What is filled in; each scenario takes some of these and refuses the others. Named as in `scenarios.yaml`."""

    programme: SubjectId | None = Field(default=None, description="The programme that ends, by its id.")
    product: SubjectId | None = Field(
        default=None, description="The product whose price falls, by its code.", examples=["green_plum"]
    )
    enterprise: SubjectId | None = Field(default=None, description="The enterprise that shuts, by its id.")
    works: SubjectId | None = Field(default=None, description="The road or bridge that is shut, by its id.")
    share: ShareText | None = Field(
        default=None, description="By which share it falls: a number above 0, at most 1.", examples=["0.3"]
    )
    severity: ShareText | None = Field(
        default=None,
        description="How severe it is: a number above 0, at most 1; that of the policy when it is left out.",
    )
    area: SubjectId | None = Field(
        default=None,
        description="Only households that live here or below are looked at; an event of an area happens here.",
        examples=["350624"],
    )
    after: After | None = Field(default=None, description="`next_after` of the households that cross the level.")

    def values(self) -> dict[str, object]:
        """Return what was filled in by name of the parameter; the area is no parameter but where one looks."""
        names = [name for name in ScenarioFields.model_fields if name not in ("area", "after")]
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def wanted(self, code: str, limit: int) -> ScenarioWanted:
        """Return the scenario as the question takes it, with a page of so many who cross."""
        return ScenarioWanted(code, self.values(), self.area, Page(limit, self.after))
