"""The mappings of `examples`, on rows made up in the form of each public data set; the data are not delivered."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from benchmarks.checks.public_data import DATA_SETS, EXAMPLES, DataSet, check
from graph_schema import Schema
from loaders.mapping import load_mapping
from policy import load_policy

# Farmer 3 has no address, farmer 4 answers neither yes nor no.
NODES = """\
id,address,region,village,takeup_survey,age,male
1,upper1,1.0,upper,1.0,37.0,1.0
2,upper2,1.0,upper,0.0,60.0,0.0
3,,1.0,upper,1.0,41.0,1.0
4,upper2,1.0,upper,0.5,,
5,lower1,1.0,lower,,,
"""
# One tie with oneself, one to the farmer without an address, one to nobody; the same pair both ways stays twice.
EDGES = "from,to,w\n1,2,1\n2,1,1\n5,5,1\n5,3,1\n9,1,1\n5,1,2\n"
PANEL = """\
nh,year,villid,thanaid,agehead,sexhead,educhead,famsize,hhland,dmmfd,dfmfd
11,0,1,1,40,1,3,4,50.0,0,1
11,1,1,1,22,0,8,3,48.0,1,1
12,0,2,1,35,1,0,6,20.0,0,0
12,1,2,1,42,1,0,5,20.0,0,0
"""
FARMERS = """\
village,id,age,coop,net31
10,1,41,2,2.0
10,2,0,0,2.0
10,3,30,1,7.0
24,1,52,0,
"""
PRICES = """\
date,admin1,admin2,market,latitude,longitude,category,commodity,unit,pricetype,currency,price
#date,#adm1+name,#adm2+name,#loc+market+name,#geo+lat,#geo+lon,#item+type,#item+name,#item+unit,#item+price+type,#currency,#value
2020-01-15,Coast,Isle,Harbour,-4.05,39.66,cereals,Maize,90 KG,Wholesale,KES,1800
2020-01-15,Coast,Isle,Harbour,-4.05,39.66,cereals,Maize,KG,Retail,KES,25.5
2020-01-15,Coast,Isle,Harbour,-4.05,39.66,milk,Milk (UHT),500 ML,Retail,KES,60
2020-01-15,Coast,Isle,Harbour,-4.05,39.66,vegetables,Cabbage,Head,Retail,KES,30
"""
ROWS = {
    "rural_china_network_nodes.csv": NODES,
    "rural_china_network_edges.csv": EDGES,
    "bangladesh_hh_9198.csv": PANEL,
    "brazil_farmers_cooperative_network.csv": FARMERS,
    "wfp_food_prices_kenya_2006_2023.csv.gz": PRICES,
}
REASONS = {
    "rural_china_households": {"": 3, "required": 1, "code_not_in_mapping+needs_answer": 1},
    "rural_china_ties": {"": 3, "to_itself": 1, "unknown_reference": 2},
    "bangladesh_households": {"": 4},
    "bangladesh_credit": {"": 4},
    "brazil_farmers": {"": 4},
    "brazil_cooperatives": {"": 4},
    "brazil_members": {"": 4},
    "brazil_friends": {"": 2, "to_itself": 1, "unknown_reference": 1},
    "kenya_prices": {"": 2, "not_a_number": 1, "code_not_in_mapping+unit_in_cell": 1, "not_whole": 1},
}
# Land of 50, 48, 20 and 20 hundredths of an acre; 1,800 shillings for 90 kg and 25.5 for one are 2,000 and 2,550 cents.
VALUES = {"Household.arable_mu": 138 * 0.060702846336, "PriceQuote.price_fen_per_kg": 4550}
GRAPH = {
    "rural_china": {"Household": 3, "KNOWS": 3, "PART_OF": 3},
    "bangladesh": {"Household": 2, "Person": 4, "Assistance": 3},
    "brazil": {"Cooperative": 1, "MEMBER_OF": 2, "KNOWS": 1},
    "kenya": {"Area": 2, "PART_OF": 1},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    for file, text in ROWS.items():
        data = text.encode()
        (folder / file).write_bytes(gzip.compress(data) if file.endswith(".gz") else data)
    return folder


@pytest.mark.parametrize("data", DATA_SETS, ids=lambda data: data.name)
def test_rows_in_the_form_of_a_data_set_give_the_facts_they_say(folder: Path, schema: Schema, data: DataSet) -> None:
    told = check(data, folder, schema, load_policy())
    assert {name: load.by_reason for name, load in told.loads.items()} == {
        name: REASONS[name] for _, name in data.loads
    }
    assert {kind: told.graph[kind] for kind in GRAPH[data.name]} == GRAPH[data.name]
    assert {name: told.values[name] for name in VALUES if name in told.values} == {
        name: pytest.approx(value) for name, value in VALUES.items() if name in told.values
    }
    # What pandas counts in the same files agrees with what was worked out by hand.
    assert told.differences == []


def test_every_example_says_which_file_it_expects_and_is_shown_with_its_command(schema: Schema) -> None:
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    files = {name: file for data in DATA_SETS for file, name in data.loads}
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == files.keys()
    for name, file in files.items():
        path = EXAMPLES / f"{name}.yaml"
        assert load_mapping(path, schema).name == name
        assert path.read_text(encoding="utf-8").startswith(f"# Expects {file}")
        assert f"load {file} --mapping examples/{name}.yaml" in page
