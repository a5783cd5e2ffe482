"""What people enter of trade: promises, what becomes of them, deliveries, payments, and demands of enterprises."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.errors import PromiseUnclear
from api.parameters import PRINTABLE, WRITTEN_WHOLE, Day, SubjectId
from graph_schema.meta import Form
from ledger import Ledger
from loaders.kept.trade.confirm import Confirmation, PromisedLot
from loaders.kept.trade.deliver import DeliveryReport, PaymentReport
from loaders.kept.trade.demand import MOST_CERTIFICATES, MOST_KM, NewDemand
from loaders.kept.trade.from_plan import confirmation_of_delivery
from loaders.kept.trade.numbers import LONGEST_TEXT, MOST_FEN, MOST_FEN_PER_KG, MOST_KG

MOST_LOTS = 500
MOST_PRODUCTS = 50

Kilograms = Annotated[float, Field(gt=0, le=MOST_KG, strict=True, allow_inf_nan=False)]
Accepted = Annotated[float, Field(ge=0, le=MOST_KG, strict=True, allow_inf_nan=False)]
Price = Annotated[int, Field(ge=1, le=MOST_FEN_PER_KG, strict=True), WRITTEN_WHOLE]
Amount = Annotated[int, Field(ge=0, le=MOST_FEN, strict=True), WRITTEN_WHOLE]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=PRINTABLE)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
Flag = Annotated[bool, Field(strict=True)]
DAY_MEANING = "The day from which it holds; the day of the graph when it is left out."


class LotBody(Form):
    """What a lot is to give."""

    lot: SubjectId = Field(description="Id of the lot.")
    quantity_kg: Kilograms | None = Field(
        default=None, description="How much; all that is left of lot and demand when it is left out."
    )
    price_fen_per_kg: Price | None = Field(
        default=None, description="Price in fen a kg, delivered; the highest of the buyer when it is left out."
    )
    arrives_on: Day | None = Field(
        default=None, description="Day it is to arrive; the first that suits both when it is left out."
    )

    def read(self) -> PromisedLot:
        """Return what is to be promised of it."""
        return PromisedLot(self.lot, self.quantity_kg, self.price_fen_per_kg, self.arrives_on)


class ConfirmationBody(Form):
    """Lots promised to a demand: named here, or all of one delivery of a kept plan."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"demand": "DM-PUNING-2", "lots": [{"lot": "LT-TAIPING-1", "quantity_kg": 500}]}}
    )

    demand: SubjectId | None = Field(default=None, description="Id of the demand; with `lots`.")
    lots: Annotated[tuple[LotBody, ...], Field(max_length=MOST_LOTS)] = Field(
        default=(), description="The lots, all or none of which are promised."
    )
    delivery: SubjectId | None = Field(
        default=None, description="A delivery of the kept plan `run`, by its id: sender and demand joined by “ > ”."
    )
    cooperative: SubjectId | None = Field(
        default=None, description="The cooperative that collects and brings them; each seller his own when left out."
    )
    run: SubjectId | None = Field(default=None, description="The kept plan that it comes from.")
    is_offer: Flag = Field(default=False, description="Whether it is offered only, and the buyer has yet to agree.")
    may_be_below_ask: Flag = Field(default=False, description="Whether the sellers take less than they ask.")
    is_taken_as_is: Flag = Field(
        default=False,
        description="Whether the buyer takes the lots as they are: another product, a lower grade, no certificates.",
    )
    is_another: Flag = Field(default=False, description="Whether it comes beside a promise that is the same.")
    day: Day | None = Field(default=None, description=DAY_MEANING)

    def read(self, ledger: Ledger) -> Confirmation:
        """Return what is to be promised.

        Raises PromiseUnclear where neither or both of lots and delivery are named, TradeUnknown for a delivery that is
        in no such plan.
        """
        if self.delivery is not None and self.run is not None and self.demand is None and not self.lots:
            return replace(
                confirmation_of_delivery(ledger, self.run, self.delivery),
                is_offer=self.is_offer,
                may_be_below_ask=self.may_be_below_ask,
                is_taken_as_is=self.is_taken_as_is,
                is_another=self.is_another,
            )
        if self.delivery is not None or self.demand is None:
            raise PromiseUnclear("promise_unclear")
        lots = tuple(
            PromisedLot(each.lot, each.quantity_kg, each.price_fen_per_kg, each.arrives_on) for each in self.lots
        )
        return Confirmation(
            demand_id=self.demand,
            lots=lots,
            cooperative_id=self.cooperative,
            run_id=self.run,
            is_offer=self.is_offer,
            may_be_below_ask=self.may_be_below_ask,
            is_taken_as_is=self.is_taken_as_is,
            is_another=self.is_another,
        )


class StateBody(Form):
    """Into which state a commitment comes."""

    model_config = ConfigDict(json_schema_extra={"example": {"state": "shipped"}})

    state: Literal["agreed", "shipped", "failed", "cancelled"] = Field(
        description="agreed (an offer), shipped, failed or cancelled; what was delivered is reported with its quantity."
    )
    reason: Text | None = Field(default=None, description="Why it failed or was cancelled; needed then.")
    day: Day | None = Field(default=None, description=DAY_MEANING)


class DeliveryBody(Form):
    """What was brought, and, where it is known already, what was accepted and paid."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"delivered_on": "2026-04-20", "delivered_quantity_kg": 480}}
    )

    delivered_on: Day = Field(description="The day on which it was brought.")
    delivered_quantity_kg: Kilograms = Field(description="How much was brought.")
    accepted_quantity_kg: Accepted | None = Field(default=None, description="How much of it was accepted.")
    grade: Code | None = Field(default=None, description="The grade that the buyer found.")
    price_fen_per_kg: Price | None = Field(default=None, description="The price settled, where it is another.")
    paid_fen: Amount | None = Field(default=None, description="What was paid in all, in fen; with `paid_on`.")
    paid_on: Day | None = Field(default=None, description="When it was paid.")
    reason: Text | None = Field(default=None, description="Why less was accepted.")

    def read(self) -> DeliveryReport:
        """Return the report."""
        return DeliveryReport(**dict(self))


class PaymentBody(Form):
    """What was paid for a delivery that is reported already."""

    model_config = ConfigDict(json_schema_extra={"example": {"paid_fen": 144000, "paid_on": "2026-04-20"}})

    paid_fen: Amount = Field(description="What was paid in all, in fen.")
    paid_on: Day = Field(description="When it was paid.")

    def read(self) -> PaymentReport:
        """Return the report."""
        return PaymentReport(self.paid_fen, self.paid_on)


class DemandBody(Form):
    """A demand that an enterprise posts."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "enterprise": "EN-PUNING-1",
                "product": "green_plum",
                "wanted_quantity_kg": 5000,
                "min_grade": "2",
                "max_fen_per_kg": 300,
                "starts_on": "2026-05-01",
                "ends_on": "2026-06-15",
            }
        }
    )

    enterprise: SubjectId = Field(description="Credit code of the enterprise.")
    product: SubjectId = Field(description="Code of the product.")
    wanted_quantity_kg: Kilograms = Field(description="How much is wanted.")
    min_grade: Code = Field(description="Lowest grade taken, by its code.")
    max_fen_per_kg: Price = Field(description="Highest price in fen a kg, delivered.")
    starts_on: Day = Field(description="First day of delivery.")
    ends_on: Day = Field(description="Last day of delivery.")
    area: SubjectId | None = Field(default=None, description="Area to which it is to be brought.")
    lat: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = Field(
        default=None, description="Latitude of the place in degrees; with `lon` and `area`."
    )
    lon: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = Field(
        default=None, description="Longitude of the place in degrees."
    )
    max_distance_km: Annotated[float, Field(gt=0, le=MOST_KM, strict=True)] | None = Field(
        default=None, description="Farthest that it may come from, in km by road."
    )
    min_batch_quantity_kg: Kilograms | None = Field(default=None, description="Least that one delivery may bring.")
    certificates: Annotated[tuple[Code, ...], Field(max_length=MOST_CERTIFICATES)] = Field(
        default=(), description="Certificates that are asked for, by their codes."
    )
    also_products: Annotated[tuple[SubjectId, ...], Field(max_length=MOST_PRODUCTS)] = Field(
        default=(), description="Codes of other products that are taken as well, kg for kg at the same price."
    )
    is_another: Flag = Field(default=False, description="Whether it comes beside a demand that is the same.")
    day: Day | None = Field(default=None, description=DAY_MEANING)

    def read(self) -> NewDemand:
        """Return the demand."""
        return NewDemand(
            enterprise_id=self.enterprise,
            product_id=self.product,
            wanted_quantity_kg=self.wanted_quantity_kg,
            min_grade=self.min_grade,
            max_fen_per_kg=self.max_fen_per_kg,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            area_id=self.area,
            lat=self.lat,
            lon=self.lon,
            max_distance_km=self.max_distance_km,
            min_batch_quantity_kg=self.min_batch_quantity_kg,
            certificate_codes=self.certificates,
            also_product_codes=self.also_products,
            is_another=self.is_another,
        )
