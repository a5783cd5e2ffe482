"""The report in sentences: codes and fields of messages, which the catalogue of `analysis` says in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.errors import CATALOGUE
from analysis.learning.likelihood import RESIDUAL_LIMIT
from analysis.learning.report import LearningReport, LinkReport, Verdict
from graph_schema.messages import Language


@dataclass(frozen=True)
class Note:
    """A sentence: the code of a message of `analysis`, and what fills its places."""

    code: str
    fields: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Return the sentence in one language."""
        return CATALOGUE.what(self.code, self.fields, language)


def verdict_note(link: LinkReport) -> Note:
    """Return what the verdict on a link means, with its numbers."""
    code = f"learning_verdict_{link.verdict.value}"
    if link.verdict is Verdict.CONTRADICTED and link.data_low:
        code = "learning_verdict_weaker"
    return Note(
        code,
        {
            "link": link.link_id,
            "low": _percent(link.data_low),
            "high": _percent(link.data_high),
            "expert": _percent(link.expert),
            "band": _percent(link.band_low),
            "used": link.used,
            "exposed": link.exposed,
        },
    )


def dropped_notes(link: LinkReport) -> tuple[Note, ...]:
    """Return why households with the cause say nothing of the link, with their number, the commonest reason first."""
    counts = sorted((link.dropped or {}).items(), key=lambda item: -item[1])
    return tuple(Note(f"learning_reason_{reason}", {"count": count}) for reason, count in counts if count)


def notes_of(report: LearningReport) -> tuple[Note, ...]:
    """Return what a reader of the whole report must know, the number of households first, what it cannot say last."""
    if report.is_empty:
        return (Note("learning_empty", {"households": report.households}), Note("learning_limits"))
    tested = report.tested
    notes = [
        Note("learning_counts", {"households": report.households, "tested": len(tested), "links": len(report.links)}),
        Note(
            "learning_by_chance",
            {
                "tested": len(tested),
                "expected": f"{report.supported_by_chance:.1f}",
                "supported": sum(link.verdict is Verdict.SUPPORTED for link in tested),
                "sure": sum((link.adjusted_p_value or 0.0) < 1.0 - report.rules.level for link in tested),
            },
        ),
        *_prior_notes(report),
        *_held_out_notes(report),
        *_base_rate_notes(report),
        Note(
            "learning_closed",
            {
                "known": sum(effect.closed_known for effect in report.effects),
                "came": sum(effect.closed_came for effect in report.effects),
            },
        ),
    ]
    if report.residual > RESIDUAL_LIMIT:
        notes.append(Note("learning_not_exact", {"residual": f"{report.residual:.1e}"}))
    return (*notes, Note("learning_limits"))


def _prior_notes(report: LearningReport) -> list[Note]:
    spans = [(max(tried) - min(tried), link) for link in report.tested if (tried := (link.by_prior or {}).values())]
    if not spans:
        return []
    span, link = max(spans, key=lambda item: item[0])
    weights = ", ".join(f"{weight:g}" for weight in report.rules.other_priors)
    return [Note("learning_prior", {"weights": weights, "link": link.link_id, "span": f"{100 * span:.1f}"})]


def _held_out_notes(report: LearningReport) -> list[Note]:
    held = report.held_out
    if held is None:
        return []
    fields = {
        "predictions": held.predictions,
        "learned": f"{held.learned_loss:.4f}",
        "expert": f"{held.expert_loss:.4f}",
        "gain": f"{held.gain:.4f}",
        "error": f"{held.gain_error:.4f}",
    }
    return [Note("learning_held_out", fields)]


def _base_rate_notes(report: LearningReport) -> list[Note]:
    base = report.base_rate
    if base is None:
        return []
    return [
        Note(
            "learning_base_rate",
            {
                "state": base.target,
                "households": base.households,
                "came": base.came,
                "low": _percent(base.low),
                "high": _percent(base.high),
                "expert": _percent(base.expert),
            },
        )
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"
