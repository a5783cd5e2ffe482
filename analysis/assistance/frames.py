"""The contracts of the frames that chains are made from."""

from __future__ import annotations

from analysis.frames import Contract

# One row per area.
AREAS: Contract = {"area_id": "text", "parent_id": "text", "name": "text", "area_level": "text"}

# One row per household: where it lives.
HOUSEHOLDS: Contract = {"household_id": "text", "area_id": "text", "area_name": "text", "is_made_up": "flag"}

# One row per household and cooperative it is, or was, in.
MEMBERSHIPS: Contract = {
    "household_id": "text",
    "cooperative_id": "text",
    "cooperative_name": "text",
    "closed_on": "day",
    "ended_on": "day",
    "is_made_up": "flag",
}

# One row per contract: the enterprise that signed it and the cooperative or household that it binds.
CONTRACTS: Contract = {
    "contract_id": "text",
    "contract_kind": "text",
    "starts_on": "day",
    "ends_on": "day",
    "product_id": "text",
    "enterprise_id": "text",
    "enterprise_name": "text",
    "enterprise_closed_on": "day",
    "partner_kind": "text",
    "partner_id": "text",
    "partner_name": "text",
    "partner_closed_on": "day",
    "is_made_up": "flag",
}

# One row per programme and the enterprise or cooperative that it partners with.
PARTNERSHIPS: Contract = {
    "programme_id": "text",
    "programme_name": "text",
    "programme_starts_on": "day",
    "programme_ends_on": "day",
    "partner_kind": "text",
    "partner_id": "text",
    "partner_name": "text",
    "partner_closed_on": "day",
    "starts_on": "day",
    "ends_on": "day",
    "is_made_up": "flag",
}

# One row per programme.
PROGRAMMES: Contract = {
    "programme_id": "text",
    "programme_name": "text",
    "starts_on": "day",
    "ends_on": "day",
    "is_made_up": "flag",
}

# One row per programme and the agency that runs it.
AGENCIES: Contract = {
    "programme_id": "text",
    "agency_id": "text",
    "agency_name": "text",
    "closed_on": "day",
    "is_made_up": "flag",
}

# One row per programme and measure that it offers.
OFFERS: Contract = {"programme_id": "text", "measure_id": "text", "place_count": "whole", "cost_fen": "whole"}

# One row per holder (programme, enterprise or cooperative) and resource, training or works.
RESOURCES: Contract = {
    "holder_kind": "text",
    "holder_id": "text",
    "node_kind": "text",
    "resource_id": "text",
    "name": "text",
    "purpose": "text",
    "capacity": "number",
    "capacity_unit": "text",
    "starts_on": "day",
    "ends_on": "day",
}

# One row per household and help of it or of one who lives in it.
HELP: Contract = {
    "household_id": "text",
    "assistance_id": "text",
    "assistance_status": "text",
    "amount_fen": "whole",
    "starts_on": "day",
    "ends_on": "day",
    "measure_id": "text",
    "programme_id": "text",
    "programme_name": "text",
    "provider_kind": "text",
    "provider_id": "text",
    "provider_name": "text",
    "is_made_up": "flag",
}

# One row per household, help and cause that the help is aimed at.
TARGETS: Contract = {"household_id": "text", "assistance_id": "text", "cause_id": "text"}

# One row per household, help and resource that the help uses.
USES: Contract = {
    "household_id": "text",
    "assistance_id": "text",
    "node_kind": "text",
    "resource_id": "text",
    "used_value": "number",
}

# One row per household and cause held at it today.
FINDINGS: Contract = {
    "household_id": "text",
    "cause_id": "text",
    "status": "text",
    "severity": "number",
    "onset_on": "day",
}

# One row per household with help planned or running.
HELP_COUNTS: Contract = {"household_id": "text", "help_count": "whole"}

# One row per household and cause with more than one help.
HELPED_TWICE: Contract = {"household_id": "text", "cause_id": "text", "assistance_ids": "texts"}

# One row per help that is aimed at no open finding of its household.
AIMLESS_HELP: Contract = {"household_id": "text", "assistance_id": "text", "has_target": "flag"}

# One row per household that sells to one enterprise only.
ONE_BUYER: Contract = {
    "household_id": "text",
    "enterprise_id": "text",
    "enterprise_name": "text",
    "contract_ids": "texts",
}

# One row per help under one programme.
HELPED_BY_PROGRAMME: Contract = {
    "household_id": "text",
    "assistance_id": "text",
    "measure_id": "text",
    "cause_ids": "texts",
}

# What `chains.link_chains` gives: one row per chain. A missing link is None; `missing` names where the chain breaks.
CHAINS: Contract = {
    "chain_id": "text",
    "agency_id": "text",
    "programme_id": "text",
    "enterprise_id": "text",
    "contract_id": "text",
    "cooperative_id": "text",
    "household_id": "text",
    "household_count": "whole",
    "missing": "texts",
}
