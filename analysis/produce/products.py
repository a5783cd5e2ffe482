"""Which products a demand takes: its own, and those that its buyer names beside it. Said once, for all who ask."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Other products that a demand takes as well, such as the fresh fruit where the salted one is wanted: kg for kg at the
# same price.
ALSO_TAKES = "also_product_codes"


def products_taken(demands: pd.DataFrame) -> pd.DataFrame:
    """Return one row per demand and product that it takes, once each.

    `demands`: DEMANDS. Columns: `row`, the place of the demand among the rows given; `product_id`. First what each
    wants itself, in the order given, then what is taken as well.
    """
    rows = np.arange(len(demands))
    own = pd.DataFrame({"row": rows, "product_id": demands["product_id"].to_numpy()})
    others = pd.DataFrame({"row": rows, "product_id": demands[ALSO_TAKES].to_numpy()})
    both = pd.concat([own, others.explode("product_id").dropna()], ignore_index=True)
    return both.drop_duplicates(ignore_index=True)


def takes_product(demands: pd.DataFrame, product_id: str) -> NDArray[np.bool_]:
    """Return which demands take a product."""
    takes: NDArray[np.bool_] = np.zeros(len(demands), dtype=bool)
    taken = products_taken(demands)
    takes[taken["row"][taken["product_id"] == product_id].to_numpy()] = True
    return takes
