"""One path in, one address out, and a way back to the start from everywhere."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte import addresses
from trygglofte.model import FOLDERS

SLUG = st.lists(st.text("abcxyz019", min_size=1, max_size=5), min_size=1, max_size=3).map("-".join)


def test_a_document_lies_where_its_file_lies(project, provstad):
    for filed in provstad(project()).documents:
        path = filed.file.removeprefix("data/provstad/").removesuffix(".yml")
        assert addresses.address_of(filed) == f"{path}/"


def test_every_type_of_document_has_a_name_and_an_index():
    assert set(addresses.TYPE_NAMES) == set(FOLDERS.values())
    assert {addresses.index_of(model) for model in FOLDERS.values()} == {
        addresses.AGREEMENTS, addresses.PLEDGES, addresses.SUMMARIES, addresses.PLANS,
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SLUG, max_size=4))
def test_the_root_leads_from_every_page_to_the_start_page(steps):
    address = "".join(f"{step}/" for step in steps)
    start = "https://prov.example/provstad/"
    assert urljoin(start + address, addresses.root_from(address)) == start


def test_the_start_page_leads_to_itself():
    assert addresses.root_from(addresses.START) == "./"


@settings(max_examples=60, deadline=None)
@given(st.lists(SLUG, unique=True, min_size=2, max_size=2))
def test_two_commitments_never_share_an_anchor(ids):
    one, other = map(addresses.commitment_anchor, ids)
    assert one != other


def test_follow_ups_of_the_same_day_have_anchors_of_their_own():
    day = date(2026, 4, 30)
    assert addresses.follow_up_anchor(day, 0) == "uppfoljning-2026-04-30"
    assert addresses.follow_up_anchor(day, 1) == "uppfoljning-2026-04-30-2"


ADDRESSES = {
    # the portal's, the municipality's own
    ("https://prov.example/", None): "https://prov.example/provstad/",
    ("https://prov.example", None): "https://prov.example/provstad/",
    ("https://prov.example/portal", None): "https://prov.example/portal/provstad/",
    ("https://prov.example/", "https://loften.provstad.example"): "https://loften.provstad.example/",
    ("https://prov.example/", "https://provstad.example/loften/"): "https://provstad.example/loften/",
}


@pytest.mark.parametrize("given_addresses", ADDRESSES, ids=str)
def test_a_sites_address_follows_from_the_portals_unless_it_has_its_own(given_addresses, project, provstad):
    portal, own = given_addresses
    municipality = provstad(project())
    portal_file = municipality.shared.portal.part.model_copy(update={"address": portal})
    file = municipality.file.part.model_copy(update={"address": own})
    assert addresses.site_address(portal_file, file, "provstad") == ADDRESSES[given_addresses]
    assert addresses.site_address(portal_file, None, "") == portal.rstrip("/") + "/"
