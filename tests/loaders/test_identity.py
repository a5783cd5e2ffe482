from __future__ import annotations

import stat
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import LoadError
from loaders.identity import KEY_FILE, Identity

KEY = bytes(range(32))


def test_a_household_is_an_h_and_sixteen_base32_letters() -> None:
    # HMAC-SHA256 of "Household\0350624101" under the bytes 0 to 31, first 80 bits, computed with openssl and base32.
    assert Identity(KEY).pseudonym("Household", "350624101") == "hyr3oxsh5bl5ntelr"


def test_a_person_with_the_same_number_is_someone_else() -> None:
    identity = Identity(KEY)
    household, person = identity.pseudonym("Household", "1"), identity.pseudonym("Person", "1")
    assert person[0] == "p"
    assert household[1:] != person[1:]


def test_another_key_gives_another_pseudonym() -> None:
    assert Identity(KEY).pseudonym("Household", "1") != Identity(KEY[::-1]).pseudonym("Household", "1")


@given(st.lists(st.text(), max_size=5))
def test_many_at_once_are_the_same_as_one_by_one(numbers: list[str]) -> None:
    identity = Identity(KEY)
    assert identity.pseudonyms("Household", numbers) == [identity.pseudonym("Household", one) for one in numbers]


@given(st.text())
def test_a_pseudonym_has_seventeen_characters_that_fit_into_an_id(number: str) -> None:
    pseudonym = Identity(KEY).pseudonym("Household", number)
    assert len(pseudonym) == 17
    assert set(pseudonym) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_folder_without_a_key_gets_one_that_only_its_owner_reads(tmp_path: Path) -> None:
    Identity.for_folder(tmp_path / "new")
    key = tmp_path / "new" / KEY_FILE
    assert len(key.read_bytes()) == 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_folder_keeps_its_key(tmp_path: Path) -> None:
    first = Identity.for_folder(tmp_path).pseudonym("Household", "1")
    assert Identity.for_folder(tmp_path).pseudonym("Household", "1") == first


def test_a_folder_with_facts_but_no_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=KEY_FILE) as caught:
        Identity.for_folder(tmp_path, is_first=False)
    assert caught.value.code == "identity_key_missing"
    assert not (tmp_path / KEY_FILE).exists()


def test_a_folder_with_facts_and_its_key_opens(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(KEY)
    assert Identity.for_folder(tmp_path, is_first=False).pseudonym("Person", "1")[0] == "p"


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(LoadError) as caught:
        Identity.for_folder(tmp_path)
    assert caught.value.fields["found"] == 5


def test_a_key_that_another_process_made_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / KEY_FILE
    key.write_bytes(KEY)
    # The moment between looking for the key and writing it: the look says "not there".
    monkeypatch.setattr(Path, "exists", lambda path: False)
    identity = Identity.for_folder(tmp_path)
    assert identity.pseudonym("Household", "1") == Identity(KEY).pseudonym("Household", "1")


@given(st.lists(st.lists(st.none() | st.text(max_size=3), max_size=6), max_size=4))
def test_columns_of_several_files_get_the_pseudonyms_of_their_numbers_and_nothing_where_there_is_none(
    columns: list[list[str | None]],
) -> None:
    identity = Identity(KEY)
    for numbers in columns:
        expected = [None if number is None else Identity(KEY).pseudonym("Person", number) for number in numbers]
        assert identity.pseudonym_array("Person", pa.array(numbers, pa.string())).to_pylist() == expected
