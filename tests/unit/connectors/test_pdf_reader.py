"""The CyberTipline PDF, in several looks: which label becomes what."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from connectors.cybertipline_pdf.form import Form
from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_reports import a_field, a_pdf, without_places
from tests.unit.connectors.pdf_writer import Field, Grid, Heading, Prose, flowing, tabular

LOOKS = pytest.mark.parametrize("writer", [flowing, tabular], ids=["flowing", "tabular"])
UTC_TIME = "2026-11-08T20:00:01+00:00"


class TestAWholeReport:
    def test_gives_the_same_rows_in_every_look(self, read: Callable[..., Any]) -> None:
        parts = reports.whole_report()
        looks = [read(writer(parts)) for writer in (flowing, tabular)]
        first, second = (without_places(look.record.rows) for look in looks)
        assert first == second
        assert [look.unread for look in looks] == [{}, {}]

    @LOOKS
    def test_is_read_from_the_front_page_to_section_d(
        self, read: Callable[..., Any], writer: Any
    ) -> None:
        reading = read(writer(reports.whole_report()))
        assert reading.record.report_number == "991000001"
        assert reading.record.report_number_source == "document"
        report = {key: value for key, value in reading.report.items() if key != "_path"}
        assert report == {
            "report_number": "991000001",
            "priority_id": "E",
            "received_at": "2026-11-09T08:15:30+00:00",
            "ncmec_classification": "Apparent Child Pornography (Unconfirmed)",
            "stated_file_count": "2",
            "provider_as_written": "Examplebook",
            "incident_type": "Child Pornography (possession, manufacture, and distribution)",
            "incident_at": "2026-11-08T21:05:09+00:00",
        }
        assert reading.values("party", "role") == [
            "reported_user", "reported_user", "intended_recipient", "victim",
        ]  # fmt: skip
        assert reading.values("party", "age") == ["36", None, "13", "11"]
        assert reading.values("attribute", "value_as_written", name="autoRefers") == [
            "International"
        ]
        assert reading.values(
            "attribute", "value_as_written", name="lawEnforcementContactInformation.agency"
        ) == ["Kripos"]
        assert reading.values("text_block", "content", origin="ncmec_staff") == [
            "Staff looked the account up in open sources: nothing further."
        ]

    def test_is_not_a_new_version_when_it_is_printed_again(self, read: Callable[..., Any]) -> None:
        parts = reports.whole_report()
        again = [
            a_field("Date PDF Generated", "12-24-2026 10:00:00 UTC")
            if getattr(part, "label", "") == "Date PDF Generated"
            else part
            for part in parts
        ]
        first, second = read(flowing(parts)), read(flowing(again))
        assert first.record.rows == second.record.rows

    def test_says_page_and_line_of_each_row(self, read: Callable[..., Any]) -> None:
        reading = read(flowing(reports.whole_report()))
        assert reading.rows("party")[0]["_path"] == "page 2, line 14"
        assert reading.rows("geo_lookup")[0]["_path"] == "page 4, line 7"
        places = [row["_path"] for rows in reading.record.rows.values() for row in rows]
        assert all(place.startswith("page ") for place in places)


class TestOtherLooks:
    @pytest.mark.parametrize("mark", [":", ""], ids=["colon", "no colon"])
    def test_a_value_may_stand_below_its_label(self, read: Callable[..., Any], mark: str) -> None:
        parts = reports.whole_report()
        below = [
            Field(part.label, ["", *(line for line in part.lines if line)], mark)
            if isinstance(part, Field) and not part.label.endswith(" on")
            else part
            for part in parts
        ]
        expected = without_places(read(flowing(parts)).record.rows)
        assert without_places(read(flowing(below)).record.rows) == expected

    def test_labels_and_headings_may_be_capitals(self, read: Callable[..., Any]) -> None:
        parts = reports.whole_report()
        loud = [
            replace(part, label=part.label.upper()) if isinstance(part, Field)
            else replace(part, text=part.text.upper()) if isinstance(part, Heading)
            else part
            for part in parts
        ]  # fmt: skip
        expected = without_places(read(flowing(parts)).record.rows)
        assert without_places(read(flowing(loud)).record.rows) == expected


class TestParties:
    @LOOKS
    def test_give_identifiers_with_what_is_verified(
        self, read: Callable[..., Any], writer: Any
    ) -> None:
        reading = read(a_pdf(*reports.suspect(), writer=writer))
        party = reading.rows("party")[0]
        assert (party["first_name"], party["last_name"]) == ("Ola", "Nordmann")
        assert party["date_of_birth"] == "1990-04-03"
        assert party["provider_user_id"] == "000123456789"
        kinds = {row["kind"]: row for row in reading.rows("identifier")}
        assert kinds["phone"]["value_as_written"] == "+4740000000"
        assert kinds["phone"]["is_verified"] is True
        assert kinds["phone"]["verified_at"] == "2026-03-09T04:24:44+00:00"
        assert kinds["email"]["is_verified"] is True
        assert "is_verified" not in kinds["screen_name"]
        assert kinds["profile_url"]["value_as_written"].endswith("path/000123456789")
        assert reading.values("prior_report", "prior_report_number") == ["991000777", "991000778"]
        [address] = reading.rows("address")
        assert (address["city"], address["country"]) == ("Oslo", "NO")
        assert address["origin"] == "provider_estimate"

    @LOOKS
    def test_that_are_only_headings_are_nobody(self, read: Callable[..., Any], writer: Any) -> None:
        reading = read(
            a_pdf(Heading("Suspect 1"), Heading("Suspect 2"), a_field("Age", "20"), writer=writer)
        )
        assert reading.values("party", "age") == ["20"]

    def test_that_go_on_over_a_page_stay_one(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(
                Heading("Suspect 1"), a_field("Age", "20"), Heading("Suspect 1 (continued)"),
                a_field("ESP User ID", "7"),
            )
        )  # fmt: skip
        assert [(row["age"], row["provider_user_id"]) for row in reading.rows("party")] == [
            ("20", "7")
        ]

    @pytest.mark.parametrize(
        ("heading", "role"),
        [
            ("Suspect", "reported_user"),
            ("SUSPECT #2:", "reported_user"),
            ("Reported User", "reported_user"),
            ("Recipient 3", "intended_recipient"),
            ("Intended Recipient", "intended_recipient"),
            ("Child Victim 1", "victim"),
            ("Victim", "victim"),
        ],
    )
    def test_are_told_apart_by_their_heading(
        self, read: Callable[..., Any], heading: str, role: str
    ) -> None:
        reading = read(a_pdf(Heading(heading), a_field("Approximate Age", "14")))
        assert reading.values("party", "role") == [role]

    def test_keep_a_name_that_holds_a_bracket(self, read: Callable[..., Any]) -> None:
        reading = read(a_pdf(Heading("Suspect"), a_field("Screen/User Name", "x(x")))
        assert reading.values("identifier", "value_as_written") == ["x(x"]

    def test_keep_what_stands_behind_an_identifier(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(Heading("Suspect"), a_field("Email Address", "a@example.org (old one)"))
        )
        assert reading.values("attribute", "value_as_written", name="contactNote") == ["(old one)"]

    def test_that_were_not_verified_are_not(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(Heading("Suspect"), a_field("Email Address", "a@example.org (Not Verified)"))
        )
        assert reading.values("identifier", "is_verified") == [False]


class TestAddresses:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (["192.0.2.1 (Login)", "11-08-2026 20:00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, None)),
            (["192.0.2.1 (Login) 11-08-2026 20:00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, None)),
            (["192.0.2.1 (Login)", "11-08-2026", "20:00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, None)),
            (["192.0.2.1", "(Login)", "11-08-2026 20:", "00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, None)),
            (["2001:db8:0:0:0:0:0:", "0001 (Upload)", "11-08-2026 20:00:01 UTC"], ("2001:db8:0:0:0:0:0:0001", "Upload", UTC_TIME, None)),
            (["192.0.2.1:4455 (Login)", "11-08-2026 20:00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, "4455")),
            (["192.0.2.1 (Login)", "Port: 4455", "11-08-2026 20:00:01 UTC"], ("192.0.2.1", "Login", UTC_TIME, "4455")),
            (["192.000.002.001 (Other)"], ("192.000.002.001", "Other", None, None)),
            (["2001:db8::1"], ("2001:db8::1", None, None, None)),
            (["192.0.2.1", "11/08/2026 8:00:01 PM UTC"], ("192.0.2.1", None, UTC_TIME, None)),
            (["192.0.2.1 (Login)", "2026-11-08T20:00:01Z"], ("192.0.2.1", "Login", UTC_TIME, None)),
        ],
        ids=["two lines", "one line", "day and clock", "broken clock", "broken address", "port behind",
             "port below", "padded", "bare", "half-day clock", "iso"],
    )  # fmt: skip
    @LOOKS
    def test_are_read_wherever_the_lines_break(
        self, read: Callable[..., Any], writer: Any, lines: list[str], expected: tuple[Any, ...]
    ) -> None:
        block = [Heading("Suspect 1"), a_field("IP Address", *lines), a_field("Age", "20")]
        reading = read(a_pdf(*block, writer=writer))
        [event] = reading.rows("ip_event")
        columns = ("ip_address_as_written", "event_name", "occurred_at", "source_port")
        assert tuple(event.get(column) for column in columns) == expected
        assert reading.values("party", "age") == ["20"]

    def test_keep_a_time_without_zone_without_one(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(Heading("Suspect"), a_field("IP Address", "192.0.2.1", "11-08-2026 20:00:01"))
        )
        assert reading.values("ip_event", "occurred_at") == ["2026-11-08T20:00:01"]

    def test_keep_a_text_that_is_no_address(self, read: Callable[..., Any]) -> None:
        reading = read(a_pdf(Heading("Suspect"), a_field("IP Address", "see the attached list")))
        assert reading.values("ip_event", "ip_address_as_written") == ["see the attached list"]

    def test_say_possible_proxy_and_other_notes(self, read: Callable[..., Any]) -> None:
        lines = ("192.0.2.1 (Login) (Possible Proxy) (seen twice)", "11-08-2026 20:00:01 UTC")
        reading = read(a_pdf(Heading("Suspect"), a_field("IP Address", *lines)))
        assert reading.values("ip_event", "is_possible_proxy") == [True]
        assert reading.values("attribute", "value_as_written", name="ipNote") == ["(seen twice)"]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("03-04-2026 01:02:03 UTC", "2026-03-04T01:02:03+00:00"),
            ("12-31-2026 23:59:59 UTC", "2026-12-31T23:59:59+00:00"),
            ("3/4/2026 01:02 UTC", "2026-03-04T01:02:00+00:00"),
            ("31-12-2026 23:59:59 UTC", "31-12-2026 23:59:59 UTC"),
            ("some day", "some day"),
        ],
    )
    def test_are_month_first_or_kept_as_they_are(
        self, read: Callable[..., Any], written: str, expected: str
    ) -> None:
        reading = read(
            flowing([*reports.front(), Heading("Section A: Reported Information", 1), a_field("Incident Time", written)])
        )  # fmt: skip
        assert reading.report["incident_at"] == expected


class TestFiles:
    @LOOKS
    def test_are_one_row_each_with_their_hashes_and_answers(
        self, read: Callable[..., Any], writer: Any
    ) -> None:
        reading = read(a_pdf(*reports.files(), writer=writer))
        first, second = reading.rows("file_record")
        assert first["file_name"] == f"a_long_name_{'0123456789_' * 8}end.mp4"
        assert (first["is_viewed_by_provider"], first["is_publicly_available"]) == ("Yes", "No")
        assert first["industry_classification"] == "A1"
        assert second["file_name"] == "second.jpg"
        assert second["is_viewed_by_provider"] is None
        assert "is_publicly_available" not in second
        hashes = [
            (row["file_no"], row["hash_type"], row["value_as_written"])
            for row in reading.rows("file_hash")
        ]
        assert hashes == [
            (1, "MD5", "d41d8cd98f00b204e9800998ecf8427e"),
            (1, "SHA1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            (2, "MD5", "0cc175b9c0f1b6a831c399e269772661"),
        ]

    @LOOKS
    def test_own_the_rows_of_their_source_table(
        self, read: Callable[..., Any], writer: Any
    ) -> None:
        reading = read(a_pdf(*reports.files(), writer=writer))
        [event] = reading.rows("ip_event")
        assert (event["file_no"], event["event_name"], event["occurred_at"]) == (
            1,
            "Upload",
            UTC_TIME,
        )
        assert "party_no" not in event
        assert reading.values("identifier", "value_as_written", kind="profile_url", file_no=1) == [
            "https://example.com/p/1"
        ]

    @LOOKS
    def test_keep_blanks_in_a_name(self, read: Callable[..., Any], writer: Any) -> None:
        name = "a picture taken on a long day at the sea with many blanks in its name and more.jpg"
        reading = read(
            a_pdf(Heading("Uploaded File Information"), a_field("Filename", name), writer=writer)
        )
        assert reading.values("file_record", "file_name") == [name]

    def test_of_a_party_table_belong_to_the_party(self, read: Callable[..., Any]) -> None:
        table = Grid(
            reports.SOURCE,
            [["IP Address", "192.0.2.9", "Login", "11-08-2026 20:00:01 UTC"]],
            [70, 90, 70, 130],
        )
        reading = read(
            a_pdf(Heading("Suspect"), a_field("Age", "20"), Heading("Source Information"), table)
        )
        assert reading.values("ip_event", "party_no", ip_address_as_written="192.0.2.9") == [1]


class TestSectionB:
    @LOOKS
    def test_geo_lookups_say_whose_they_are(self, read: Callable[..., Any], writer: Any) -> None:
        reading = read(writer([*reports.front(), *reports.section_b()]))
        first, second = reading.rows("geo_lookup")
        assert (first["subject"], first["country"], first["city"]) == (
            "reported_user",
            "NO",
            "Oslo",
        )
        assert (first["latitude"], first["longitude"]) == ("59.91", "10.75")
        assert (first["esp"], first["organization"]) == ("Example Telecom AS", "Example Mobile")
        assert second["ip_address_as_written"] == "2001:0db8:0000:0000:0000:0000:0000:0001"
        assert second["esp"] == "Example Fibre"

    @LOOKS
    def test_deconfliction_numbers_are_links(self, read: Callable[..., Any], writer: Any) -> None:
        reading = read(writer([*reports.front(), *reports.section_b()]))
        numbers = reading.values("prior_report", "prior_report_number")
        assert numbers == ["991000501", "991000502"]
        assert all("party_no" not in row for row in reading.rows("prior_report"))

    def test_a_table_goes_on_over_a_page(self, read: Callable[..., Any]) -> None:
        rows = [
            [f"192.0.2.{n}", "NO", "03", "Oslo", "", "0150", "", "Example"] for n in range(1, 120)
        ]
        grid = Grid(reports.GEO, rows, [80, 40, 40, 50, 40, 45, 55, 110])
        reading = read(
            flowing(
                [
                    *reports.front(),
                    Heading("Section B: Automated", 1),
                    Heading("IP Geo-Lookup (Recipient 1)"),
                    grid,
                ]
            )
        )
        assert len(reading.rows("geo_lookup")) == 119
        assert set(reading.values("geo_lookup", "subject")) == {"intended_recipient"}
        assert set(reading.values("geo_lookup", "postal_code")) == {"0150"}


class TestNothingVanishes:
    def test_an_unknown_label_is_counted_by_its_words(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(Heading("Suspect"), a_field("Age", "20"), a_field("Favourite Colour", "blue"))
        )
        assert reading.unread == {"Section A.Suspect.Favourite Colour": 1}
        assert "blue" not in str(reading.record.rows)

    def test_an_unknown_label_of_a_table_is_counted_too(self, read: Callable[..., Any]) -> None:
        block = [Heading("Suspect"), a_field("Age", "20"), a_field("Favourite Colour", "blue")]
        assert read(a_pdf(*block, writer=tabular)).unread == {
            "Section A.Suspect.Favourite Colour": 1
        }

    def test_a_line_without_label_is_text_of_its_block(self, read: Callable[..., Any]) -> None:
        reading = read(
            a_pdf(Heading("Suspect"), a_field("Age", "20"), Prose("The account was new."))
        )
        assert reading.values("text_block", "content", party_no=1) == ["The account was new."]

    def test_free_text_keeps_words_that_look_like_labels(self, read: Callable[..., Any]) -> None:
        text = "From: a@example.org\nSent Date: 2026\nSubject: hello"
        reading = read(a_pdf(Heading("Additional Information"), Prose(text)))
        assert reading.values("text_block", "content", kind="additional_info") == [text]
        assert reading.unread == {}

    def test_every_word_of_a_report_is_a_row_or_counted(self, read: Callable[..., Any]) -> None:
        words = [f"word{n}" for n in range(60)]
        blocks = [Heading("Suspect"), *(Prose(f"{word} here") for word in words)]
        reading = read(a_pdf(*blocks))
        assert all(word in str(reading.record.rows) for word in words)

    @LOOKS
    def test_the_form_of_the_page_is_no_content(
        self, read: Callable[..., Any], writer: Any
    ) -> None:
        reading = read(writer(reports.whole_report()))
        said = [text["content"] for text in reading.rows("text_block")]
        assert not [text for text in said if "Page " in text or "| Priority" in text]

    def test_sentences_of_the_form_are_boilerplate(self, read: Callable[..., Any]) -> None:
        reading = read(a_pdf(*reports.suspect()))
        assert reading.values("text_block", "content", is_boilerplate=False) == []

    def test_number_and_priority_may_stand_in_the_running_header_only(
        self, read: Callable[..., Any]
    ) -> None:
        parts = [*reports.section_a(*reports.suspect()), *reports.section_b()]
        reading = read(flowing([Heading("Executive Summary"), *parts]))
        assert reading.record.report_number == "991000001"
        assert reading.report["priority_id"] == "E"


class TestPriority:
    @pytest.mark.parametrize(
        ("written", "level", "words"),
        [("E", "E", None), ("1", "1", None), ("2 (Time sensitive)", "2", "Time sensitive")],
    )
    def test_stays_text(
        self, read: Callable[..., Any], written: str, level: str, words: Any
    ) -> None:
        parts = [Heading("CyberTipline Report 991000001"), a_field("Priority Level", written)]
        reading = read(flowing([*parts, Heading("Executive Summary"), Prose("x")], header=""))
        assert (reading.report["priority_id"], reading.report.get("priority_text")) == (
            level,
            words,
        )


LABELS = (
    """
CyberTipline Report|Priority Level|Received by NCMEC on|Date PDF Generated|Executive Summary
Incident Type|Total Uploaded Files|Incident Time|Reporting Electronic Service Provider (ESP)|Submitter
Point of Contact for Law Enforcement|Business Address|Chat Service/IM Client|Number of uploaded files
Suspect|Recipient|Name|Mobile Phone|Email Address|Date of Birth|Approximate Age|Screen/User Name
Display Name|ESP User ID|Profile URL|Prior CT Reports|Estimated Location|IP Address
Uploaded File Information|Filename|MD5|SHA1|Did Reporting ESP view entire contents...?
Were...publicly available?|Image Categorization by ESP|Source Information|Type|Value|Event|Date/Time
Summary of ESP Reported Child Victim Information|IP Geo-Lookup (Suspect)|Deconfliction|Auto-referred
Home Email Address|Section A|Section B|Section C|Section D
""".strip()
    .replace("\n", "|")
    .split("|")
)


def test_no_long_line_is_kept_after_it_was_looked_at() -> None:
    form = Form()
    form.heading("report", "Suspect 1")
    tracemalloc.start()
    try:
        for number in range(20):
            form.heading("report", f"{number} " * 100_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000


def test_every_label_that_formats_names_is_in_the_allow_list() -> None:
    known = {key for shape in Form().shapes.values() for key in shape.entries}
    assert set(LABELS) - known == set()


def test_every_kind_of_value_belongs_to_a_label() -> None:
    form = Form()
    known = {key for shape in form.shapes.values() for key in shape.entries}
    assert set(form.kinds) - known == set()
