"""`plumline serve`: on this machine only, and with the settings of the call."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
import uvicorn

from tests.cli.calls import Plumline


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what the server is started with; none is started, and the environment is this test's own."""
    asked: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda application, **given: asked.update(given, application=application))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return asked


def test_it_listens_on_this_machine_only(plumline: Plumline, served: dict[str, object]) -> None:
    said = plumline("serve", "--port", "8123")
    assert said.out == "Serving on http://127.0.0.1:8123 - stop with Ctrl-C.\n"
    assert (served["host"], served["port"]) == ("127.0.0.1", 8123)


def test_it_hands_its_settings_on(plumline: Plumline, served: dict[str, object], tmp_path: Path) -> None:
    plumline("--data", tmp_path / "here", "serve", "--show-sensitive")
    assert served["application"] == "api.server:create"
    assert os.environ["PLUMLINE_DATA"] == str(tmp_path / "here")
    assert os.environ["PLUMLINE_SHOW_SENSITIVE"] == "True"


def test_ctrl_c_is_how_it_ends(plumline: Plumline, served: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(application: str, **given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn, "run", interrupted)
    assert plumline("serve").code == 0


def test_a_port_in_use_is_told(plumline: Plumline, served: dict[str, object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = plumline("serve", "--port", str(port))
    assert said.code == 2
    assert f"The port {port} cannot be listened on" in said.err
    assert served == {}
