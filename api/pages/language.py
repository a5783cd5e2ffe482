"""In which language a page speaks: the one chosen by the switch, else the one that the browser asks for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from api.problems import language_of
from graph_schema.messages import LANGUAGES, Language

SWITCH = "lang"
COOKIE = "plumline_language"
ONE_YEAR_SECONDS = 365 * 24 * 3600


async def page_language(request: Request) -> Language:
    """Return the language of the switch in the address, of the switch used before, or of the header."""
    for chosen in (request.query_params.get(SWITCH), request.cookies.get(COOKIE)):
        for language in LANGUAGES:
            if chosen == language:
                return language
    return language_of(request)


def keep_choice(request: Request, response: Response) -> None:
    """Make the pages after this one speak the language that the switch has just chosen."""
    chosen = request.query_params.get(SWITCH)
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=ONE_YEAR_SECONDS, httponly=True, samesite="strict")


PageLanguage = Annotated[Language, Depends(page_language)]
