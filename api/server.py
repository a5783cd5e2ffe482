"""The application as the server process makes it: from the settings in the environment, with a log."""

from __future__ import annotations

import os

from fastapi import FastAPI

from api.app import create_app
from api.log import write_log
from loaders.plan_process import PlannerApart
from loaders.settings import read_settings
from loaders.workspace import Workspace


def create() -> FastAPI:
    """Return the application on the data folder and graph that the environment names."""
    settings = read_settings(os.environ)
    write_log()
    planner = PlannerApart(settings.data, settings.policy)
    return create_app(Workspace(settings, stays=True), shows_sensitive=settings.show_sensitive, planner=planner)
