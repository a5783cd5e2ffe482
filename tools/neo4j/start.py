"""Start a Neo4j server for a person: `python -m tools.neo4j.start --port 7687 --data FOLDER`; Ctrl+C ends it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from tools.neo4j.server import Neo4jNotAvailable, start_server


def main() -> int:
    """Run the server until Ctrl+C or SIGTERM; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.neo4j.start", description=__doc__)
    parser.add_argument("--port", type=int, default=7687)
    parser.add_argument("--data", type=Path, default=Path(".neo4j") / "data")
    chosen = parser.parse_args()
    password = os.environ.get("NEO4J_PASSWORD")
    try:
        server = start_server(chosen.data, port=chosen.port, password=password)
    except Neo4jNotAvailable as error:
        sys.stderr.write(f"Neo4j: {error}\n")
        return 1
    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.set())
    login = "user neo4j with the password in NEO4J_PASSWORD" if password else "no password (set NEO4J_PASSWORD for one)"
    sys.stdout.write(f"Neo4j answers at {server.url}, {login}. Ctrl+C ends it.\n")
    sys.stdout.flush()
    while not asked_to_stop.wait(timeout=1) and server.process.poll() is None:
        pass
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
