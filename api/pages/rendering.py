"""A template filled with an answer: words in the language of the reader, everything else escaped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from analysis.amounts import plain, price, quantity, yuan
from analysis.drawing.values import short_number, strength_number
from api.pages.addresses import address, node_page, path_of
from api.pages.language import SWITCH, keep_choice
from api.pages.words import worded
from graph_schema.messages import LANGUAGES, Language

# No script, style or picture but our own; nothing written into a page can run or reach out.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
VARY = "Accept-Language, Cookie, HX-Request"


@cache
def environment() -> Environment:
    """Return the template environment: it escapes every value and refuses one that is missing. Nobody changes it."""
    made = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static, link=address_of, path=path_of, node_page=node_page, languages=LANGUAGES)
    made.filters.update(
        number=plain,
        price=price,
        short=short_number,
        share=_share,
        strength=strength_number,
        fine=_fine,
        signed=_signed,
        day=_in_the_language(day_text),
        instant=_in_the_language(instant_text),
        quantity=_in_the_language(quantity),
        yuan=_in_the_language(yuan),
    )
    return made


def _in_the_language(write: Callable[..., str]) -> Callable[..., str]:
    """Return a filter that writes a value in the language of the page."""

    @pass_context
    def filtered(context: Context, value: object) -> str:
        return write(value, language=context["language"])

    return filtered


def page(
    request: Request,
    template: str,
    *,
    language: Language,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """Return the page of a template of `api/templates`, in one language.

    Every template has beside its context: `t(code, **fields)` the words of `api/words`; `language`; `here(**query)` the
    address of this page with parts of its query changed; `link(path, **query)` another address; `path(*parts)`;
    `node_page(kind, id)`; `named(part)`; and the filters `day`, `instant`, `number`, `quantity`, `yuan`, `price`,
    `share`, `short`, `strength`, `fine`, `signed`. `answer`, where given, tells the foot of the page its day.
    """
    text = environment().get_template(template).render(**_common(request, language), **{"answer": None, **context})
    response = HTMLResponse(text, status, {**(headers or {}), "Content-Security-Policy": PAGE_POLICY, "Vary": VARY})
    response.headers["Content-Language"] = language
    keep_choice(request, response)
    return response


def _common(request: Request, language: Language) -> dict[str, object]:
    return {
        "request_path": request.url.path,
        "language": language,
        "t": partial(_worded_in, language),
        "here": _here(request),
        "named": partial(named, language=language),
        "told": partial(told, language=language),
        "query": dict(request.query_params),
    }


def _worded_in(language: Language, code: str, **fields: object) -> Markup:
    return worded(code, language, **fields)


def named(part: object, *, language: Language) -> str:
    """Return the name of a part of an answer in the language, else its name as registered, else its id or code."""
    own = f"name_{language}"
    for attribute in (own, "name", "name_en", "id", "code"):
        value = getattr(part, attribute, None)
        if value:
            return str(value)
    return ""


def told(part: object, *, language: Language) -> str:
    """Return what a part says in the language: of `text_en` and `text_zh`, or of `en` and `zh`."""
    return str(getattr(part, f"text_{language}", None) or getattr(part, language))


def day_text(day: date | datetime | None, *, language: Language) -> str:
    """Return a day as people write it, nothing for None: 20 May 2026, 2026年5月20日."""
    if day is None:
        return ""
    month = worded(f"common.month_{day.month}", language)
    return str(worded("common.day", language, day=day.day, month=month, year=day.year))


def instant_text(instant: datetime | None, *, language: Language) -> str:
    """Return an instant by the clock of this machine, to the minute; nothing for None."""
    if instant is None:
        return ""
    local = instant.astimezone()
    return f"{day_text(local, language=language)} {local:%H:%M}"


def _share(value: float) -> str:
    return f"{value:.0%}"


def _fine(value: float) -> str:
    """Return a risk that has to be told from another close by."""
    return f"{value:.3f}"


def _signed(value: float) -> str:
    """Return what something adds or takes away, with its sign; a true minus, which no line breaks behind."""
    told = strength_number(abs(value))
    if not float(told):
        return told
    return f"+{told}" if value > 0 else f"−{told}"


def address_of(path: str, **query: object) -> str:
    """Return the path with the query; what is None or empty is left out."""
    return address(path, query.items())


def _here(request: Request) -> Callable[..., str]:
    """Return what gives the address of this page with parts of its query changed; None takes a part away."""

    def here(**changes: object) -> str:
        kept = [(name, value) for name, value in request.query_params.items() if name not in {*changes, SWITCH}]
        return address(request.url.path, [*kept, *changes.items()])

    return here


@cache
def static(name: str) -> str:
    """Return the address of a file of `api/static`; it changes with the content, so that a browser may keep it."""
    content = files("api").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={blake2b(content, digest_size=6).hexdigest()}"
