"""What loading the public data sets has to give, counted with pandas alone, without a line of the product.

Rows are told apart by why they are rejected: a code for each reason, several joined by "+", "" for an accepted row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

# One decimal, a hundredth of an acre, in mu: 40.468564224 square metres of 2000/3.
MU_OF_A_DECIMAL = 40.468564224 * 3 / 2000

KILOGRAMS = {"KG": 1, "90 KG": 90, "50 KG": 50, "64 KG": 64, "13 KG": 13, "126 KG": 126, "200 G": 0.2, "400 G": 0.4}
PRODUCTS = {
    "maize": r"Maize(?! flour)",
    "sorghum": r"Sorghum",
    "milled_rice": r"Rice",
    "dry_beans": r"Beans|Cowpeas",
    "potato": r"Potatoes",
    "tomato": r"Tomatoes",
    "onion": r"Onions",
    "leaf_vegetables": r"Cabbage|Kale|Spinach|Cowpea leaves",
}


@dataclass(frozen=True)
class Counted:
    """What one data set has to give.

    `rows`: by mapping, how many rows by reason. `graph`: how many nodes and relationships by kind. `values`: sums over
    facts in the ledger.
    """

    rows: Mapping[str, Mapping[str, int]]
    graph: Mapping[str, int]
    values: Mapping[str, float] = field(default_factory=dict)


def by_reason(reasons: pd.Series) -> dict[str, int]:
    """Return how many rows there are of each reason."""
    return {str(reason): int(count) for reason, count in reasons.value_counts().items()}


def rural_china(folder: Path) -> Counted:
    """Return the counts of the friendship network: ties with oneself and to households without an address fall."""
    nodes = pd.read_csv(folder / "rural_china_network_nodes.csv")
    edges = pd.read_csv(folder / "rural_china_network_edges.csv")
    reasons = pd.Series("", index=nodes.index)
    reasons[nodes["address"].isna()] = "required"
    # An answer that is neither yes nor no stands in no list of codes, and answers no question.
    reasons[nodes["takeup_survey"].notna() & ~nodes["takeup_survey"].isin([0, 1])] = "code_not_in_mapping+needs_answer"
    kept = nodes[reasons == ""]
    is_there = edges["from"].isin(kept["id"]) & edges["to"].isin(kept["id"])
    is_own = edges["from"] == edges["to"]
    of_ties = pd.Series("", index=edges.index)
    of_ties[is_own & is_there] = "to_itself"
    of_ties[~is_own & ~is_there] = "unknown_reference"
    of_ties[is_own & ~is_there] = "to_itself+unknown_reference"
    hamlets = kept.drop_duplicates(["village", "address"])
    return Counted(
        rows={"rural_china_households": by_reason(reasons), "rural_china_ties": by_reason(of_ties)},
        graph={
            "Area": kept["village"].nunique() + len(hamlets),
            "PART_OF": len(hamlets),
            "Household": len(kept),
            "Person": len(kept),
            "LIVES_IN": len(kept),
            "HAS_MEMBER": len(kept),
            "KNOWS": len(edges[of_ties == ""].drop_duplicates(["from", "to"])),
        },
    )


def bangladesh(folder: Path) -> Counted:
    """Return the counts of the two rounds; the head of the first stays in the graph, as a member until the second."""
    rows = pd.read_csv(folder / "bangladesh_hh_9198.csv")
    villages = rows.drop_duplicates(["thanaid", "villid"])
    took_part = int(rows["dmmfd"].sum() + rows["dfmfd"].sum())
    return Counted(
        rows={"bangladesh_households": {"": len(rows)}, "bangladesh_credit": {"": len(rows)}},
        graph={
            "Area": rows["thanaid"].nunique() + len(villages),
            "Household": rows["nh"].nunique(),
            "Person": len(rows),
            "LIVES_IN": rows["nh"].nunique(),
            "HAS_MEMBER": len(rows),
            "Assistance": took_part,
        },
        values={
            "Household.arable_mu": float(rows["hhland"].sum()) * MU_OF_A_DECIMAL,
            "Observation.number_value": float((rows["hhland"] / rows["famsize"]).sum()) * MU_OF_A_DECIMAL,
        },
    )


def brazil(folder: Path) -> Counted:
    """Return the counts of the farmers; numbers of farmers begin anew in each village."""
    rows = pd.read_csv(folder / "brazil_farmers_cooperative_network.csv")
    members = rows[rows["coop"] > 0]
    farmers = set(zip(rows["village"], rows["id"], strict=True))
    named = rows["net31"].notna()
    is_own = rows["net31"] == rows["id"]
    is_there = pd.Series(
        [pair in farmers for pair in zip(rows["village"], rows["net31"].fillna(-1), strict=True)], index=rows.index
    )
    reasons = pd.Series("", index=rows.index)
    reasons[named & is_own] = "to_itself"
    reasons[named & ~is_there] = "unknown_reference"
    all_rows = {"": len(rows)}
    return Counted(
        rows={
            "brazil_farmers": all_rows,
            "brazil_cooperatives": all_rows,
            "brazil_members": all_rows,
            "brazil_friends": by_reason(reasons),
        },
        graph={
            "Area": rows["village"].nunique(),
            "Household": len(rows),
            "Person": len(rows),
            "LIVES_IN": len(rows),
            "HAS_MEMBER": len(rows),
            "Cooperative": members["village"].nunique(),
            "MEMBER_OF": len(members),
            "KNOWS": int((named & is_there & ~is_own).sum()),
        },
    )


def kenya(folder: Path) -> Counted:
    """Return the counts of the prices: the tag row falls, and what is no product or has no weight."""
    rows = pd.read_csv(folder / "wfp_food_prices_kenya_2006_2023.csv.gz", dtype=str)
    is_tag = rows["date"].str.startswith("#")
    products = pd.Series(pd.NA, index=rows.index, dtype="string")
    for product, pattern in PRODUCTS.items():
        products[rows["commodity"].str.match(pattern)] = product
    weights = rows["unit"].map(KILOGRAMS)
    reasons = pd.Series("", index=rows.index)
    reasons[products.isna()] = "code_not_in_mapping"
    by_piece = weights.isna() & ~is_tag
    reasons[by_piece] = reasons[by_piece].map(lambda reason: "+".join(filter(None, [reason, "not_whole"])))
    holds_number = by_piece & rows["unit"].str.match(r"\d")
    reasons[holds_number] = reasons[holds_number].str.replace("not_whole", "unit_in_cell")
    reasons[is_tag] = "not_a_number"
    kept = rows[reasons == ""]
    cents = (kept["price"].astype(float) * 100 / weights[kept.index]).round()
    return Counted(
        rows={"kenya_prices": by_reason(reasons)},
        graph={
            "Area": kept["market"].nunique() + len(kept.drop_duplicates(["admin1", "admin2"])),
            "PART_OF": kept["market"].nunique(),
        },
        values={"PriceQuote.price_fen_per_kg": float(cents.sum())},
    )
