"""Risks of the households of a file in words: a table of the highest, or the reasons of one household after another."""

from __future__ import annotations

import numpy as np

from analysis.amounts import Amount
from analysis.questions.risk_files import FilesAsked, FilesRisk
from analysis.questions.risk_files_answer import HouseholdRisk
from analysis.risk.attribution import MOST_PLAYERS
from analysis.risk.trace_parts import TraceChain
from cli.answer_head import notice_texts
from cli.voice import Voice
from graph_schema import Schema

SHOWN_ROWS = 8
RISK_COLUMNS = ("column.household", "column.findings", "column.risk")
ADDED_COLUMNS = ("column.cause", "column.confidence", "column.severity", "column.adds", "column.drop")
CHANCE_COLUMNS = ("column.cause", "column.risk", "column.posterior")


class Names:
    """Names of codes: those of the vocabulary where the network is that; a code of a file stands for itself."""

    def __init__(self, voice: Voice, asked: FilesAsked) -> None:
        """Take the names in the language of the voice."""
        causes = asked.network.causes if isinstance(asked.network, Schema) else {}
        self._labels = {code: cause.label.text(voice.language) for code, cause in causes.items()}

    def of(self, code: str) -> str:
        """Return the code, and its name where it has one."""
        return f"{code} {self._labels[code]}" if code in self._labels else code


def show_risks(voice: Voice, names: Names, found: FilesRisk, most_rows: int) -> None:
    """Print the households with the highest risks, at most `most_rows`; equal ones in the order of the file."""
    _show_head(voice, found, names)
    highest = np.argsort(-found.risk, kind="stable")[:most_rows].tolist()
    count = np.bincount(found.forms.found.findings.household, minlength=len(found.ids))
    voice.table(
        RISK_COLUMNS,
        [[found.ids[place], int(count[place]), Amount(_chance(float(found.risk[place])))] for place in highest],
    )
    voice.more(len(found.ids) - most_rows)


def show_explained(voice: Voice, names: Names, found: FilesRisk, most_rows: int) -> None:
    """Print the reasons of at most `most_rows` households, and at most so many chains of each."""
    _show_head(voice, found, names)
    for household in found.first(most_rows):
        _show_household(voice, household, names, most_rows)
        _show_question(voice, household, names)
        _show_posteriors(voice, household, names)
    voice.more(len(found.ids) - most_rows)


def _show_head(voice: Voice, found: FilesRisk, names: Names) -> None:
    head = found.head
    voice.heading("risk.about", target=names.of(head.target), findings=head.findings, count=f"{head.household_count:,}")
    for text in notice_texts(head, voice.language):
        voice.line(text, style="yellow")
    network = head.network
    voice.say("risk.network", name=network.name, version=network.version, links=network.link_count)
    voice.say("risk.whole", leak=_chance(head.leak_risk), expected=f"{head.expected_count:,.1f}")


def _show_household(voice: Voice, household: HouseholdRisk, names: Names, most_rows: int) -> None:
    voice.heading("risk.household", household=household.household, risk=_chance(household.risk))
    if household.is_attribution_left_out:
        voice.say("risk.not_shared_out", most=MOST_PLAYERS)
    voice.table(
        ADDED_COLUMNS,
        [
            [
                names.of(added.code),
                Amount(f"{added.confidence:.2f}"),
                Amount(f"{added.severity:.2f}"),
                None if added.shapley is None else Amount(_chance(added.shapley)),
                None if added.drop is None else Amount(_chance(added.drop)),
            ]
            for added in household.attribution or ()
        ],
    )
    if not household.attribution:
        voice.say("risk.nothing_found")
    if household.refuted:
        voice.say("risk.refuted", causes=voice.listed(map(names.of, household.refuted)))
    chains = household.chains or ()
    for told in chains[:most_rows]:
        _show_chain(voice, told, names)
    voice.more(len(chains) - most_rows)


def _show_chain(voice: Voice, told: TraceChain, names: Names) -> None:
    text = voice.text(
        "risk.chain",
        chain=" → ".join(map(names.of, told.codes)),
        strength=f"{told.strength:.2f}",
        days=f"{told.lag_days:,}",
    )
    if told.is_already_counted:
        text += voice.text("risk.already_counted")
    if not told.is_within_horizon:
        text += voice.text("risk.beyond_the_year")
    voice.line(text, hanging="    ")


def _show_question(voice: Voice, household: HouseholdRisk, names: Names) -> None:
    question = household.question
    if question is not None:
        voice.say("risk.question", cause=names.of(question.code), chance=_chance(question.chance))


def _show_posteriors(voice: Voice, household: HouseholdRisk, names: Names) -> None:
    posterior, activity = household.posterior, household.activity
    if posterior is None:
        return
    if household.seen_chance is not None:
        voice.say("risk.seen", chance=_chance(household.seen_chance))
    voice.table(
        CHANCE_COLUMNS,
        [
            [
                names.of(code),
                None if activity is None else Amount(_chance(activity[code])),
                Amount(_chance(chance)),
            ]
            for code, chance in sorted(posterior.items(), key=lambda entry: -entry[1])
        ],
    )


def _chance(number: float) -> str:
    return f"{number:.4f}"
