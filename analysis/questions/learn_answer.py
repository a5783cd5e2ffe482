"""The form of the answer to: what do the outcomes of an area say of the strengths of the links?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from analysis.questions.answer import Answer
from analysis.questions.network_answer import CountTold
from analysis.why.parts import Named
from graph_schema.meta import Form


class TextTold(Form):
    """A sentence of the report in both languages."""

    code: str = Field(description="Stable name of the sentence.")
    text_en: str = Field(description="The sentence in English.")
    text_zh: str = Field(description="The sentence in Chinese.")


class LeftOut(TextTold):
    """Why households say nothing, and how many."""

    count: CountTold = Field(description="How many households.")


class LearnYear(Form):
    """One year that was learned from."""

    start: date = Field(description="The day on which it began, whose findings count.")
    end: date = Field(description="Its last day.")
    household_count: int = Field(description="Active households that lived in the area on its first day.")


class LearnLink(Form):
    """What the outcomes say of one link. Numbers that may not be shown are null."""

    link_id: str = Field(description="Id in the vocabulary.")
    label_en: str = Field(description="The link in words, in English.")
    label_zh: str = Field(description="The link in words, in Chinese.")
    from_code: str = Field(description="The cause.")
    to_code: str = Field(description="The effect.")
    expert: float = Field(description="The expert's strength.")
    strength: float | None = Field(description="With the expert as some imagined households; null where not learned.")
    low: float | None = Field(description="Lower end of its interval.")
    high: float | None = Field(description="Upper end of its interval.")
    data_strength: float | None = Field(description="The strength by the data alone.")
    data_low: float | None = Field(description="Lower end of its interval.")
    data_high: float | None = Field(description="Upper end of its interval.")
    verdict: str = Field(
        description="supported, contradicted, none (no evidence), too_few, not_seen, definition or not_learned."
    )
    verdict_en: str = Field(description="What the verdict means here, in English.")
    verdict_zh: str = Field(description="What the verdict means here, in Chinese.")
    is_learned: bool = Field(description="Whether the learned strength takes the place of the expert's.")
    data_share: float | None = Field(description="Share of the information that the data brought.")
    p_value: float | None = Field(description="Of the hypothesis that the link does not act.")
    adjusted_p_value: float | None = Field(description="The same by Holm, for all links tested together.")
    by_prior: dict[str, float] = Field(description="The strength by how many imagined households the expert counts as.")
    is_sensitive: bool = Field(description="Whether a cause of it is sensitive.")
    exposed: CountTold = Field(description="Households with the cause when the year began.")
    used: CountTold = Field(description="Those of them that say something of the link.")
    came: CountTold = Field(description="Those of them to whom the effect came within the year.")
    left_out: tuple[LeftOut, ...] = Field(description="Why the others say nothing, the commonest reason first.")


class LearnEffect(Named):
    """One cause or state that links lead to."""

    used: CountTold = Field(description="Households that say something of the links into it.")
    came: CountTold = Field(description="Those of them to whom it came.")
    leak: float | None = Field(description="Chance that it comes though no cause before it is there, by the data.")
    leak_low: float | None = Field(description="Lower end of its interval.")
    leak_high: float | None = Field(description="Upper end of its interval.")
    left_out: tuple[LeftOut, ...] = Field(description="Why the others say nothing, the commonest reason first.")


class LearnBin(Form):
    """Households of like predicted chance."""

    households: int = Field(description="How many predictions.")
    predicted: float = Field(description="Mean predicted chance.")
    observed: float = Field(description="Share to whom the effect came.")


class LearnHeldOut(Form):
    """How well each half of the households is predicted from the other."""

    predictions: int = Field(description="How many predictions, one for each household and effect.")
    learned_loss: float = Field(description="Mean log loss of the learned strengths, in nats.")
    expert_loss: float = Field(description="The same of the expert's.")
    gain: float = Field(description="Expert's less learned: above 0 where learning predicts better.")
    gain_error: float = Field(description="Standard error of the gain.")
    bins: tuple[LearnBin, ...] = Field(description="Predicted and observed, by tenths.")


class LearnBaseRate(Named):
    """What came of households with nothing found and no help."""

    households: CountTold = Field(description="How many of them were followed up.")
    came: CountTold = Field(description="To how many of them it came.")
    low: float | None = Field(description="Lower end of the exact interval of the share.")
    high: float | None = Field(description="Upper end of it.")
    expert: float = Field(description="The base rate that the expert's network stands for.")


class LearnAnswer(Answer):
    """What the outcomes of an area say of the links: the report of learning."""

    version: Literal["learn/1"] = Field(default="learn/1", description="The question and the version of this form.")
    based_on: str = Field(description="Version of the network whose strengths stand for the expert.")
    learned_version: str = Field(description="Id that the learned version has when it is kept.")
    kept_as: str | None = Field(default=None, description="Id under which it was kept; null where it was not.")
    years: tuple[LearnYear, ...] = Field(description="The years learned from, the first one first.")
    household_count: int = Field(description="How many different households.")
    household_year_count: int = Field(description="How many households, one counted once for each year.")
    is_known_then: bool = Field(description="Whether findings count only if they were recorded when the year began.")
    is_too_few: bool = Field(description="Whether no link has enough households, so that nothing was learned.")
    fewest_exposed: int = Field(description="Usable households with the cause below which nothing is said of a link.")
    interval_level: float = Field(description="The level of the intervals.")
    verdicts: dict[str, int] = Field(description="By verdict, of how many links it was given.")
    notes: tuple[TextTold, ...] = Field(description="What a reader of the report must know.")
    links: tuple[LearnLink, ...] = Field(description="Every link, in the order of the vocabulary.")
    effects: tuple[LearnEffect, ...] = Field(description="Every cause and state that links lead to within a year.")
    base_rate: LearnBaseRate | None = Field(description="The base rate of the area; null where there is no last state.")
    leak_factor: float = Field(description="What the leaks of risk were multiplied by, to meet the base rate.")
    held_out: LearnHeldOut | None = Field(description="The check on the other half; null where nothing is predicted.")
    residual: float = Field(description="Largest slope left at a least point, per household; at most 1e-10 is asked.")
