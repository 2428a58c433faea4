"""Connection leads and transaction reports: several lines, one referral; exact amounts."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.registry import connectors
from connectors.tabular.amounts import exact_amount
from connectors.tabular.column_map import ColumnMapError
from tests.unit.connectors.conftest import Reading, read_file

GOLDEN = Path(__file__).parents[2] / "golden"
LEAD = "Lead ID;Exported (UTC);Network;Files seen;IP address;Port;Observed (UTC);Client;Client GUID;File name;File hash"
HASH_A, HASH_B = "a" * 40, "b" * 40
PAYMENT = (
    "Reference;Received (UTC);Transaction ID;Date;Amount;Currency;Keywords;Sender country;"
    "Recipient country;Payer first name;Payer last name;Payer account;Payee last name"
)


def lead(
    number: str = "L-1",
    *,
    files: str = "12",
    port: str = "4662",
    at: str = "2026-11-19T10:00:00Z",
    client: str = "MuleLike 0.50",
    guid: str = "ABCD",
    name: str = "a.bin",
    hashed: str = HASH_A,
) -> str:
    cells = (number, "2026-11-20T10:00:00Z", "ed2k", files, "192.0.2.5", port, at, client, guid)
    return ";".join((*cells, name, hashed))


def payment(
    number: str = "STR-1", *, key: str = "T1", amount: str = "1,234.50", payer: str = "Eksempel"
) -> str:
    who = f"Ola;{payer};0000.11.22222" if payer else ";;"
    return (
        f"{number};2026-11-20T10:00:00Z;{key};2026-11-01T12:00:00Z;{amount};NOK;show; cam;"
        f"NO;PH;{who};Doe"
    ).replace("show; cam", '"show; cam"')


def table(header: str, *lines: str) -> Reading:
    return read_file("\n".join((header, *lines)).encode(), "list.csv")


class TestALead:
    def test_is_a_kind_of_its_own(self) -> None:
        record = table(LEAD, lead()).record
        assert record.source_format == "connection_lead_table"
        assert (record.source_system, record.report_number) == ("file_sharing", "L-1")

    def test_of_several_lines_gives_these_rows(self) -> None:
        reading = table(
            LEAD,
            lead(),
            lead(at="2026-11-19T10:05:00Z", files="13", name="b.bin", hashed=HASH_B),
            lead(at="2026-11-19T10:06:00Z", client="MuleLike 0.60", name="b.bin", hashed=HASH_B),
        )
        written = json.dumps(reading.record.rows, indent=1, ensure_ascii=False) + "\n"
        assert written == (GOLDEN / "connection_lead.json").read_text(encoding="utf-8")

    def test_says_each_thing_once_and_every_observation(self) -> None:
        reading = table(LEAD, lead(), lead(at="2026-11-19T10:05:00Z"), lead())
        assert len(reading.rows("ip_event")) == 2  # the third line says what the first said
        assert len(reading.rows("file_record")) == len(reading.rows("file_hash")) == 1
        assert len(reading.rows("identifier")) == 1

    def test_keeps_what_lines_say_differently(self) -> None:
        reading = table(LEAD, lead(), lead(files="13", client="MuleLike 0.60"))
        assert reading.report["stated_file_count"] == "12"
        assert reading.values("attribute", "value_as_written", name="stated_file_count") == ["13"]
        assert reading.values("attribute", "value_as_written", name="service", party_no=1) == [
            "MuleLike 0.60"
        ]

    def test_ties_each_hash_to_its_file(self) -> None:
        reading = table(LEAD, lead(), lead(name="b.bin", hashed=HASH_B), lead(name="", hashed=""))
        assert reading.values("file_hash", "file_no") == [1, 2]
        assert reading.values("file_record", "original_name") == ["a.bin", "b.bin"]

    def test_whose_lines_stand_apart_is_refused_from_there(self) -> None:
        reading = table(LEAD, lead("L-1"), lead("L-2"), lead("L-1"), lead("L-3"))
        assert [record.report_number for record in reading.records] == ["L-1", "L-2", "L-3"]
        assert reading.refusal.code == "row_apart"
        assert "line 4" in str(reading.refusal)

    def test_without_a_number_is_refused(self) -> None:
        reading = table(LEAD, lead(""), lead())
        assert reading.refusal.code == "row_without_number"
        assert reading.record.report_number == "L-1"

    def test_without_a_number_column_is_known_by_what_it_says(self) -> None:
        header = "IP;Time (UTC);Source port;Hash;Client software"
        line = f"192.0.2.7;2026-11-19T10:00:00Z;5000;{HASH_A};ShareBit"
        other = line.replace("5000", "5001")
        reading = table(header, line, other, line)
        assert [record.report_number for record in reading.records] == [None] * 3
        assert {record.source_format for record in reading.records} == {"connection_lead_table"}


class TestATransactionReport:
    def test_gives_these_rows(self) -> None:
        reading = table(PAYMENT, payment(), payment(key="T2", amount="12.00"))
        written = json.dumps(reading.record.rows, indent=1, ensure_ascii=False) + "\n"
        assert written == (GOLDEN / "transaction_report.json").read_text(encoding="utf-8")

    def test_makes_nobody_a_reported_user(self) -> None:
        reading = table(PAYMENT, payment())
        parties = [(row["role"], row["account_type"]) for row in reading.rows("party")]
        assert parties == [("associated_account", "Payer"), ("associated_account", "Payee")]

    def test_keeps_two_payments_that_look_alike(self) -> None:
        reading = table(PAYMENT, payment(key=""), payment(key=""))
        assert len(reading.rows("transaction_record")) == 2

    def test_keeps_an_amount_that_cannot_be_read_and_says_so(self) -> None:
        [row] = table(PAYMENT, payment(amount="about 400")).rows("transaction_record")
        assert row["amount_as_written"] == "about 400"
        assert "amount" not in row
        assert row["_not_stated"] == {"amount": "unreadable: about 400"}

    def test_splits_its_keywords(self) -> None:
        assert table(PAYMENT, payment()).values("transaction_record", "keywords") == [
            ["show", "cam"]
        ]


class TestAnAmount:
    @pytest.mark.parametrize(
        ("written", "mark", "exact"),
        [
            ("1234.50", ".", "1234.50"),
            ("1,234.50", ".", "1234.50"),
            ("1 234,50", ",", "1234.50"),
            ("1.234,5", ",", "1234.5"),
            ("1'234'567", ".", "1234567"),
            ("1,234", ".", "1234"),
            ("1,234", ",", "1.234"),
            ("-0007.10", ".", "-7.10"),
            ("0.30", ".", "0.30"),
            ("12345678901234567890.123456789", ".", "12345678901234567890.123456789"),
            ("1.234,50", ".", None),
            ("1,23,4", ".", None),
            ("1e5", ".", None),
            ("(400)", ".", None),
            ("kr 400", ".", None),
            ("", ".", None),
            ("٣٤", ".", None),
            (True, ".", None),
        ],
    )
    def test_is_exact_or_not_an_amount(self, written: Any, mark: Any, exact: str | None) -> None:
        assert exact_amount(written, mark) == exact

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0))
    def test_of_any_size_comes_back_digit_by_digit(self, amount: Any) -> None:
        written = f"{amount:f}"
        if len(written) <= 40:
            assert exact_amount(written, ".") == written
            assert exact_amount(written.replace(".", ","), ",") == written


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('kind = "gossip"', "kind"),
        ('decimal_mark = ";"', "decimal_mark"),
        ('one_referral = ["Gone"]', "one_referral"),
    ],
)
def test_a_map_that_says_what_cannot_be_is_refused(tmp_path: Path, line: str, place: str) -> None:
    text = f'id = "x"\nmatch = ["A"]\n{line}\n[columns]\n"A" = "report.report_number"\n'
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ColumnMapError) as refused:
        connectors(tmp_path)
    assert refused.value.location is not None
    assert refused.value.location.path == place


LINES = st.lists(
    st.builds(
        lead,
        st.sampled_from(["L-1", "L-2", "L-3"]),
        files=st.sampled_from(["1", "2", ""]),
        port=st.sampled_from(["1", "", "x"]),
        at=st.sampled_from(["2026-11-19T10:00:00Z", "", "never"]),
        client=st.sampled_from(["A", "B", ""]),
        guid=st.sampled_from(["G", ""]),
        name=st.sampled_from(["a", "b", ""]),
        hashed=st.sampled_from([HASH_A, HASH_B, ""]),
    ),
    max_size=12,
)


@given(LINES)
def test_whatever_the_lines_each_is_in_its_referral_or_refused(lines: list[str]) -> None:
    reading = table(LEAD, *lines)
    numbers = list(dict.fromkeys(number_of(line) for line in lines))
    assert [record.report_number for record in reading.records] == numbers
    together = {number: first_run(lines, number) for number in numbers}
    assert len(reading.refusals) == len(lines) - sum(map(len, together.values()))
    assert {refusal.code for refusal in reading.refusals} <= {"row_apart"}
    for record in reading.records:
        said = str(record.rows)
        cells = [cell for line in together[str(record.report_number)] for cell in line.split(";")]
        assert [
            cell for cell in cells if cell and not cell.startswith("2026") and cell not in said
        ] == []


def number_of(line: str) -> str:
    return line.split(";", maxsplit=1)[0]


def first_run(lines: list[str], number: str) -> list[str]:
    """Return the lines of a number as far as they stand together."""
    run: list[str] = []
    for line in lines:
        if number_of(line) == number:
            run.append(line)
        elif run:
            break
    return run
