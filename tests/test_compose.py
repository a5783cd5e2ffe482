"""The compose file and the Dockerfile, read as they stand: nothing here needs Docker."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COPIED = {
    name for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1] if name != "./"
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_password_is_required_and_has_no_default() -> None:
    uses = re.findall(r"\$\{?\w*PASSWORD\w*[^}\n]*\}?", TEXT)
    assert len(uses) == 2
    # `:?` stops with its message when the variable is not set or empty.
    assert all(re.fullmatch(r"\$\{PLUMLINE_NEO4J_PASSWORD:\?set PLUMLINE_NEO4J_PASSWORD [^}]+\}", use) for use in uses)


def test_every_port_is_published_on_loopback_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in ports)


def test_what_shares_the_network_of_the_host_listens_on_loopback_only() -> None:
    hosted = {name for name, service in SERVICES.items() if service.get("network_mode") == "host"}
    assert hosted == {"api"}
    # The server of the command line refuses every other address; a test of the command line shows it.
    assert 'CMD ["plumline", "serve", "--port", "8000"]' in DOCKERFILE
    assert "command" not in SERVICES["api"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_a_health_check(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert {"test", "interval", "timeout", "retries", "start_period"} <= check.keys()


def test_the_api_waits_for_a_healthy_graph_and_is_healthy_when_it_can_ask_it() -> None:
    assert SERVICES["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "http://127.0.0.1:8000/readyz" in SERVICES["api"]["healthcheck"]["test"][-1]


def test_the_graph_is_the_long_term_version() -> None:
    assert re.fullmatch(r"neo4j:5\.26(\.\d+)?-community", SERVICES["neo4j"]["image"])


def test_the_variables_of_the_api_are_settings() -> None:
    settings = read_settings(SERVICES["api"]["environment"])
    assert settings.graph_url == "bolt://127.0.0.1:7687"
    assert "127.0.0.1:7687:7687" in SERVICES["neo4j"]["ports"]
    assert SERVICES["api"]["volumes"] == [f"plumline-data:{settings.data}"]


def test_the_image_holds_every_folder_that_the_wheel_needs() -> None:
    needed = {*PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], "pyproject.toml", "constraints.txt"}
    needed |= {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]}
    assert needed - COPIED == set()


def test_what_the_image_copies_is_there_and_not_held_back() -> None:
    held_back = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert COPIED & held_back == set()
    assert all((ROOT / name).exists() for name in COPIED)


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["plumline"]
    assert DOCKERFILE.index("USER plumline") < DOCKERFILE.index("CMD ")
