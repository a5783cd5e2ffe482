"""A real Neo4j server on a loopback port, from Maven's jars; needs Java 17 or later and Maven, no Docker."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

VERSION = "5.26.30"
_HERE = Path(__file__).resolve().parent
_CACHE = _HERE.parents[1] / ".neo4j"
# A server that lives for minutes gains nothing from the slower, thorough compiler, and two cores have other work.
_QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_OPENED = ("java.nio", "java.lang", "java.io", "sun.nio.ch")
_STOP_SECONDS = 20


class Neo4jNotAvailable(RuntimeError):
    """Why no server can be started here."""


@dataclass
class Neo4jServer:
    """A running server. `stop` ends it; it also ends by itself when this process does."""

    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """Return the address to open a store with."""
        return f"bolt://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the server and wait until it has closed its files."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def why_not() -> str | None:
    """Return what is missing on this machine to start a server, None if nothing is."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    return f"{' and '.join(missing)} not found" if missing else None


def start_server(data: Path, *, port: int | None = None, password: str | None = None) -> Neo4jServer:
    """Return a server that keeps its files in `data` and is ready to answer; with `password` the user is `neo4j`.

    The first start on a machine fetches the jars. Raises Neo4jNotAvailable with the reason.
    """
    reason = why_not()
    if reason is not None:
        raise Neo4jNotAvailable(reason)
    jars = prepare_jars()
    chosen = port if port is not None else _free_port()
    data.mkdir(parents=True, exist_ok=True)
    log = (data / "server.log").open("w", encoding="utf-8")
    command = ["java", *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED), "-Xmx1g", *_QUICK_TO_START]
    command += ["-cp", f"{jars}{os.sep}*", str(_HERE / "StartNeo4j.java"), str(data), str(chosen)]
    environment = {**os.environ, "NEO4J_PASSWORD": password or ""}
    with log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=environment
        )
    server = Neo4jServer(chosen, process)
    if process.stdout is not None:
        for line in process.stdout:
            if line.strip() == "READY":
                return server
    server.stop()
    raise Neo4jNotAvailable(f"the server did not start; see {data / 'server.log'}")


def prepare_jars() -> Path:
    """Return the folder with the server's jars, fetched with Maven the first time. Raises Neo4jNotAvailable."""
    folder = _CACHE / VERSION / "jars"
    done = folder.parent / "complete"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / "fetching"):
        if done.exists():
            return folder
        command = ["mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), "dependency:copy-dependencies"]
        command += [f"-DoutputDirectory={folder}", "-DincludeScope=runtime"]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        if fetched.returncode != 0:
            lines = (fetched.stdout or fetched.stderr).strip().splitlines() or ["no reason given"]
            raise Neo4jNotAvailable(f"Maven could not fetch the jars: {lines[0]}")
        done.touch()
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
