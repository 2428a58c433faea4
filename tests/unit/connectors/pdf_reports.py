"""An invented report as the parts of a PDF, and ways to read what was written."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.unit.connectors.pdf_writer import Field, Grid, Heading, Part, Prose, flowing

NUMBER = "991000001"
SOURCE = ["Type", "Value", "Event", "Date/Time"]
GEO = [
    "IP Address",
    "Country",
    "Region",
    "City",
    "Metro Area",
    "Postal Code",
    "Lat/Long",
    "ISP/Org",
]
VIEWED = "Did Reporting ESP view entire contents of uploaded file?"
PUBLIC = "Were entire contents of uploaded file publicly available?"


def a_field(label: str, *lines: str) -> Field:
    return Field(label, lines, "" if label.endswith(("?", " on")) else ":")


def front(*more: Part) -> list[Part]:
    return [
        Heading(f"CyberTipline Report {NUMBER}"),
        a_field("Priority Level", "E"),
        a_field("Received by NCMEC on", "11-09-2026 08:15:30 UTC"),
        a_field("Date PDF Generated", "11-21-2026 10:00:00 UTC"),
        Heading("Executive Summary"),
        Prose("The following is a brief overview of information contained in this report."),
        a_field("Incident Type", "Apparent Child Pornography (Unconfirmed)"),
        a_field("Total Uploaded Files", "2"),
        *more,
    ]


def contents() -> list[Part]:
    return [
        Heading("Contents"),
        Prose("Section A: Reported Information 2"),
        Prose("Suspect 2"),
        Prose("Section B: Automated Information Added by NCMEC Systems 4"),
        Prose("Section C: Additional Information Provided by NCMEC 5"),
        Prose("Section D: Law Enforcement Contact Information 6"),
    ]


def section_a(*blocks: Part) -> list[Part]:
    return [
        Heading("Section A: Reported Information", 1),
        Prose("The following information was submitted to the CyberTipline by the Reporting ESP."),
        Heading("Reporting Electronic Service Provider (ESP)"),
        a_field("Submitter", "", "Examplebook"),
        a_field("Business Address", "1 Example Road", "Springfield, CA 90000 United States"),
        a_field("Point of Contact for Law Enforcement", "https://example.com/records"),
        Heading("Incident Information"),
        a_field("Incident Type", "Child Pornography (possession, manufacture, and distribution)"),
        a_field("Incident Time", "11-08-2026 21:05:09 UTC"),
        a_field("Chat Service/IM Client", "Examplebook Messenger"),
        *blocks,
        Prose("This concludes Section A. All of the information in this section was submitted."),
    ]


def suspect(*more: Part, heading: str = "Suspect 1") -> list[Part]:
    return [
        Heading(heading),
        a_field("Name", "Ola Nordmann"),
        a_field("Mobile Phone", "+4740000000 (Verified 03-09-2026 04:24:44 UTC)"),
        a_field("Date of Birth", "04-03-1990"),
        a_field("Approximate Age", "36"),
        a_field("Email Address", "ola@example.org (Verified)"),
        a_field("Screen/User Name", "ola.nordmann"),
        a_field("Display Name", "Ola N"),
        a_field("ESP User ID", "000123456789"),
        a_field("Profile URL", f"https://example.com/{'a/rather/long/path/' * 6}000123456789"),
        a_field("Prior CT Reports", "991000777, 991000778"),
        a_field("Estimated Location", "Oslo, NO"),
        a_field("IP Address", "192.0.2.10 (Login)", "11-08-2026 20:00:01 UTC"),
        a_field(
            "IP Address",
            "2001:0db8:0000:0000:0000:0000:0000:0001 (Registration)",
            "Port: 5223",
            "01-02-2026 03:04:05 UTC",
        ),
        *more,
    ]


def files() -> list[Part]:
    return [
        Heading("Uploaded File Information"),
        a_field("Number of uploaded files", "2"),
        Heading("Uploaded File Information"),
        a_field("Filename", f"a_long_name_{'0123456789_' * 8}end.mp4"),
        a_field("MD5", "d41d8cd98f00b204e9800998ecf8427e"),
        a_field("SHA1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        a_field(VIEWED, "Yes"),
        a_field(PUBLIC, "No"),
        a_field("Image Categorization by ESP", "A1"),
        Heading("Source Information"),
        Grid(
            SOURCE,
            [
                ["IP Address", "192.0.2.10", "Upload", "11-08-2026 20:00:01 UTC"],
                ["Profile URL", "https://example.com/p/1", "Other", ""],
            ],
            [70, 130, 70, 75],
        ),
        a_field("Filename", "second.jpg"),
        a_field("MD5", "0cc175b9c0f1b6a831c399e269772661"),
        a_field(VIEWED, "(Information Not Provided by Company)"),
    ]


def section_b(*more: Part) -> list[Part]:
    return [
        Heading("Section B: Automated Information Added by NCMEC Systems", 1),
        Prose("Upon receipt of a CyberTipline report, NCMEC Systems may conduct processes."),
        Heading("IP Geo-Lookup (Suspect 1)"),
        Grid(
            GEO,
            [
                ["192.0.2.10", "NO", "03", "Oslo", "", "0150", "59.91/10.75", "Example Telecom AS/Example Mobile"],
                ["2001:0db8:0000:0000:0000:0000:0000:0001", "NO", "46", "Bergen", "", "5003", "60.39/5.32", "Example Fibre"],
            ],
            [80, 40, 40, 50, 40, 45, 55, 110],
        ),
        Heading("Deconfliction"),
        Prose("991000501, 991000502"),
        *more,
    ]  # fmt: skip


def rest() -> list[Part]:
    return [
        Heading("Section C: Additional Information Provided by NCMEC", 1),
        Prose("Auto-referred International"),
        Prose("Staff looked the account up in open sources: nothing further."),
        Heading("Section D: Law Enforcement Contact Information", 1),
        a_field("Agency", "Kripos"),
    ]


def recipient_and_victim() -> list[Part]:
    return [
        Heading("Suspect 2"),
        a_field("Screen/User Name", "kari"),
        Heading("Recipient 1"),
        a_field("Screen/User Name", "friend1"),
        a_field("Approximate Age", "13"),
        Heading("Child Victim"),
        a_field("Approximate Age", "11"),
    ]


def whole_report() -> list[Part]:
    blocks = [*suspect(), *recipient_and_victim(), *files()]
    return [*front(*contents()), *section_a(*blocks), *section_b(), *rest()]


Writer = Callable[[Sequence[Part]], bytes]


def a_pdf(*blocks: Part, writer: Writer = flowing) -> bytes:
    """Write a report whose Section A holds these blocks."""
    return writer([*front(), *section_a(*blocks)])


def without_places(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{key: value for key, value in row.items() if key != "_path"} for row in table_rows]
        for table, table_rows in rows.items()
    }
