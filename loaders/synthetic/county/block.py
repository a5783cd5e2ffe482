"""One block of households through all its years: what truly happens to it, and what departments send of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from loaders.synthetic.county.causes import Troubles, count_people
from loaders.synthetic.county.chunks import TRUTH, ChunkWriter, codes, days, same, yes_no
from loaders.synthetic.county.faults import FaultyPost
from loaders.synthetic.county.happenings import Year
from loaders.synthetic.county.help import Given, give_help, left_by_help, offers
from loaders.synthetic.county.help_rows import HelpDesk
from loaders.synthetic.county.income import KINDS, TRANSFER, Incomes, Setting, earn
from loaders.synthetic.county.life import Living
from loaders.synthetic.county.network import true_network
from loaders.synthetic.county.office_rows import Offices
from loaders.synthetic.county.people import ACTIVE, NOBODY, WORKING_AGES, settle
from loaders.synthetic.county.people_rows import Registers, Registry
from loaders.synthetic.county.plan import CountyPlan, Flags, Indexes
from loaders.synthetic.county.registers import (
    HOUSEHOLDS_OF_BLOCK,
    PEOPLE_OF_BLOCK,
    household_numbers,
    person_numbers,
)
from loaders.synthetic.county.reports import SURVEYED, Departments, Situation
from loaders.synthetic.county.trade_rows import TradeDesk


@dataclass(frozen=True)
class BlockMade:
    """What a block wrote: rows by file, its planted faults, and what it pooled in each cooperative's lot."""

    block: int
    folder: Path
    rows: dict[str, int]
    faults: pa.Table
    pooled_kg: Indexes


def make_block(plan: CountyPlan, block: int, folder: Path) -> BlockMade:
    """Write the files of one block into a folder of its own."""
    maker = _Block(plan, block, folder)
    for year in plan.years:
        maker.live(year)
    return maker.made()


class _Block:
    def __init__(self, plan: CountyPlan, block: int, folder: Path) -> None:
        self._plan, self._block, self._folder = plan, block, folder
        self._random = plan.block_stream(block)
        rates, random = plan.request.rates, self._random
        self._network = true_network(plan.schema, rates.number("cause.state_exponent"))
        homes, people = settle(plan, block, random)
        self._living = Living(homes, people, rates, random)
        self._writer = ChunkWriter(folder)
        self._post = FaultyPost(self._writer, plan.schema, rates, random)
        self._registry = Registry(plan, self._writer, random)
        self._offices = Offices(plan, self._writer, random)
        self._troubles = Troubles(plan, self._network, homes, random)
        self._departments = Departments(plan, self._network, random)
        self._offered = offers(plan.schema, self._network, rates)
        county = plan.places.code
        self._help = HelpDesk(county, block, self._offered, self._network, self._writer)
        self._trade = TradeDesk(plan, block, self._writer, random)
        self._registers = self._numbers()
        self._known: Flags = np.zeros((0, len(self._network.codes)), np.bool_)
        self._was_above: Flags = np.zeros(0, np.bool_)
        self._registry.tell_start(self._living, self._registers)
        self._last_files: dict[str, str] = {}

    def live(self, year: int) -> None:
        """Live through a year and write what is told of it."""
        plan, random, living = self._plan, self._random, self._living
        told = living.live(year, len(plan.villages))
        homes = living.homes
        self._registers = self._numbers()
        self._registry.tell_year(living, self._registers, told)
        census = count_people(homes, living.people, living.lives(), year)
        self._troubles.pass_year(homes, year)
        lost = self._lost_workers(told)
        married = living.people.household[told.grooms]
        held, struck = self._troubles.held(homes, census, year, lost_worker=lost, married=married)
        given = self._give(held, year)
        active, without = self._strike(held, given)
        before_exit = homes.was_poor & (homes.exit_year >= year) & (homes.status == ACTIVE)
        poor = self._network.place("O02")
        incomes = self._earn(active, without, before_exit, given, year)
        self._help.tell(given, self._registers.households, year, random)
        situation = Situation(year, active, self._troubles.severity, census, struck, incomes.per_head)
        self._send_observations(situation)
        self._send_incomes(incomes, year)
        self._offices.tell_schools_and_work(living, self._registers, year)
        seen = {code: active[:, self._network.place(code)] for code in ("H02", "H03", "A05", "A01")}
        self._offices.tell_health_and_homes(living, self._registers, year, active=seen)
        self._trade.join(homes, self._registers.households, year)
        if year == plan.request.last_year:
            self._trade.sell(homes, self._registers.households)
        active[:, poor] |= before_exit
        without[:, poor] |= before_exit
        self._tell_truth(year, told, (held, active, without), situation, incomes)
        self._known = active

    def made(self) -> BlockMade:
        """Return what was written."""
        self._post.lose_late(self._last_files)
        return BlockMade(self._block, self._folder, self._writer.rows, self._post.faults.table(), self._trade.pooled_kg)

    def _numbers(self) -> Registers:
        county = self._plan.places.code
        homes = self._block * HOUSEHOLDS_OF_BLOCK + np.arange(len(self._living.homes))
        people = self._block * PEOPLE_OF_BLOCK + np.arange(len(self._living.people))
        return Registers(household_numbers(county, homes), person_numbers(county, people))

    def _lost_workers(self, told: Year) -> Indexes:
        """Return the households where a person of working age has died."""
        people = self._living.people
        age = told.year - people.birth_year[told.deaths]
        working = (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1])
        return people.household[told.deaths[working]]

    def _give(self, held: Flags, year: int) -> Given:
        """Give help for what was known when the year began and still lasts; in the first year for what is held."""
        homes = self._living.homes
        known = held.copy()
        known[: len(self._known)] &= self._known
        known[len(self._known) :] &= year == self._plan.first_year
        may_have = (homes.status == ACTIVE) & (homes.told_first <= year)
        return give_help(
            known,
            self._troubles.severity,
            was_poor=homes.was_poor,
            may_have=may_have,
            offered=self._offered,
            rates=self._plan.request.rates,
            random=self._random,
        )

    def _strike(self, held: Flags, given: Given) -> tuple[Flags, Flags]:
        """Return the causes active with the help that was given, and without any, by the same chances."""
        chances = self._random.random(held.shape)
        left_of_cause, left_of_link = left_by_help(given, self._offered, held.shape)
        severity = self._troubles.severity
        active = self._network.active(held, severity, chances, left_of_cause=left_of_cause, left_of_link=left_of_link)
        return active, self._network.active(held, severity, chances)

    def _earn(self, active: Flags, without: Flags, before_exit: Flags, given: Given, year: int) -> Incomes:
        homes = self._living.homes
        poor = self._network.place("O02")
        census = count_people(homes, self._living.people, self._living.lives(), year)
        paid = np.bincount(given.household, given.paid_fen, minlength=len(homes)).astype(np.int64)
        is_cause = np.array([cause.cause_kind != "state" for cause in self._plan.schema.causes.values()])
        setting = Setting(
            homes,
            census,
            active[:, poor] | before_exit,
            without[:, poor] | before_exit,
            (active & is_cause[None, :]).sum(axis=1),
            paid,
            self._plan.line_fen(year),
        )
        return earn(setting, self._plan.request.rates, self._random)

    def _send_observations(self, now: Situation) -> None:
        ids = self._registers.households
        for feed, observed in self._departments.observe(self._living.homes, now).items():
            columns, is_second = observed.columns(ids)
            name = f"{feed}.Observation.{now.year}-12-31.csv"
            can_be_late = self._plan.schema.feeds[feed].feed_mode == "changes"
            self._last_files[feed] = name
            self._post.send_observations(name, columns, is_second=is_second, can_be_late=can_be_late)

    def _send_incomes(self, incomes: Incomes, year: int) -> None:
        """Send transfers as civil affairs paid them, the rest as stated on the yearly visit, and a survey of all."""
        homes, rates = self._living.homes, self._plan.request.rates
        visible = (homes.status == ACTIVE) & (homes.told_first <= year)
        surveyed = visible & (homes.seen[:, SURVEYED] < rates.number("report.surveyed"))
        stated = rates.number("income.stated_range")
        sends = (("visit", visible, False, stated), ("civil", visible, True, 0.0), ("survey", surveyed, None, 0.0))
        for feed, who, is_transfer, spread in sends:
            amounts = np.where(who[:, None], incomes.by_kind, 0)
            if is_transfer is not None:
                amounts = amounts * ((np.arange(len(KINDS)) == TRANSFER) == is_transfer)[None, :]
            home, kind = np.nonzero(amounts)
            middle = amounts[home, kind]
            width = np.round(middle * spread / 100).astype(np.int64) * 100
            count = len(home)
            columns = {
                "household_id": self._registers.households.take(pa.array(home)),
                "income_year": same(year, count),
                "income_kind": codes(kind, KINDS),
                "low_fen": pa.array(middle - width),
                "high_fen": pa.array(middle + width),
                "certainty": same("stated" if spread else "documented", count),
            }
            self._post.send_incomes(f"{feed}.IncomeComponent.{year}-12-31.csv", columns, is_second=feed == "survey")

    def _tell_truth(
        self, year: int, told: Year, causes: tuple[Flags, Flags, Flags], now: Situation, incomes: Incomes
    ) -> None:
        exists = (self._living.homes.status == ACTIVE) & (now.census.members > 0)
        self._tell_incomes(year, exists, now, incomes)
        self._tell_causes(year, exists, causes, now)
        ids, people = self._registers.households, self._registers.persons
        for kind, household, other, person, day in told.events:
            rows = {
                "kind": same(kind, len(household)),
                "household": ids.take(pa.array(household)),
                "other_household": ids.take(pa.array(other, mask=other == NOBODY)),
                "person": people.take(pa.array(person, mask=person == NOBODY)),
                "happened_on": days(day),
            }
            self._writer.add(f"{TRUTH}events.csv", rows)

    def _tell_incomes(self, year: int, exists: Flags, now: Situation, incomes: Incomes) -> None:
        """Tell who is below the line, and who has returned: below after a year above, in the world as it was."""
        homes, line = self._living.homes, self._plan.line_fen(year)
        is_below, is_below_without = incomes.per_head < line, incomes.per_head_without < line
        grown = len(homes) - len(self._was_above)
        above = np.concatenate([self._was_above, np.zeros(grown, np.bool_)])
        rows = np.flatnonzero(exists)
        columns = {
            "household": self._registers.households.take(pa.array(rows)),
            "year": same(year, len(rows)),
            "members": pa.array(now.census.members[rows]),
            "workers": pa.array(now.census.workers[rows]),
            "was_registered_poor": yes_no(homes.was_poor[rows]),
            "line_fen": same(line, len(rows)),
            "income_fen": pa.array(incomes.per_head[rows]),
            "income_without_help_fen": pa.array(incomes.per_head_without[rows]),
            "is_below": yes_no(is_below[rows]),
            "is_below_without_help": yes_no(is_below_without[rows]),
            "is_returned": yes_no((is_below & above)[rows]),
            "is_returned_without_help": yes_no((is_below_without & above)[rows]),
            "was_above": yes_no(above[rows]),
        }
        self._writer.add(f"{TRUTH}household_years.csv", columns)
        self._was_above = exists & ~is_below

    def _tell_causes(self, year: int, exists: Flags, causes: tuple[Flags, Flags, Flags], now: Situation) -> None:
        held, active, without = causes
        home, cause = np.nonzero((active | without) & exists[:, None])
        columns = {
            "household": self._registers.households.take(pa.array(home)),
            "year": same(year, len(home)),
            "cause": codes(cause, self._network.codes),
            "severity": pa.array(now.severity[home, cause]),
            "by_itself": yes_no(held[home, cause]),
            "with_help": yes_no(active[home, cause]),
            "without_help": yes_no(without[home, cause]),
        }
        self._writer.add(f"{TRUTH}causes.csv", columns)
