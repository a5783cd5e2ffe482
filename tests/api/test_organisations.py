"""The pages of enterprises and cooperatives: one plant in Jieyang, with no programme above it and no contract below."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient


def test_search_leads_to_an_enterprise_which_says_what_its_chain_lacks(client: TestClient) -> None:
    found = client.get("/search", params={"q": "揭阳果脯厂"}).text
    (address,) = re.findall(r'href="(/enterprises/[^"]+)"', found)
    page = client.get(address)
    assert page.status_code == 200
    assert "揭阳果脯厂" in page.text
    assert "lacks: programme" in page.text
    assert "No household is linked to it." in page.text
    assert 'href="/v1/chains/Enterprise/e1?format=csv"' in page.text
    assert "企业" in client.get(address, headers={"Accept-Language": "zh"}).text


@pytest.mark.parametrize("address", ["/enterprises/nobody", "/cooperatives/nobody"])
def test_an_unknown_organisation_is_a_page_that_says_so(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text
