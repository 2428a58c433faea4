"""Two reports printed into one PDF are refused; numbers of other reports in one are not mistaken."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from tests.hostile import attack
from tests.unit.connectors import pdf_reports as reports
from tests.unit.connectors.pdf_reports import a_field
from tests.unit.connectors.pdf_writer import Heading, Part, Prose, flowing, tabular
from tests.unit.connectors.test_pdf_forging import of_one_look
from workbench.store.connection import Store

ANOTHER = "991000002"
FRONT_PAGE = (
    f"CyberTipline Report {ANOTHER}",
    "Priority Level: E",
    "Received by NCMEC on 11-09-2026 08:15:30 UTC",
    "Section A: Reported Information",
)
Writer = Callable[..., bytes]
unnumbered: Writer = partial(flowing, header="NCMEC | Priority Level: E")


def parts(name: str, number: str, *, is_whole: bool = False) -> list[Part]:
    block = [Heading("Suspect 1"), a_field("Screen/User Name", name)]
    front = [Heading(f"CyberTipline Report {number}"), *reports.front()[1:]]
    whole = [*reports.section_b(), *reports.rest()] if is_whole else []
    return [*front, *reports.section_a(*block), *whole]


def joined(*files: bytes) -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    for file in files:
        writer.append(PdfReader(io.BytesIO(file)))
    writer.write(written)
    return written.getvalue()


def two(first: Writer, second: Writer, *, is_whole: bool) -> bytes:
    return joined(
        first(parts("alpha_one", reports.NUMBER, is_whole=is_whole)),
        second(parts("beta_two", ANOTHER, is_whole=is_whole), number=ANOTHER),
    )


class TestTwoReports:
    @pytest.mark.parametrize("is_whole", [False, True], ids=["section A", "all sections"])
    @pytest.mark.parametrize("first", [flowing, unnumbered, tabular])
    @pytest.mark.parametrize("second", [flowing, unnumbered, tabular])
    def test_in_one_file_are_refused(
        self, read: Callable[..., Any], first: Writer, second: Writer, is_whole: bool
    ) -> None:
        reading = read(two(first, second, is_whole=is_whole))
        assert reading.records == []
        assert reading.refusal.code == "several_reports"
        assert reports.NUMBER in reading.refusal.message
        assert ANOTHER in reading.refusal.message

    def test_are_counted_and_said(self, store: Store, tmp_path: Path) -> None:
        sheet = attack(store, tmp_path, "two.pdf", two(flowing, flowing, is_whole=True))
        assert (sheet.read, sheet.loaded, sheet.rejected) == (2, 1, 1)
        assert [rejection["code"] for rejection in sheet.rejections] == ["several_reports"]

    def test_of_one_single_look_are_refused(self, read: Callable[..., Any]) -> None:
        first = ["CyberTipline Report 991000001", *FRONT_PAGE[1:], "Suspect 1", "Name: A"]
        second = [*FRONT_PAGE, "Suspect 1", "Name: B"]
        assert read(of_one_look(first, second)).refusal.code == "several_reports"

    def test_one_below_the_other_are_refused(self, read: Callable[..., Any]) -> None:
        both = [*parts("alpha_one", reports.NUMBER), *parts("beta_two", ANOTHER)]
        assert read(unnumbered(both)).refusal.code == "several_reports"


class TestOneReport:
    @pytest.mark.parametrize("write", [flowing, unnumbered, tabular])
    @pytest.mark.parametrize(
        "block",
        [
            [a_field("Profile Bio", *FRONT_PAGE * 11)] * 5,
            [Heading("Additional Information"), Prose("\n".join(FRONT_PAGE * 60))],
        ],
        ids=["profile text", "chat"],
    )
    def test_is_read_whose_text_quotes_others(
        self, read: Callable[..., Any], write: Writer, block: Sequence[Part]
    ) -> None:
        blocks = [Heading("Suspect 1"), a_field("Screen/User Name", "river_stone"), *block]
        whole = [*reports.front(), *reports.section_a(*blocks), *reports.section_b()]
        reading = read(write([*whole, *reports.rest()]))
        assert reading.record.report_number == reports.NUMBER

    @pytest.mark.parametrize("write", [flowing, unnumbered, tabular])
    def test_is_read_that_names_linked_ones(self, read: Callable[..., Any], write: Writer) -> None:
        linked: list[Part] = []
        for number in range(991000500, 991000580):
            linked += [
                Heading(f"CyberTipline Report {number}"),
                a_field("Received by NCMEC on", "11-09-2025 08:15:30 UTC"),
                Prose("The same account."),
            ]
        section_b = reports.section_b(Prose("CyberTipline Report 991000503"))
        whole = [*reports.front(), *reports.section_a(*reports.suspect()), *section_b]
        reading = read(write([*whole, *reports.rest(), *linked]))
        assert reading.record.report_number == reports.NUMBER

    def test_of_one_look_is_read_that_quotes_others(self, read: Callable[..., Any]) -> None:
        front = ["CyberTipline Report 991000001", "Priority Level: E", "Executive Summary"]
        first = ["Section A: Reported Information", "Suspect 1", "Screen/User Name: river_stone"]
        reading = read(of_one_look(front, [*first, "Profile Bio: hi", "hello", *FRONT_PAGE]))
        assert reading.record.report_number == reports.NUMBER

    def test_is_read_that_stands_twice(self, read: Callable[..., Any]) -> None:
        one = flowing(reports.whole_report())
        assert read(joined(one, one)).record.report_number == reports.NUMBER
