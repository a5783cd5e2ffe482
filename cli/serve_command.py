"""`plumline serve`: the questions over HTTP, on this machine only."""

from __future__ import annotations

import os
from typing import Annotated

import typer
import uvicorn

from cli.context import context_of
from cli.usage import UsageError
from loaders.settings import environment_of

LOOPBACK = "127.0.0.1"
# The two front ends do not import each other: the server process finds the other one by its name.
APPLICATION = "api.server:create"


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("serve", help="help.serve")(serve)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="option.port")] = 8000,
    host: Annotated[str, typer.Option(help="option.host")] = LOOPBACK,
    show_sensitive: Annotated[bool, typer.Option("--show-sensitive", help="option.show_sensitive")] = False,
) -> None:
    """Answer the questions over HTTP until interrupted. Nobody signs in yet, so only this machine may ask."""
    here = context_of(context)
    if host != LOOPBACK:
        raise UsageError("only_loopback", host=host)
    settings = here.settings.model_copy(update={"show_sensitive": show_sensitive or here.settings.show_sensitive})
    os.environ.update(environment_of(settings))
    here.voice.say("serving", url=f"http://{LOOPBACK}:{port}")
    uvicorn.run(APPLICATION, factory=True, host=LOOPBACK, port=port, log_level="warning")
