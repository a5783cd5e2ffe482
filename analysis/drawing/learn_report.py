"""The report of learning as a file for a statistician: Markdown, or HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.drawing.templating import environment, fonts
from analysis.learning.verdicts import report_word, verdict_word
from analysis.questions.learn_answer import LearnAnswer, LearnLink, LeftOut
from analysis.questions.learn_told import count_label
from graph_schema.messages import Language
from graph_schema.printers.markdown import Block, Heading, Table, markdown, table

Blocks = list[Block]


def learn_markdown(answer: LearnAnswer, language: Language) -> str:
    """Return the report as Markdown."""
    return "\n".join([f"# {_title(answer, language)}", "", *markdown(report_blocks(answer, language))]).rstrip() + "\n"


def learn_html(answer: LearnAnswer, language: Language) -> str:
    """Return the report as one HTML file without script, which asks for nothing outside itself."""
    blocks = [_kind(block) for block in report_blocks(answer, language)]
    template = environment().get_template("learn_report.html.j2")
    return template.render(title=_title(answer, language), blocks=blocks, language=language, fonts=fonts(language))


def report_blocks(answer: LearnAnswer, language: Language) -> Blocks:
    """Return the report part by part: what to know first, links, effects, the check, the base rate."""
    say = _Say(language)
    blocks: Blocks = []
    if answer.is_made_up:
        blocks.append(f"**{say('report_made_up')}**")
    blocks.append(
        say(
            "report_basis", day=answer.as_of, based_on=answer.based_on, version=answer.kept_as or answer.learned_version
        )
    )
    blocks.append(say("report_method", level=f"{100 * answer.interval_level:g}", fewest=answer.fewest_exposed))
    blocks += [
        Heading(say("report_years")),
        table(
            (say("column_from"), say("column_to"), say("column_households")),
            ((str(year.start), str(year.end), f"{year.household_count:,}") for year in answer.years),
        ),
        Heading(say("report_notes")),
        *(say.of(note) for note in answer.notices if note.code != "notice_made_up"),
        *(say.of(note) for note in answer.notes),
    ]
    return [*blocks, *_links(answer, say), *_effects(answer, say), *_checks(answer, say)]


class _Say:
    """Says words of the report in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, code: str, **fields: object) -> str:
        return report_word(code, self.language, **fields)

    def of(self, told: object) -> str:
        """Return what a part says."""
        return str(getattr(told, f"text_{self.language}"))


def _title(answer: LearnAnswer, language: Language) -> str:
    name = answer.asked.name_zh if language == "zh" else answer.asked.name_en
    return report_word("report_title", language, area=name or answer.asked.id)


def _links(answer: LearnAnswer, say: _Say) -> Blocks:
    head = ("link", "words", "expert", "learned", "data", "share", "exposed", "used", "came", "p", "verdict")
    told = [link for link in answer.links if link.verdict not in ("definition", "not_learned")]
    return [
        Heading(say("report_links")),
        say("report_links_note"),
        table([say(f"column_{each}") for each in head], (_link_row(link, say.language) for link in told)),
        Heading(say("report_verdicts")),
        table(
            (say("column_link"), say("column_verdict")),
            ((link.link_id, link.verdict_zh if say.language == "zh" else link.verdict_en) for link in told),
        ),
        Heading(say("report_left_out")),
        table(
            (say("column_link"), say("column_reason")),
            ((link.link_id, _reasons(link.left_out, say)) for link in told if link.left_out),
        ),
        *_by_prior(told, say),
    ]


def _link_row(link: LearnLink, language: Language) -> tuple[str, ...]:
    counts = (count_label(each).text(language) for each in (link.exposed, link.used, link.came))
    return (
        link.link_id,
        link.label_zh if language == "zh" else link.label_en,
        percent(link.expert),
        _with_interval(link.strength, link.low, link.high),
        _with_interval(link.data_strength, link.data_low, link.data_high),
        percent(link.data_share),
        *counts,
        "" if link.adjusted_p_value is None else f"{link.adjusted_p_value:.3g}",
        verdict_word(link.verdict, language),
    )


def _by_prior(links: Sequence[LearnLink], say: _Say) -> Blocks:
    tried = [link for link in links if link.is_learned and link.by_prior]
    if not tried:
        return []
    weights = list(tried[0].by_prior)
    head = [say("column_link"), *(say("column_weight", weight=weight) for weight in weights)]
    rows = ([link.link_id, *(percent(link.by_prior[weight]) for weight in weights)] for link in tried)
    return [Heading(say("report_by_prior")), table(head, rows)]


def _effects(answer: LearnAnswer, say: _Say) -> Blocks:
    head = ("effect", "used", "came", "leak", "reason")
    rows = (
        (
            f"{each.code} {each.name_zh if say.language == 'zh' else each.name_en}",
            count_label(each.used).text(say.language),
            count_label(each.came).text(say.language),
            _with_interval(each.leak, each.leak_low, each.leak_high),
            _reasons(each.left_out, say),
        )
        for each in answer.effects
    )
    return [Heading(say("report_effects")), table([say(f"column_{each}") for each in head], rows)]


def _checks(answer: LearnAnswer, say: _Say) -> Blocks:
    held = answer.held_out
    blocks: Blocks = [Heading(say("report_held_out"))]
    if held is None:
        blocks.append(say("report_held_out_none"))
    else:
        rows = ((f"{each.households:,}", percent(each.predicted), percent(each.observed)) for each in held.bins)
        blocks.append(table([say(f"column_{each}") for each in ("households", "predicted", "observed")], rows))
    blocks.append(Heading(say("report_base_rate")))
    if answer.base_rate is not None:
        base = answer.base_rate
        name = f"{base.code} {base.name_zh if say.language == 'zh' else base.name_en}"
        counts = (count_label(each).text(say.language) for each in (base.households, base.came))
        head = [say(f"column_{each}") for each in ("effect", "households", "came", "data", "expert")]
        blocks.append(table(head, [(name, *counts, _with_interval(None, base.low, base.high), percent(base.expert))]))
    return [
        *blocks,
        say("report_leak_factor", factor=f"{answer.leak_factor:.4g}"),
        say("report_residual", residual=f"{answer.residual:.1e}"),
    ]


def _reasons(reasons: Iterable[LeftOut], say: _Say) -> str:
    return "; ".join(say.of(each) for each in reasons)


def percent(share: float | None) -> str:
    """Return a share in percent with one digit, nothing for None."""
    return "" if share is None else f"{100 * share:.1f}"


def _with_interval(middle: float | None, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return percent(middle)
    return f"{percent(middle)} ({percent(low)} - {percent(high)})".strip()


def _kind(block: Block) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Table):
        return {"kind": "table", "head": block.head, "rows": block.rows}
    return {"kind": "text", "text": block.replace("**", "")}
