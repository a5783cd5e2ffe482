"""The real importer, from the jars of the server of the tests."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import neo4j

from tools.neo4j.server import prepare_jars

Types = dict[tuple[str, str], set[str]]
# The types of the values that are stored, which the dumps of a store bring into one form.
NODE_TYPES = "MATCH (n) UNWIND keys(n) AS k RETURN labels(n)[0] AS kind, k, collect(DISTINCT valueType(n[k])) AS t"
EDGE_TYPES = "MATCH ()-[r]->() UNWIND keys(r) AS k RETURN type(r) AS kind, k, collect(DISTINCT valueType(r[k])) AS t"


def run_importer(export: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of `import.txt` in the folder of the export, into a server's folder that was never started."""
    home.mkdir(parents=True)
    (home / "neo4j.conf").write_text("dbms.usage_report.enabled=false\n", encoding="utf-8")
    program, *arguments = shlex.split((export / "import.txt").read_text(encoding="utf-8"))
    assert program == "neo4j-admin"
    opened = [
        f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.lang", "java.io", "sun.nio.ch")
    ]
    command = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *opened]
    command += ["-cp", f"{prepare_jars()}{os.sep}*", "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=export,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def stored_types(url: str) -> Types:
    """Return the types of the values in the database, by kind and property."""
    with neo4j.GraphDatabase.driver(url) as driver:
        found: Types = {}
        for question in (NODE_TYPES, EDGE_TYPES):
            for record in driver.execute_query(question).records:
                found[record["kind"], record["k"]] = set(record["t"])
        return found
