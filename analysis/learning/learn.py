"""Learning the strengths of links from outcomes: the place to begin.

    outcomes = Outcomes(findings, outcome, measures, running)
    report = learn(network, outcomes)
    report.link("K26")                              # strength, intervals, verdict, counts
    learned = learned_network(network, report)      # analysis/learning/versions.py

Decision page: docs/decisions/0017; the method with a worked example: docs/learning-strengths.md.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import chdtrc

from analysis.learning.base_rate import base_rate_of
from analysis.learning.held_out import held_out_of
from analysis.learning.intervals import Profile, profile_information
from analysis.learning.likelihood import Fit, minimised
from analysis.learning.outcomes import Outcomes, check_outcomes
from analysis.learning.priors import prior_of, start_of, with_prior
from analysis.learning.report import EffectReport, LearningReport, LearningRules, LinkReport, Verdict
from analysis.learning.rows import REASONS, EffectRows, rows_of
from analysis.risk.findings import cells_of
from analysis.risk.network import RiskLink, RiskNetwork


def learn(
    network: RiskNetwork, outcomes: Outcomes, *, target: str | None = None, rules: LearningRules | None = None
) -> LearningReport:
    """Return what outcomes say of every link of the network.

    `target`: the state whose base rate is reported; the network's own when None. An area without outcomes gives a
    report in which every link has too few households. Raises QuestionError where the arrays do not fit the network, the
    findings are wrong, or the target is unknown.
    """
    rules = rules if rules is not None else LearningRules()
    check_outcomes(network, outcomes)
    cells = cells_of(network, outcomes.findings)
    rows = rows_of(network, outcomes, cells)
    learned = [_EffectLearner(network, each, rules) for each in rows]
    by_link = {link.link_id: link for one in learned for link in one.links()}
    every = (*network.links, *network.slow_links, *network.feedback_links)
    links = [by_link.get(link.link_id) or _unlearned(link, rules) for link in every]
    return LearningReport(
        households=outcomes.findings.household_count,
        rules=rules,
        links=_adjusted(links),
        effects=tuple(one.effect() for one in learned),
        base_rate=base_rate_of(network, outcomes, cells, target, rules),
        held_out=held_out_of(network, rows, rules),
        residual=max((one.residual for one in learned), default=0.0),
    )


class _EffectLearner:
    """Learns the links into one effect, all at once."""

    def __init__(self, network: RiskNetwork, rows: EffectRows, rules: LearningRules) -> None:
        self._network, self._rows, self._rules = network, rows, rules
        self._data = rows.likelihood()
        self._prior = prior_of(network, rows.links, rules.prior_households)
        self._both = with_prior(self._data, network, rows.links, rules.prior_households)
        start = start_of(network, rows)
        has_rows = bool(rows.households)
        # Without households nothing is said of the leak, and the strengths stay where the prior puts them.
        free = np.ones(len(start), dtype=np.bool_)
        free[0] = has_rows
        self._fit = minimised(self._both, start, free)
        self._data_fit = minimised(self._data, self._fit.parameters) if has_rows else None
        self._others = {
            weight: minimised(with_prior(self._data, network, rows.links, weight), start, free)
            for weight in rules.other_priors
        }
        fits = [self._fit, *self._others.values(), *([self._data_fit] if self._data_fit else [])]
        self.residual = max(fit.residual for fit in fits)

    def effect(self) -> EffectReport:
        """Return the report of the effect; its leak is that of the data alone, since no prior stands on it."""
        rows = self._rows
        leak = low = high = None
        if self._data_fit is not None:
            leak = _strength(self._data_fit.parameters[0])
            interval = Profile(self._data, self._data_fit, 0).interval(self._rules.level)
            low, high = _strength(interval.low), _strength(interval.high)
        return EffectReport(
            code=self._network.codes[rows.effect],
            households=rows.households,
            came=int(rows.came.sum()),
            left_out=dict(rows.left_out),
            leak=leak,
            leak_low=low,
            leak_high=high,
            closed_known=rows.closed_known,
            closed_came=rows.closed_came,
        )

    def links(self) -> list[LinkReport]:
        """Return the reports of the links."""
        return [self._link(number) for number in range(len(self._rows.links))]

    def _link(self, number: int) -> LinkReport:
        rows, rules, place = self._rows, self._rules, number + 1
        link = self._network.links[rows.links[number]]
        interval = Profile(self._both, self._fit, place).interval(rules.level)
        used, exposed = int(rows.used[number]), int(rows.exposed[number])
        report = LinkReport(
            link_id=link.link_id,
            from_code=link.from_code,
            to_code=link.to_code,
            expert=link.strength,
            band_low=rules.band_low(link.strength),
            verdict=Verdict.NOT_SEEN if not used and exposed >= rules.fewest_exposed else Verdict.TOO_FEW,
            exposed=exposed,
            used=used,
            used_came=int(rows.used_came[number]),
            dropped={reason: int(rows.dropped[reason][number]) for reason in REASONS},
            strength=_strength(self._fit.parameters[place]),
            low=_strength(interval.low),
            high=_strength(interval.high),
            data_share=self._data_share(place),
            by_prior={weight: _strength(fit.parameters[place]) for weight, fit in self._others.items()},
        )
        if used < rules.fewest_exposed or self._data_fit is None:
            return report
        return self._judged(report, self._data_fit, place)

    def _judged(self, report: LinkReport, fit: Fit, place: int) -> LinkReport:
        profile = Profile(self._data, fit, place)
        interval = profile.interval(self._rules.level)
        high = _strength(interval.high)
        verdict = Verdict.SUPPORTED if interval.low > 0 else Verdict.NONE
        if high < report.band_low:
            verdict = Verdict.CONTRADICTED
        return replace(
            report,
            verdict=verdict,
            data_strength=_strength(fit.parameters[place]),
            data_low=_strength(interval.low),
            data_high=high,
            # At the boundary the statistic is 0 half of the time, else chi-squared with one degree of freedom.
            p_value=float(chdtrc(1, profile.deviance_at_zero)) / 2 if profile.deviance_at_zero > 0 else 1.0,
        )

    def _data_share(self, place: int) -> float:
        parameters = self._fit.parameters
        of_prior = self._prior.information(parameters)[place, place]
        whole = profile_information(self._both.information(parameters), parameters, place)
        return float(np.clip(1.0 - of_prior / whole, 0.0, 1.0)) if whole > 0 else 0.0


def _strength(parameter: float) -> float:
    return float(-np.expm1(-parameter))


def _unlearned(link: RiskLink, rules: LearningRules) -> LinkReport:
    acts = not link.is_feedback and link.strength == 1
    return LinkReport(
        link_id=link.link_id,
        from_code=link.from_code,
        to_code=link.to_code,
        expert=link.strength,
        band_low=rules.band_low(link.strength),
        verdict=Verdict.DEFINITION if acts else Verdict.NOT_LEARNED,
    )


def _adjusted(links: list[LinkReport]) -> tuple[LinkReport, ...]:
    """Return the links with Holm's adjusted p-values: the k-th smallest times the number that are not smaller."""
    tested = sorted(
        (place for place, link in enumerate(links) if link.p_value is not None), key=lambda at: links[at].p_value or 0.0
    )
    largest = 0.0
    adjusted = list(links)
    for rank, place in enumerate(tested):
        largest = max(largest, min((links[place].p_value or 0.0) * (len(tested) - rank), 1.0))
        adjusted[place] = replace(links[place], adjusted_p_value=largest)
    return tuple(adjusted)
