"""Where the data folder and the graph are: one frozen object, read once by the front end and passed down.

A variable of the environment that begins with `PLUMLINE_` and is not known is an error, so a misspelt one is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from graph_schema.errors import PlumlineError
from graph_schema.messages import Catalogue, Language

PREFIX = "PLUMLINE_"
EMBEDDED = "embedded"


class SettingsError(PlumlineError):
    """A setting is unknown or has a value that cannot be used."""

    status: ClassVar[int] = 400
    catalogue: ClassVar[Catalogue] = Catalogue("loaders")


class Settings(BaseModel):
    """What a person sets, from the environment or the command line.

    `graph` is `embedded` (a snapshot file in the data folder) or the URL of a Neo4j: `neo4j://`, `bolt://` and their
    `+s` and `+ssc` forms. There is no default password. `question_seconds`: how long a server looks for one answer;
    `upload_megabytes`: how large a file may be that is sent to it. `boundaries`: a GeoJSON file of areas that sketch
    maps draw below the places; none is delivered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Path("plumline-data")
    graph: str = EMBEDDED
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr | None = None
    neo4j_database: str = "neo4j"
    policy: Path | None = None
    boundaries: Path | None = None
    language: Language | None = None
    show_sensitive: bool = False
    question_seconds: float = Field(default=10.0, gt=0, le=3600)
    upload_megabytes: int = Field(default=512, ge=1, le=2048)

    @property
    def graph_url(self) -> str:
        """Return the URL that the store is opened with."""
        if self.graph == EMBEDDED:
            return f"{EMBEDDED}:{self.data / 'graph' / 'graph.kgl'}"
        return self.graph


def read_settings(environment: Mapping[str, str], **given: object) -> Settings:
    """Return the settings; what is `given` and not None wins over the environment.

    Raises SettingsError for an unknown `PLUMLINE_` variable and for a value that cannot be used; the value itself is
    not repeated, since it may be a password.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError("unknown_setting", name=unknown[0], known=", ".join(sorted(known)))
    values = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings.model_validate(_from_environment(environment) | values)
    except ValidationError as error:
        name = PREFIX + str(error.errors()[0]["loc"][0]).upper()
        raise SettingsError("bad_setting", name=name) from error


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the settings as variables of the environment, for a server process that reads them there."""
    values = settings.model_dump(exclude_none=True)
    if settings.neo4j_password:
        values["neo4j_password"] = settings.neo4j_password.get_secret_value()
    return {PREFIX + name.upper(): str(value) for name, value in values.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
