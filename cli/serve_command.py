"""`plumline serve`: the questions over HTTP, on this machine only."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn

from cli.context import context_of
from cli.question_options import parse_port
from cli.spoken_help import SpokenCommand
from cli.usage import UsageError
from loaders.settings import environment_of

LOOPBACK = "127.0.0.1"
# The two front ends do not import each other: the server process finds the other one by its name.
APPLICATION = "api.server:create"


def register(application: typer.Typer) -> None:
    """Add the command to the program."""
    application.command("serve", help="help.serve", cls=SpokenCommand)(serve)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(metavar="PORT", parser=parse_port, help="option.port", show_default=True)] = 8000,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="option.host")] = LOOPBACK,
    show_sensitive: Annotated[bool, typer.Option("--show-sensitive", help="option.show_sensitive")] = False,
) -> None:
    """Answer the questions over HTTP until interrupted. Nobody signs in yet, so only this machine may ask."""
    here = context_of(context)
    if host != LOOPBACK:
        raise UsageError("only_loopback", host=host)
    require_free(port)
    settings = here.settings.model_copy(update={"show_sensitive": show_sensitive or here.settings.show_sensitive})
    os.environ.update(environment_of(settings))
    here.voice.say("serving", url=f"http://{LOOPBACK}:{port}")
    # Ctrl-C is how it is meant to end.
    with suppress(KeyboardInterrupt):
        uvicorn.run(APPLICATION, factory=True, host=LOOPBACK, port=port, log_level="warning")


def require_free(port: int) -> None:
    """Raise UsageError where another process listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A server that has just been stopped leaves the port in a state that a new one may take over.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise UsageError("port_taken", port=port, reason=error.strerror) from error
