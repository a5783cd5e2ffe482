"""How the templates of the drawings are read: everything put into them is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph_schema.messages import Language

LATIN = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial"
CHINESE = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei'"
)


def fonts(language: Language) -> str:
    """Return the font families to ask for, those of the language first, Chinese always among them."""
    families = (CHINESE, LATIN) if language == "zh" else (LATIN, CHINESE)
    return ", ".join([*families, "sans-serif"])


@cache
def environment() -> Environment:
    """Return the template environment: it escapes every value and refuses one that is missing. Nobody changes it."""
    return Environment(
        loader=PackageLoader("analysis.drawing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
