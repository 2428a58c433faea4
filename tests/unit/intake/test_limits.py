"""Limits are settings: each, set low, is one rejection that names it; raised, it lets the file in."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.registry import connectors
from tests.builders import police_json, provider_xml, write
from tests.hostile import archive_csv, archive_row, forged_workbook, package, police_text, raw_row
from tests.hostile import workbook as workbook_of
from tests.unit.connectors.pdf_reports import whole_report
from tests.unit.connectors.pdf_writer import flowing
from tests.unit.connectors.test_pdf_refusals import with_content
from tests.unit.connectors.test_tables_of_other_kinds import LEAD, lead
from workbench.composition import take_in
from workbench.errors import UserError
from workbench.intake.count_sheet import CountSheet
from workbench.intake.importer import import_paths
from workbench.intake.recipe import Recipe
from workbench.model.limits import DEFAULT_LIMITS, Limits, setting_named_in, variable
from workbench.settings import Settings, read_settings
from workbench.store.connection import Store

GOOD = 991999998
README = Path(__file__).parents[3] / "README.md"


@dataclass(frozen=True)
class Case:
    """A small file and how low its limit must be to refuse it; `place` is where, within the file."""

    name: str
    content: Callable[[], str | bytes]
    low: float
    high: float | None = None  # None: the default lets it in
    code: str = "too_large"
    place: str = ""
    loaded: int = 1  # of the file itself, once it may come in


def _members() -> bytes:
    return package(("a.json", police_text("991000701")), ("b.json", police_text("991000702")))


def _workbook(row_count: int = 3, **more: Any) -> bytes:
    rows = [f"991000{number}" for number in range(100, 100 + row_count)]
    header = archive_csv().strip().split(";")
    cells = [[number, "1.2.2026 10:00", "Provider", "Importert", "Kari", "a"] for number in rows]
    return workbook_of([header, *cells], **more)


def _with_styles() -> bytes:
    return _workbook(1, merged=[f"AA{number}:AB{number}" for number in range(20, 1_100)])


def _with_texts() -> bytes:
    texts = b"".join(b"<si><t>%d</t></si>" % number for number in range(5))
    return forged_workbook(raw_row(2, "991000712"), texts=texts)


def _with_long_cell() -> bytes:
    cell = b'<c r="C2" t="inlineStr"><is><t>%s</t></is></c>' % (b"P" * 1_200)
    return forged_workbook(raw_row(2, "991000711", cell))


def _pdf() -> bytes:
    return flowing(whole_report())


def _wide_pdf() -> bytes:
    lines = ["CyberTipline Report 991000001", "Executive Summary", "Total Uploaded Files: 3"]
    text = "".join(
        f"BT /T 10 Tf 50 {700 - 20 * n} Td ({line}) Tj ET " for n, line in enumerate(lines)
    )
    fonts = b"/Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return with_content(zlib.compress(text.encode() + b" " * 150_000_000, 1), fonts)


def _crowded_xml() -> str:
    attributes = " ".join(f"a{number}=''" for number in range(60))
    return provider_xml(f"<additionalInfo {attributes}>text</additionalInfo>")


CASES: dict[str, Case] = {
    "package_members": Case("a.zip", _members, 1, loaded=2),
    "package_levels": Case(
        "a.zip",
        lambda: package(("inner.zip", _members())),
        *(1, 2, "nested_package"),
        loaded=2,
    ),
    "values_per_file": Case("a.json", lambda: police_text("991000703", values=[0] * 3_000), 1_000),
    "xml_attributes_per_element": Case("a.xml", _crowded_xml, 50),
    "xml_text_characters": Case(
        "a.xml", lambda: provider_xml(f"<additionalInfo>{'a ' * 600}</additionalInfo>"), 1_000
    ),
    "table_cell_characters": Case(
        "a.csv",
        lambda: archive_csv(archive_row("991000704", name="n" * 1_200)),
        1_000,
        place="line 2",
    ),
    "table_lines_per_referral": Case(
        "a.csv",
        lambda: "\n".join((LEAD, lead(), lead(port="4663"), lead(port="4664"))),
        2,
        place="line 4",
    ),
    "workbook_bytes": Case("a.xlsx", lambda: _workbook(800), 100_000, loaded=800),
    "sheet_rows": Case("a.xlsx", _workbook, 3, loaded=3),
    "sheet_cells": Case("a.xlsx", _workbook, 20, loaded=3),
    "workbook_texts": Case("a.xlsx", _with_texts, 3),
    "workbook_styles": Case("a.xlsx", _with_styles, 1_000),
    "pdf_bytes": Case("a.pdf", _pdf, 1_000),
    "pdf_pages": Case("a.pdf", _pdf, 1),
    "pdf_letters_per_page": Case("a.pdf", _pdf, 1_000),
    "pdf_letters": Case("a.pdf", _pdf, 1_000),
    "pdf_page_seconds": Case("a.pdf", _wide_pdf, 0.1, code="took_too_long"),
    "pdf_seconds": Case("a.pdf", _wide_pdf, 0.1, code="took_too_long"),
    "pdf_memory_bytes": Case("a.pdf", _wide_pdf, 256 * 1024**2),
}
# These are about the process that reads, and the list that comes out: tests of their own below.
ELSEWHERE = {"seconds_without_result", "reader_memory_bytes", "rejections_listed"}


def take(
    store: Store, folder: Path, limits: Limits, *, readers: int = 1, **more: Any
) -> CountSheet:
    write(folder, f"{GOOD}.json", police_json(GOOD))
    sheet = import_paths(
        store,
        [folder],
        connectors=connectors(None, (), limits),
        recipe=Recipe("connectors.registry:connectors", limits=limits),
        settings=Settings(limits=limits, readers=readers, **more),
    )
    assert sheet.adds_up
    return sheet


def names_its_setting(rejection: dict[str, str], name: str, limits: Limits) -> bool:
    return setting_named_in(rejection["remedy"]) == (variable(name), getattr(limits, name))


def test_every_limit_is_tried() -> None:
    assert {one.name for one in fields(Limits)} == CASES.keys() | ELSEWHERE


@pytest.mark.parametrize("name", CASES)
def test_a_file_above_a_limit_is_refused_and_let_in_once_it_is_raised(
    store: Store, tmp_path: Path, name: str
) -> None:
    case = CASES[name]
    write(tmp_path, f"in/{case.name}", case.content())
    low = replace(DEFAULT_LIMITS, **{name: case.low})
    sheet = take(store, tmp_path / "in", low)
    [rejection] = sheet.rejections
    assert rejection["code"] == case.code
    assert rejection["file"].startswith(f"in/{case.name}")
    assert rejection["location"] == case.place
    assert rejection["message"]
    assert names_its_setting(rejection, name, low), rejection["remedy"]
    assert sheet.loaded >= 1  # the good one

    again = take(store, tmp_path / "in", replace(DEFAULT_LIMITS, **{name: case.high or 10**9})
                 if case.high else DEFAULT_LIMITS)  # fmt: skip
    assert again.rejections == []
    assert again.read == case.loaded + 1


def test_processes_that_read_keep_the_same_limits(store: Store, tmp_path: Path) -> None:
    lows = {"pdf_pages": 1, "values_per_file": 1_000, "xml_text_characters": 1_000,
            "table_cell_characters": 1_000, "sheet_rows": 3, "package_members": 1}  # fmt: skip
    for name in lows:
        case = CASES[name]
        write(tmp_path, f"in/{name}/{case.name}", case.content())
    low = replace(DEFAULT_LIMITS, **lows)
    alone = take(store, tmp_path / "in", low)
    with Store.open(None) as other:
        sheet = take(other, tmp_path / "in", low, readers=2)
    assert sheet.loaded == 1
    assert sheet.rejections == alone.rejections
    named = {r["file"].split("/")[1]: setting_named_in(r["remedy"]) for r in sheet.rejections}
    assert named == {name: (variable(name), value) for name, value in lows.items()}


def test_a_cell_of_a_workbook_is_measured_as_one_of_a_csv(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "in/a.xlsx", _with_long_cell())
    limits = Limits(table_cell_characters=1_000)
    [rejection] = take(store, tmp_path / "in", limits).rejections
    assert (rejection["code"], rejection["location"]) == ("too_large", "Sheet!A2")
    assert names_its_setting(rejection, "table_cell_characters", limits)
    assert take(store, tmp_path / "in", DEFAULT_LIMITS).rejections == []


def test_a_text_longer_than_the_parser_takes_by_itself_can_be_let_in(
    store: Store, tmp_path: Path
) -> None:
    write(
        tmp_path, "in/a.xml", provider_xml(f"<additionalInfo>{'a ' * 5_100_000}</additionalInfo>")
    )
    [rejection] = take(store, tmp_path / "in", DEFAULT_LIMITS).rejections
    assert names_its_setting(rejection, "xml_text_characters", DEFAULT_LIMITS)
    raised = Limits(xml_text_characters=20_000_000)
    assert take(store, tmp_path / "in", raised).rejections == []
    deep = provider_xml("<a>" * 300 + "</a>" * 300)
    write(tmp_path, "in/a.xml", deep)  # what the parser then lets in too, no reader walks through
    assert [r["code"] for r in take(store, tmp_path / "in", raised).rejections] == ["too_deep"]


def test_packages_in_packages_keep_names_and_report_numbers(store: Store, tmp_path: Path) -> None:
    inner = package(
        ("991000721.xml", provider_xml()), ("bomb.zip", package(("a", b"0" * 9_000_000)))
    )
    write(tmp_path, "in/outer.zip", package(("folder/inner.zip", inner)))
    sheet = take(store, tmp_path / "in", Limits(package_levels=3), largest_file_bytes=1_000_000)
    [rejection] = sheet.rejections  # all levels share what may be unpacked
    assert rejection["file"] == "in/outer.zip!/folder/inner.zip!/bomb.zip!/a"
    assert setting_named_in(rejection["remedy"]) == ("WORKBENCH_LARGEST_FILE_BYTES", 1_000_000)
    numbers = store.query("SELECT report_number FROM analyst.referral ORDER BY 1")[1]
    assert numbers == [("991000721",), (str(GOOD),)]


def test_a_reader_that_needs_more_memory_says_which_setting_gives_it(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "in/a.json", police_text("991000731", biography="text " * 24_000_000))
    low = Limits(reader_memory_bytes=256 * 1024**2)
    sheet = take(store, tmp_path / "in", low, readers=2)
    [rejection] = sheet.rejections
    assert rejection["code"] == "too_large_inside"
    assert names_its_setting(rejection, "reader_memory_bytes", low)
    assert sheet.loaded == 1


def test_a_pdf_has_the_memory_of_its_own_setting_whatever_its_reader_has(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "in/a.pdf", _wide_pdf())  # takes more than the 256 MiB of its reader
    little = 256 * 1024**2
    sheet = take(store, tmp_path / "in", Limits(reader_memory_bytes=little), readers=2)
    assert (sheet.rejections, sheet.loaded) == ([], 2)
    low = Limits(reader_memory_bytes=little, pdf_memory_bytes=little)
    [rejection] = take(store, tmp_path / "in", low, readers=2).rejections
    assert names_its_setting(rejection, "pdf_memory_bytes", low)


def test_a_long_list_of_rejections_says_which_setting_lists_more(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "in/a.csv", archive_csv(*(archive_row("") for _ in range(5))))
    sheet = take(store, tmp_path / "in", Limits(rejections_listed=2))
    assert (sheet.rejected, len(sheet.rejections)) == (5, 3)
    assert variable("rejections_listed") in sheet.rejections[-1]["message"]
    assert len(take(store, tmp_path / "in", DEFAULT_LIMITS).rejections) == 5


class TestAStall:
    """A reader that never comes back, in a process that reads for the import."""

    @pytest.fixture(autouse=True)
    def _stalling(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, "stalling.py", _STALLING)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def take(self, store: Store, folder: Path, limits: Limits) -> CountSheet:
        return import_paths(
            store,
            [folder],
            connectors=(),
            recipe=Recipe("stalling:connectors", limits=limits),
            settings=Settings(limits=limits, readers=2),
        )

    @pytest.mark.parametrize("how", ["sleeps", "spins", "searches"])
    def test_is_one_rejection_and_the_others_are_read(
        self, store: Store, tmp_path: Path, how: str
    ) -> None:
        write(tmp_path, f"in/{how}.json", police_json(991000740))
        for number in range(991000741, 991000745):
            write(tmp_path, f"in/{number}.json", police_json(number))
        limits = Limits(seconds_without_result=1)
        sheet = self.take(store, tmp_path / "in", limits)
        assert (sheet.read, sheet.loaded, sheet.rejected) == (5, 4, 1)
        [rejection] = sheet.rejections
        assert (rejection["file"], rejection["code"]) == (f"in/{how}.json", "took_too_long")
        assert rejection["message"]
        assert names_its_setting(rejection, "seconds_without_result", limits)

    def test_in_a_package_costs_its_member_only(self, store: Store, tmp_path: Path) -> None:
        members = [(f"{n}.json", police_text(n)) for n in (991000751, 991000752)]
        write(
            tmp_path, "in/a.zip", package(members[0], ("sleeps.json", police_text(1)), members[1])
        )
        sheet = self.take(store, tmp_path / "in", Limits(seconds_without_result=1))
        assert (sheet.loaded, sheet.rejected) == (2, 1)
        assert sheet.rejections[0]["file"] == "in/a.zip!/sleeps.json"

    def test_is_none_while_results_come(self, store: Store, tmp_path: Path) -> None:
        for number in range(991000760, 991000766):  # each takes 0.4 seconds, together too long
            write(tmp_path, f"in/slow_{number}.json", police_json(number))
        sheet = self.take(store, tmp_path / "in", Limits(seconds_without_result=2))
        assert (sheet.loaded, sheet.rejected) == (6, 0)


_STALLING = """
import re, time
from connectors.cybertipline_json.reader import CyberTiplineJson

class Stalling(CyberTiplineJson):
    def read(self, file, unread):
        if "sleeps" in file.name:
            time.sleep(3600)
        while "spins" in file.name:
            pass
        if "searches" in file.name:  # no line of Python is reached in an hour
            re.match("(a|aa)+$", "a" * 90 + "b")
        if "slow" in file.name:
            time.sleep(0.4)
        yield from super().read(file, unread)

def connectors(column_maps, pdf_passwords, limits):
    return (Stalling(limits),)
"""


class TestTheSettings:
    def test_reach_the_readers_from_the_environment(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WORKBENCH_LIMITS__PACKAGE_MEMBERS", "1")
        monkeypatch.setenv("WORKBENCH_LIMITS__XML_TEXT_CHARACTERS", "1000")
        write(tmp_path, "in/a.zip", _members())  # packed: read by a process of its own
        write(tmp_path, "in/a.xml", CASES["xml_text_characters"].content())
        paths = [tmp_path / "in"]
        sheet = take_in(store, paths, Settings(), imported_by="me", report_progress=lambda _: None)
        named = {setting_named_in(rejection["remedy"]) for rejection in sheet.rejections}
        assert named == {
            ("WORKBENCH_LIMITS__PACKAGE_MEMBERS", 1),
            ("WORKBENCH_LIMITS__XML_TEXT_CHARACTERS", 1_000),
        }

    @pytest.mark.parametrize("name", [one.name for one in fields(Limits)])
    def test_that_would_let_nothing_in_or_are_no_limit_are_refused(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        bounds = next(one.metadata for one in fields(Limits) if one.name == name)
        for value in (bounds["least"], bounds["most"]):
            monkeypatch.setenv(variable(name), str(value))
            assert getattr(read_settings().limits, name) == value
        for wrong in ("0", str(bounds["most"] + 1), "1" + "0" * 20, "nan", "inf", "-inf"):
            monkeypatch.setenv(variable(name), wrong)
            with pytest.raises(UserError, match=variable(name)) as caught:
                read_settings()
            if wrong.isdigit():
                said = f"at least {bounds['least']:,} and at most {bounds['most']:,}."
                assert said in str(caught.value)

    def test_at_their_most_let_a_file_in(self, store: Store, tmp_path: Path) -> None:
        for name, case in CASES.items():
            write(tmp_path, f"in/{name}/{case.name}", case.content())
        most = Limits(**{one.name: one.metadata["most"] for one in fields(Limits)})
        sheet = take(store, tmp_path / "in", most, readers=2, largest_file_bytes=2**40)
        assert sheet.rejections == []
        assert sheet.read == 1 + sum(case.loaded for case in CASES.values())

    @pytest.mark.parametrize(
        ("name", "most"),
        [
            ("drop_interval_seconds", 86_400),
            ("drop_settle_seconds", 86_400),
            ("batch_size", 100_000),
            ("list_age_limit_days", 36_500),
            ("largest_file_bytes", 2**40),
            ("readers", 64),
            ("port", 65_535),
        ],
    )
    def test_beyond_any_use_are_refused_by_name(
        self, monkeypatch: pytest.MonkeyPatch, name: str, most: int
    ) -> None:
        setting = f"WORKBENCH_{name.upper()}"
        monkeypatch.setenv(setting, str(most))
        assert getattr(read_settings(), name) == most
        for wrong in (str(most + 1), "inf", "nan"):
            monkeypatch.setenv(setting, wrong)
            with pytest.raises(UserError, match=setting):
                read_settings()

    def test_that_are_numbers_have_a_most(self) -> None:
        boundless = [
            name
            for name, setting in Settings.model_fields.items()
            if setting.annotation in {int, float}
            and not any(hasattr(bound, "le") for bound in setting.metadata)
        ]
        assert boundless == []

    def test_of_packages_in_packages_end_before_the_stack_does(
        self, store: Store, tmp_path: Path
    ) -> None:
        content = police_text("991000722").encode()
        for _ in range(60):
            content = package(("a.zip", content))
        write(tmp_path, "in/a.zip", content)
        limits = Limits(package_levels=50)
        [rejection] = take(store, tmp_path / "in", limits).rejections
        assert rejection["code"] == "nested_package"
        assert names_its_setting(rejection, "package_levels", limits)

    def test_that_do_not_exist_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WORKBENCH_LIMITS__PDF_PAGE", "9")
        with pytest.raises(ValidationError, match="pdf_page"):
            Settings()

    def test_stand_in_the_readme_as_they_are(self) -> None:
        listed = re.findall(
            r"^\| `(WORKBENCH_L\w+)` \| (\S+) \| (.+) \|$", README.read_text(), re.MULTILINE
        )
        largest = Settings.model_fields["largest_file_bytes"]
        wanted = [("WORKBENCH_LARGEST_FILE_BYTES", f"{largest.default:,}", largest.description)]
        wanted += [
            (variable(one.name), f"{one.default:,}", one.metadata["says"]) for one in fields(Limits)
        ]
        assert listed == wanted

    @pytest.mark.parametrize(
        ("name", "value", "says"),
        [
            ("WORKBENCH_LIMITS__PDF_PAGES", "0", "WORKBENCH_LIMITS__PDF_PAGES is at least 1"),
            ("WORKBENCH_LIMITS__PDF_PAGE", "4711", "WORKBENCH_LIMITS__PDF_PAGE"),
            ("WORKBENCH_LARGEST_FILE_BYTES", "1" + "0" * 20, "WORKBENCH_LARGEST_FILE_BYTES"),
            ("WORKBENCH_PDF_PASSWORDS", "invented-secret", "pdf_passwords"),
        ],
    )
    def test_that_cannot_be_used_are_named_without_their_value(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
    ) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(UserError, match=says) as caught:
            read_settings()
        assert caught.value.remedy
        assert value == "0" or value not in str(caught.value)
