"""The few files that pages need beside themselves: the style sheet, the icon and one script."""

from __future__ import annotations

from importlib.resources import files

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# The address of a file changes with its content, so what was fetched once holds.
KEPT = "public, max-age=31536000, immutable"
LOOKED_AFTER = "no-cache"


class StaticPages(StaticFiles):
    """Serves `api/static`; a file asked for with its version may be kept by the browser for good."""

    def __init__(self) -> None:
        super().__init__(directory=str(files("api") / "static"))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or raise HTTPException 404."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = KEPT if b"v=" in scope["query_string"] else LOOKED_AFTER
        return response
