"""Why a household is at risk, in words: its risk, what each finding adds, the chains, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.amounts import Amount
from analysis.questions.explain_answer import ExplainAnswer
from analysis.why.parts import FoundCause, Named, SeenCode, WhyChain
from cli.answer_head import show_head
from cli.context import Context
from cli.voice import Cell, Voice

FOUND_COLUMNS = (
    "column.cause",
    "column.status",
    "column.confidence",
    "column.severity",
    "column.since",
    "column.adds",
    "column.drop",
)
BEHIND_COLUMNS = ("column.cause", "column.posterior", "column.bits")
YEAR_COLUMNS = ("column.year_ahead", "column.chance", "column.at_least_once")
CHANGE_COLUMNS = ("column.change", "column.adds")


def show_explain(here: Context, answer: ExplainAnswer, most_rows: int, *, is_long: bool) -> None:
    """Print an explanation, at most `most_rows` chains; `is_long`: what may lie behind too, even if nothing is seen."""
    voice = here.voice
    show_head(here, answer)
    _show_risk(voice, answer)
    _show_findings(voice, answer)
    _show_chains(voice, answer, most_rows)
    _show_cut(voice, answer)
    _show_question(voice, answer)
    if is_long or any(not seen.is_held for seen in answer.behind.seen):
        _show_behind(voice, answer, most_rows, is_long=is_long)
    _show_years(voice, answer)
    _show_changes(voice, answer)


def _show_risk(voice: Voice, answer: ExplainAnswer) -> None:
    voice.say(
        "explain.risk" if answer.is_learned else "explain.score",
        target=_name(answer.target, voice),
        risk=_chance(answer.risk),
        helped=_chance(answer.risk_with_help),
        leak=_chance(answer.leak_risk),
    )
    if answer.is_already:
        voice.say("explain.already", causes=_names(answer.already_by, voice))
    elif answer.is_above:
        voice.say("explain.above" if answer.is_above_with_help else "explain.above_without_help", level=answer.level)
    else:
        voice.say("explain.below", level=answer.level)
    if answer.help:
        voice.say("explain.help", measures=_names(answer.help, voice))
    if answer.hidden_help_count:
        voice.say("explain.hidden_help", count=answer.hidden_help_count)
    voice.say("explain.network", version=answer.network_version)


def _show_findings(voice: Voice, answer: ExplainAnswer) -> None:
    opened = [found for found in answer.findings if found.status != "refuted"]
    rows: list[Sequence[Cell]] = [_found(found, voice) for found in opened]
    if answer.hidden_findings is not None:
        hidden = answer.hidden_findings
        count = voice.text("explain.not_shown", count=hidden.count)
        rows.append([count, None, None, None, None, _share(hidden.shapley), None])
    if rows:
        voice.heading("explain.findings")
        voice.table(FOUND_COLUMNS, rows)
    refuted = [found for found in answer.findings if found.status == "refuted"]
    if refuted:
        voice.say("explain.refuted", causes=_names(refuted, voice))


def _found(found: FoundCause, voice: Voice) -> Sequence[Cell]:
    return [
        _name(found, voice),
        voice.text(f"finding.status_{found.status}"),
        Amount(f"{found.confidence:.2f}"),
        Amount(f"{found.severity:.2f}"),
        found.since,
        _share(found.shapley),
        _share(found.drop),
    ]


def _show_chains(voice: Voice, answer: ExplainAnswer, most_rows: int) -> None:
    # Each chain to another state stands here too, as the beginning of one that goes on.
    chains = [chain for chain in answer.chains if chain.codes[-1] == answer.target.code]
    if not chains and not answer.hidden_chain_count:
        return
    voice.heading("explain.chains", target=_name(answer.target, voice))
    for chain in chains[:most_rows]:
        voice.line(_sentence(chain, voice), hanging="    ")
    if not chains:
        voice.say("explain.no_chains")
    voice.more(len(chains) - most_rows)
    if answer.hidden_chain_count:
        voice.say("explain.hidden_chains", count=answer.hidden_chain_count)


def _show_cut(voice: Voice, answer: ExplainAnswer) -> None:
    cut = answer.cut
    if cut is None:
        return
    voice.heading("explain.cut", level=cut.level)
    voice.line(cut.text_zh if voice.language == "zh" else cut.text_en)
    if cut.next_best is not None:
        voice.say("explain.next_best", plan=cut.next_best.text_zh if voice.language == "zh" else cut.next_best.text_en)


def _show_question(voice: Voice, answer: ExplainAnswer) -> None:
    question = answer.behind.question
    if question is None:
        return
    voice.heading("explain.question")
    voice.say(
        "explain.asked",
        question=question.text_zh if voice.language == "zh" else question.text_en,
        chance=_chance(question.chance),
        bits=f"{question.bits:.2f}",
    )
    if question.indicators:
        voice.say("explain.indicators", indicators=_names(question.indicators, voice))


def _show_behind(voice: Voice, answer: ExplainAnswer, most_rows: int, *, is_long: bool) -> None:
    behind = answer.behind
    voice.heading("explain.behind")
    if behind.seen and behind.seen_chance is not None:
        seen = voice.listed(_seen(each, voice) for each in behind.seen)
        voice.say("explain.seen", seen=seen, chance=_chance(behind.seen_chance))
    shown = behind.causes if is_long else behind.causes[:most_rows]
    voice.table(
        BEHIND_COLUMNS,
        [[_name(cause, voice), Amount(_chance(cause.chance)), Amount(f"{cause.bits:.2f}")] for cause in shown],
    )
    voice.more(len(behind.causes) - len(shown))


def _show_years(voice: Voice, answer: ExplainAnswer) -> None:
    if answer.is_already:
        return
    voice.heading("explain.years")
    voice.table(
        YEAR_COLUMNS,
        [[year.year, Amount(_chance(year.chance)), Amount(_chance(year.at_least_once))] for year in answer.years],
    )


def _show_changes(voice: Voice, answer: ExplainAnswer) -> None:
    changed = answer.changed_since
    if changed is None:
        return
    voice.heading("explain.changed", day=changed.data_on, then=_chance(changed.then), now=_chance(changed.now))
    voice.table(
        CHANGE_COLUMNS,
        [[part.text_zh if voice.language == "zh" else part.text_en, _share(part.share)] for part in changed.parts],
    )


def _seen(each: SeenCode, voice: Voice) -> str:
    return voice.text("explain.seen_there" if each.is_there else "explain.seen_not_there", name=_name(each, voice))


def _sentence(chain: WhyChain, voice: Voice) -> str:
    return chain.sentence_zh if voice.language == "zh" else chain.sentence_en


def _name(named: Named, voice: Voice) -> str:
    return named.name_zh if voice.language == "zh" else named.name_en


def _names(named: Iterable[Named], voice: Voice) -> str:
    return voice.listed(_name(each, voice) for each in named)


def _chance(number: float) -> str:
    return f"{number:.4f}"


def _share(number: float | None) -> Amount | None:
    return None if number is None else Amount(f"{number:+.4f}")
