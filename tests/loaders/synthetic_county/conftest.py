"""One small county with the delivered faults and one without any, each made once."""

from __future__ import annotations

import pytest

from loaders.synthetic.county.county import CountyMade
from loaders.synthetic.county.rates import Value, load_rates
from tests.loaders.synthetic_county.county_reading import FEW_SHOCKS, request_of, written


@pytest.fixture(scope="session")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> CountyMade:
    rates = load_rates().changed(FEW_SHOCKS).without_faults()
    return written(tmp_path_factory.mktemp("faultless"), request_of(500, 4, rates=rates))


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> CountyMade:
    rates = load_rates().changed({**FEW_SHOCKS, "fault.faulty_row": 0.02})
    return written(tmp_path_factory.mktemp("faulty"), request_of(500, 4, rates=rates))


@pytest.fixture(scope="session")
def lively(tmp_path_factory: pytest.TempPathFactory) -> CountyMade:
    """A county where much more happens to people than is likely, so that what is rare happens too."""
    much: dict[str, Value] = {
        "person.death_rates": [0.2, 0.3, 0.4, 0.5, 0.6],
        "person.marriage_rate": 1.0,
        "household.split_rate": 0.8,
        "household.merge_rate": 0.9,
    }
    rates = load_rates().changed({**FEW_SHOCKS, **much}).without_faults()
    return written(tmp_path_factory.mktemp("lively"), request_of(1_500, 6, seed=2, rates=rates))


@pytest.fixture(params=["faultless", "lively"])
def peopled(request: pytest.FixtureRequest) -> CountyMade:
    made: CountyMade = request.getfixturevalue(request.param)
    return made
