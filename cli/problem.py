"""The JSON body of a fault. It stands alone, for every command may need it and no other body."""

from __future__ import annotations

from pydantic import Field

from graph_schema.meta import Form


class Problem(Form):
    """What went wrong, in the form of RFC 9457; it goes to standard error."""

    type: str = Field(default="about:blank", description="Always about:blank; `code` tells the problems apart.")
    title: str = Field(description="What the status means.")
    status: int = Field(description="The HTTP status that the API would answer with.")
    code: str = Field(description="Stable name of the problem.")
    detail: str = Field(description="What is wrong and what to do, in the language of the call.")
