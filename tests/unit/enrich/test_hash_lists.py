"""Lists of hashes: loaded whole or not at all, compared once, and said of each file."""

import hashlib
import hmac
from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.hash_list.reader import CsvHashList
from tests.unit.assess.referral_rows import (
    add_version,
    assess_all,
    facts_of,
    outcomes_of,
    position_of,
)
from workbench.enrich.hash_lists import (
    HashListNote,
    HashListSheet,
    load_hash_list,
    withdraw_hash_list,
)
from workbench.enrich.hash_matching import compare_hashes
from workbench.enrich.hash_salt import HashSalt, make_salt
from workbench.errors import NotFoundError, UserError
from workbench.store.connection import Store


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def load(
    store: Store,
    folder: Path,
    lines: list[str],
    label: str = "known",
    *,
    name: str = "List",
    salt: HashSalt | None = None,
    as_of: date | None = date(2026, 1, 1),
    algorithm: str = "",
) -> HashListSheet:
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    basis = "stated" if as_of else "not_known"
    return load_hash_list(
        store, CsvHashList(path, algorithm), HashListNote(name, label, as_of, basis), salt
    )


def a_file(
    number: int = 1, value: str | None = None, hash_type: str | None = "MD5", **said: Any
) -> dict[str, Any]:
    """A reported file, classified unless it says otherwise, and its hash."""
    file = {"file_no": number, "industry_classification": "A1", **said}
    hashes = [{"file_no": number, "hash_type": hash_type, "value": value}] if value else []
    return {"file_record": [file], "file_hash": hashes}


def matches_of(store: Store) -> list[tuple[Any, ...]]:
    return store.query(
        "SELECT referral_id, file_no, algorithm, list_name, label, as_of "
        "FROM analyst.hash_match ORDER BY ALL"
    )[1]


@pytest.mark.parametrize(
    ("written", "hash_type", "on_list"),
    [
        (md5("a"), "MD5", md5("a").upper()),
        (md5("a").upper(), "md5", md5("a")),
        (md5("a"), "verificationHash", md5("a")),
        (md5("a"), None, md5("a")),
        (b64encode(bytes.fromhex(md5("a"))).decode(), "MD5", md5("a")),
        (md5("a"), "MD5", b64encode(bytes.fromhex(md5("a"))).decode().rstrip("=")),
        (sha1("a"), "SHA-1", sha1("a")),
        (hashlib.sha256(b"a").hexdigest(), "SHA256", hashlib.sha256(b"a").hexdigest()),
        (b64encode(bytes(range(144))).decode(), "PhotoDNA", bytes(range(144)).hex()),
        (",".join(map(str, range(144))), "PhotoDNA", bytes(range(144)).hex()),
    ],
)  # fmt: skip
def test_the_same_hash_matches_however_it_is_written(
    store: Store, tmp_path: Path, written: str, hash_type: str | None, on_list: str
) -> None:
    add_version(store, 1, **a_file(value=written, hash_type=hash_type))
    load(store, tmp_path, [on_list])
    ((referral, file_no, _, name, label, as_of),) = matches_of(store)
    assert (referral, file_no, name, label, as_of) == (
        "referral-1", 1, "List", "known", date(2026, 1, 1),
    )  # fmt: skip


def test_only_hashes_of_one_kind_are_compared(store: Store, tmp_path: Path) -> None:
    same_bytes = hashlib.sha256(b"a").hexdigest()
    add_version(store, 1, **a_file(value=same_bytes, hash_type="PDQ"))
    add_version(store, 2, **a_file(value=md5("a"), hash_type="SHA1"))  # a length SHA-1 never has
    add_version(store, 3, **a_file(value=md5("a"), hash_type="ssdeep"))
    load(store, tmp_path, [same_bytes, md5("a")])
    assert matches_of(store) == []


def test_a_file_on_several_lists_shows_every_one(store: Store, tmp_path: Path) -> None:
    file = a_file(value=md5("a"))
    file["file_hash"].append({"file_no": 1, "hash_type": "SHA1", "value": sha1("a")})
    add_version(store, 1, **file)
    load(store, tmp_path, [md5("a")], "known", name="Old")
    load(store, tmp_path, [sha1("a")], "Viral", name="Round", as_of=None)
    load(store, tmp_path, [md5("a")], "our case 7", name="Own")
    assert [match[2:] for match in matches_of(store)] == [
        ("md5", "Old", "known", date(2026, 1, 1)),
        ("md5", "Own", "our case 7", date(2026, 1, 1)),
        ("sha1", "Round", "viral", None),
    ]


def test_the_hash_of_an_empty_file_is_left_out_on_both_sides(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("")))
    sheet = load(store, tmp_path, [md5(""), md5("\n"), "0" * 32, "f" * 40, md5("a")])
    assert (sheet.read, sheet.loaded, sheet.left_out, sheet.rejected) == (5, 1, 4, 0)
    assert matches_of(store) == []
    assess_all(store)
    # A file with no other hash was never compared, so nothing is said of it.
    assert facts_of(store)["known_listed_file_count"] is None
    assert facts_of(store)["unlisted_classified_file_count"] is None


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("content", [b"", b"\n", b" ", b"\0"])
def test_what_says_nothing_is_what_its_hash_says(store: Store, name: str, content: bytes) -> None:
    digest = hashlib.new(name, content).hexdigest()
    found = store.rows_of(
        "SELECT reason FROM referral.meaningless_hash "
        "WHERE algorithm = $name AND digest = unhex($digest)",
        {"name": name, "digest": digest},
    )
    assert len(found) == 1


def test_bad_lines_are_named_and_the_rest_is_loaded(store: Store, tmp_path: Path) -> None:
    sheet = load(
        store,
        tmp_path,
        ["md5,sha1", f"{md5('a')},{sha1('a')}", f"{md5('b')},xyz", ",", f"{sha1('c')},{sha1('c')}",
         f"{md5('a')},"],
    )  # fmt: skip
    assert (sheet.read, sheet.loaded, sheet.repeated, sheet.rejected) == (8, 4, 1, 3)
    assert [(row["place"], row["code"]) for row in sheet.rejections] == [
        ("line 3", "not_a_hash"), ("line 4", "no_hash"), ("line 5", "wrong_length"),
    ]  # fmt: skip
    assert all(row["reason"] and row["remedy"] for row in sheet.rejections)


def test_a_million_bad_lines_are_counted_and_the_first_are_listed(
    store: Store, tmp_path: Path
) -> None:
    sheet = load(store, tmp_path, [md5("a"), *["nothing"] * 5_000])
    assert (sheet.loaded, sheet.rejected, len(sheet.rejections)) == (1, 5_000, 1_000)


def test_a_list_without_any_hash_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="None of the 1 entries"):
        load(store, tmp_path, ["md5", "zzz"])
    assert store.query("SELECT count(*) FROM referral.hash_list_entry")[1] == [(0,)]
    assert store.query("SELECT count(*) FROM referral.hash_list")[1] == [(0,)]


def test_the_same_list_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    load(store, tmp_path, [md5("a")])
    before = counts(store)
    sheet = load(store, tmp_path, [md5("a")])
    assert (sheet.is_unchanged, sheet.matched_referrals) == (True, 1)
    assert counts(store) == before


def test_a_list_of_the_same_name_replaces_and_the_old_one_is_history(
    store: Store, tmp_path: Path
) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    add_version(store, 2, **a_file(value=md5("b")))
    load(store, tmp_path, [md5("a")])
    load(store, tmp_path, [md5("b")], as_of=date(2026, 2, 1))
    assert [match[0] for match in matches_of(store)] == ["referral-2"]
    assert store.query("SELECT list_name, as_of FROM analyst.hash_list")[1] == [
        ("List", date(2026, 2, 1))
    ]
    assert store.query("SELECT count(*) FROM referral.hash_list")[1] == [(2,)]
    assert store.query("SELECT count(*) FROM referral.hash_match")[1] == [(2,)]


def test_a_list_that_is_withdrawn_says_nothing_any_more(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    add_version(store, 2, file_record=[{"file_no": 1}])
    load(store, tmp_path, [md5("a")])
    assess_all(store)
    assert outcomes_of(store)["known-hashes"] == "met"
    assert withdraw_hash_list(store, "List", by="A1") == 1
    assert changed(store) == ["version-1"]
    assert matches_of(store) == []
    assess_all(store)
    assert outcomes_of(store)["known-hashes"] == "unknown"
    with pytest.raises(NotFoundError):
        withdraw_hash_list(store, "List", by="A1")
    # The same list again is a list again.
    assert load(store, tmp_path, [md5("a")]).matched_referrals == 1


def test_a_loading_that_died_counts_nowhere_and_is_cleared(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    store.run_text(
        "INSERT INTO referral.hash_list_entry VALUES (uuid(), 'md5', unhex($digest))",
        {"digest": md5("a")},
    )
    compare_hashes(store, None)
    assert matches_of(store) == []
    load(store, tmp_path, [md5("b")])
    assert store.query("SELECT count(*) FROM referral.hash_list_entry")[1] == [(1,)]


def counts(store: Store) -> list[int]:
    tables = (
        "hash_list",
        "hash_list_entry",
        "hash_match",
        "hash_list_asked",
        "file_digest",
        "evidence_change",
    )
    return [
        store.query(f"SELECT count(*) FROM referral.{name}")[1][0][0]  # noqa: S608 - our own names
        for name in tables
    ]


def changed(store: Store) -> list[str]:
    rows = store.query("SELECT version_id FROM referral.evidence_change ORDER BY ALL")[1]
    return [version for (version,) in rows]


def test_every_file_is_compared_with_every_list_once(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    load(store, tmp_path, [md5("a"), md5("b")], name="First")
    add_version(store, 2, **a_file(value=md5("b")))
    assert compare_hashes(store, None).matches == 1
    load(store, tmp_path, [md5("b")], name="Second")
    assert [(m[0], m[3]) for m in matches_of(store)] == [
        ("referral-1", "First"), ("referral-2", "First"), ("referral-2", "Second"),
    ]  # fmt: skip
    before = counts(store)
    assert compare_hashes(store, None).matches == 0
    assert counts(store) == before


def test_a_new_list_touches_only_what_it_changes(store: Store, tmp_path: Path) -> None:
    for number, text in enumerate("abc", start=1):
        add_version(store, number, **a_file(value=md5(text)))
    load(store, tmp_path, [md5("x")], name="First")
    assess_all(store)
    assert changed(store) == []  # nothing had been assessed before the list came
    load(store, tmp_path, [md5("b")], name="Second")
    assert changed(store) == ["version-2"]
    assert compare_hashes(store, None).changed_versions == 0
    # The same list with a new day, matching the same: the sentence names the day, so it changes.
    load(store, tmp_path, [md5("b"), md5("y")], name="Second", as_of=date(2026, 3, 1))
    assert changed(store) == ["version-2", "version-2"]
    assess_all(store)
    # An own label is shown and changes nothing about a file that stands on a list already.
    load(store, tmp_path, [md5("b")], "own", name="Third")
    assert len(changed(store)) == 2


def test_the_first_list_ends_not_knowing(store: Store, tmp_path: Path) -> None:
    add_version(store, 1, **a_file(value=md5("a")))
    add_version(store, 2, file_record=[{"file_no": 1, "industry_classification": "A1"}])
    assess_all(store)
    assert outcomes_of(store)["possibly-new-material"] == "unknown"
    load(store, tmp_path, [md5("x")])
    assert changed(store) == ["version-1"]
    assess_all(store)
    assert outcomes_of(store)["possibly-new-material"] == "met"
    assert outcomes_of(store, 2)["possibly-new-material"] == "unknown"  # no hash to compare


@pytest.mark.parametrize(
    ("hashes", "said", "expected"),
    [
        (["v"], {}, "met"),
        (["v", "v2"], {}, "met"),
        (["v", "k"], {}, "not_met"),
        (["v", None], {}, "unknown"),
        (["k", None], {}, "not_met"),
        (["v"], {"stated_file_count": 3}, "unknown"),
        ([], {"stated_file_count": 0}, "not_met"),
        ([], {}, "unknown"),
    ],
)
def test_viral_needs_every_reported_file(
    store: Store, tmp_path: Path, hashes: list[str | None], said: dict[str, Any], expected: str
) -> None:
    load(store, tmp_path, [md5("v"), md5("v2")], "viral", name="Viral")
    load(store, tmp_path, [md5("k")], "known", name="Known")
    add_version(store, 1, **several(hashes), **said)
    compare_hashes(store, None)
    assess_all(store)
    assert outcomes_of(store)["viral-hashes"] == expected


def several(texts: list[str | None]) -> dict[str, Any]:
    files = [{"file_no": n, "industry_classification": "B2"} for n, _ in enumerate(texts, 1)]
    hashes = [
        {"file_no": n, "hash_type": "MD5", "value": md5(text)}
        for n, text in enumerate(texts, 1)
        if text
    ]
    return {"file_record": files, "file_hash": hashes}


def test_viral_lowers_attention_and_never_what_a_danger_sign_says(
    store: Store, tmp_path: Path
) -> None:
    load(store, tmp_path, [md5("v")], "viral")
    weak = {"prior_report": [{"party_no": 1, "prior_report_number": "991000999"}]}
    add_version(store, 1, **several(["v"]), **weak)
    add_version(store, 2, **several([]), **weak)
    add_version(store, 3, **several(["v"]), escalation_text="A child is in danger.")
    compare_hashes(store, None)
    assess_all(store)
    assert [position_of(store, n)[0] for n in (1, 2, 3)] == ["routine", "elevated", "immediate"]


def test_known_is_old_and_new_is_on_no_list(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, [md5("k")], "known", name="Known")
    add_version(store, 1, **several(["k", "n"]))
    add_version(store, 2, **several(["k"]))
    add_version(store, 3, **a_file(value=md5("n"), industry_classification=None))
    compare_hashes(store, None)
    assess_all(store)
    assert facts_of(store)["known_hash_lists"] == "Known (2026-01-01)"
    found = [
        (o["known-hashes"], o["possibly-new-material"])
        for o in (outcomes_of(store, n) for n in (1, 2, 3))
    ]
    assert found == [("met", "met"), ("met", "not_met"), ("not_met", "unknown")]
    assert [position_of(store, n)[0] for n in (1, 2)] == ["elevated", "routine"]


def test_a_list_of_another_kind_of_hash_says_nothing(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, [sha1("k")], "known")
    add_version(store, 1, **several(["n"]))
    compare_hashes(store, None)
    assess_all(store)
    assert facts_of(store)["known_listed_file_count"] is None
    assert outcomes_of(store)["possibly-new-material"] == "unknown"


def test_not_relevant_and_own_labels_are_shown_and_move_nothing(
    store: Store, tmp_path: Path
) -> None:
    weak = {"prior_report": [{"party_no": 1, "prior_report_number": "991000999"}]}
    add_version(store, 1, **several(["n"]), **weak)
    assess_all(store)
    before = position_of(store)
    load(store, tmp_path, [md5("n")], "Not relevant", name="Logos")
    load(store, tmp_path, [md5("n")], "seen in spring", name="Own")
    assess_all(store)
    assert outcomes_of(store)["not-relevant-hashes"] == "met"
    assert outcomes_of(store)["possibly-new-material"] == "not_met"
    assert position_of(store) == before


class TestSalted:
    salt = make_salt("a long invented salt")
    other = make_salt("another invented salt")

    def test_the_plain_hash_stands_nowhere_and_still_matches(self, tmp_path: Path) -> None:
        path = tmp_path / "store.duckdb"
        with Store.open(path) as store:
            add_version(store, 1, **a_file(value=md5("a")))
            sheet = load(store, tmp_path, [md5("a"), md5("never reported")], salt=self.salt)
            assert (sheet.is_salted, sheet.matched_referrals) == (True, 1)
            held = store.query("SELECT digest FROM referral.hash_list_entry")[1]
            message = b"md5:" + bytes.fromhex(md5("a"))
            expected = hmac.new(b"a long invented salt", message, "sha256").digest()
            assert (expected,) in held
        content = path.read_bytes()
        secret = md5("never reported")
        assert bytes.fromhex(secret) not in content
        assert secret.encode() not in content
        assert b"a long invented salt" not in content

    @pytest.mark.parametrize("wrong", [None, other], ids=["missing", "wrong"])
    def test_without_its_salt_a_list_waits_and_says_so(
        self, store: Store, tmp_path: Path, wrong: HashSalt | None
    ) -> None:
        load(store, tmp_path, [md5("a")], salt=self.salt)
        add_version(store, 1, **a_file(value=md5("a")))
        add_version(store, 2, **a_file(value=md5("b")))
        assert compare_hashes(store, wrong).waiting == ("List",)
        assess_all(store)
        # Not compared is not "on no list".
        assert outcomes_of(store, 2)["possibly-new-material"] == "unknown"
        found = compare_hashes(store, self.salt)
        assert (found.waiting, found.matches, found.changed_versions) == ((), 1, 2)
        assess_all(store)
        assert outcomes_of(store, 2)["possibly-new-material"] == "met"

    def test_a_list_is_not_kept_plain_by_oversight(self, store: Store, tmp_path: Path) -> None:
        load(store, tmp_path, [md5("a")], salt=self.salt)
        with pytest.raises(UserError, match="no salt is set"):
            load(store, tmp_path, [md5("a")], name="Other")

    def test_plain_and_salted_lists_match_side_by_side(self, store: Store, tmp_path: Path) -> None:
        add_version(store, 1, **a_file(value=md5("a")))
        load(store, tmp_path, [md5("a")], name="Plain")
        load(store, tmp_path, [md5("a")], name="Salted", salt=self.salt)
        assert [match[3] for match in matches_of(store)] == ["Plain", "Salted"]

    def test_a_secret_longer_than_a_block_is_hmac_all_the_same(self, store: Store) -> None:
        secret = "long " * 40
        salt = make_salt(secret)
        assert salt is not None
        (row,) = store.rows_of(
            "SELECT referral.salted_digest($inner_key, $outer_key, 'md5', $digest) AS digest",
            {"inner_key": salt.inner_key, "outer_key": salt.outer_key, "digest": b"\1" * 16},
        )
        assert row["digest"] == hmac.new(secret.encode(), b"md5:" + b"\1" * 16, "sha256").digest()
