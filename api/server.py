"""The application as the server process makes it: from the settings in the environment, with a log."""

from __future__ import annotations

import logging
import os

from fastapi import FastAPI

from api.app import create_app
from api.request_id import RequestIdFilter
from loaders.settings import read_settings
from loaders.workspace import Workspace

LOG_FORM = "%(asctime)s %(levelname)s %(name)s request=%(request_id)s %(message)s"


def create() -> FastAPI:
    """Return the application on the data folder and graph that the environment names."""
    settings = read_settings(os.environ)
    write_log()
    return create_app(Workspace(settings, stays=True), shows_sensitive=settings.show_sensitive)


def write_log() -> None:
    """Write the log of this process to standard error, each line with the request it belongs to."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LOG_FORM))
    handler.addFilter(RequestIdFilter())
    # The command line keeps libraries quiet with a handler of its own, in whose place this log steps.
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("api", "loaders"):
        logging.getLogger(package).setLevel(logging.INFO)
    # It would write whole paths, and the id of a household may stand in one; `api.middleware` writes a line of its own.
    logging.getLogger("uvicorn.access").disabled = True
