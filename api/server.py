"""The application as the server process makes it: from the settings in the environment."""

from __future__ import annotations

import os

from fastapi import FastAPI

from api.app import create_app
from loaders.settings import read_settings
from loaders.workspace import Workspace


def create() -> FastAPI:
    """Return the application on the data folder and graph that the environment names."""
    settings = read_settings(os.environ)
    return create_app(Workspace(settings), shows_sensitive=settings.show_sensitive)
