"""Hostile and broken input through the public door: each file ends as a rejection that says where,
why and what to do, or as a load with a note; the good report beside it is always loaded."""

import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import police_json, provider_xml, write
from tests.hostile import (
    ARCHIVE_HEADERS,
    CENTRAL,
    END,
    GOOD,
    LOCAL,
    archive_csv,
    archive_row,
    attack,
    forged_workbook,
    lying,
    notes,
    package,
    police_text,
    raw_row,
    take,
    workbook,
)
from workbench.model.limits import DEFAULT_LIMITS
from workbench.store.connection import Store

pytestmark = pytest.mark.usefixtures("no_hang")
MOST_LISTED = DEFAULT_LIMITS.rejections_listed

LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
LAUGHS = f'<!DOCTYPE report [<!ENTITY a0 "ha">{LAUGHS}]>'
ESP = '{"reportId": "991000001", "reportedInformation": {"reportingEsp": %s}}'

REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "entity expansion": ("a.xml", LAUGHS + provider_xml("<additionalInfo>&a9;</additionalInfo>"), "dtd_forbidden"),
    "entity expansion in UTF-16": ("a.xml", (LAUGHS + provider_xml()).encode("utf-16"), "dtd_forbidden"),
    "entity expansion behind a prologue": (
        "a.xml",
        "<?xml version='1.0'?>" + "<?a?> <!-- b -->\n" * 5_000 + LAUGHS + provider_xml(),
        "dtd_forbidden",
    ),
    "external entity": (
        "a.xml",
        '<!DOCTYPE report [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + provider_xml("<additionalInfo>&a;</additionalInfo>"),
        "dtd_forbidden",
    ),
    "external DTD": ("a.xml", '<!DOCTYPE report SYSTEM "http://192.0.2.1/a.dtd">' + provider_xml(), "dtd_forbidden"),
    "entity nobody declared": ("a.xml", provider_xml("<additionalInfo>&a;</additionalInfo>"), "not_well_formed"),
    "deep XML": ("a.xml", provider_xml("<a>" * 10_000 + "</a>" * 10_000), "too_deep"),
    "gigantic XML text": ("a.xml", provider_xml(f"<additionalInfo>{'a' * 11_000_000}</additionalInfo>"), "too_large"),
    "gigantic XML name": ("a.xml", provider_xml(f"<{'a' * 100_000}/>"), "too_large"),
    "crowded element": (
        "a.xml",
provider_xml("<additionalInfo " + " ".join(f"a{i}=''" for i in range(30_000)) + "/>"),
        "too_large",
    ),
    "overfull XML": ("a.xml", provider_xml("<a/>" * 2_100_000), "too_large"),
    "bytes that are no UTF-8 in XML": ("a.xml", provider_xml("<additionalInfo>X</additionalInfo>").encode().replace(b"X", b"\xff\x80"), "encoding"),
    "no such encoding": ("a.xml", '<?xml version="1.0" encoding="no-such"?>' + provider_xml(), "encoding"),
    "surrogate in XML": ("a.xml", provider_xml("<additionalInfo>&#xD800;</additionalInfo>"), "not_well_formed"),
    "half of UTF-16": ("a.json", police_text().encode("utf-16")[:-1], "encoding"),
    "not well-formed XML": ("a.xml", "<report><incidentSummary></report>", "not_well_formed"),
    "two documents in one XML": ("a.xml", provider_xml() * 2, "not_well_formed"),
    "doubled key": ("a.json", police_text().replace('"informational"', '"reportId": "2", "informational"'), "duplicate_key"),
    "doubled key behind a million others": (
        "a.json",
        ESP % ("{" + ",".join(f'"k{i}":1' for i in range(300_000)) + ',"k299999":2}'),
        "duplicate_key",
    ),
    "NaN": ("a.json", ESP % '{"espName": NaN}', "not_well_formed"),
    "infinity": ("a.json", ESP % '{"espName": -Infinity}', "not_well_formed"),
    "10,000 levels": ("a.json", ESP % ("[" * 10_000 + "]" * 10_000), "too_deep"),
    "10,000 levels, never closed": ("a.json", ESP.partition("%s")[0] + '{"a":' * 10_000, "too_deep"),
    "overfull JSON": ("a.json", ESP % ("[" + ",".join(["{}"] * 3_000_000) + "]"), "too_large"),
    "bytes that are no UTF-8 in JSON": ("a.json", police_text().encode()[:-9] + b"\xff\xfe\x80" + b'"}]}}}', "encoding"),
    "media under a report's name": ("a.json.exe", b"MZ\x90\x00", "not_a_report"),
    "text that begins with a quotation mark": ("a.dat", '"' + "a" * 300_000, "not_a_report"),
    "endless line": ("a.csv", "a;" * 1_000_000, "too_large"),
    "open quotation mark": ("a.csv", archive_csv(archive_row("991000001"), archive_row("991000002", '"Prov')), "not_well_formed"),
    "table without a map": ("a.csv", "one;two\n1;2\n", "no_column_map"),
    "column twice": ("a.csv", archive_csv().replace("Received", "Report number;Received"), "duplicate_header"),
    "bytes in a table": ("a.csv", archive_csv(archive_row("991000001", "\x00\x01")), "not_a_report"),
    "too many cells": ("a.csv", archive_csv(archive_row("991000001", "A; B")), "row_too_long"),
    "unknown decision": ("a.csv", archive_csv(archive_row("991000001").replace("Importert", "Kanskje")), "row_unknown_word"),
    "shortened number": ("a.csv", archive_csv(archive_row("9,91E+08")), "row_number_shortened"),
    "not a workbook": ("a.xlsx", b"PK\x03\x04 broken", "not_well_formed"),
    "workbook with a DTD": ("a.xlsx", forged_workbook(prologue=LAUGHS.encode()), "dtd_forbidden"),
    "workbook packed a thousandfold": ("a.xlsx", forged_workbook(b"<row/>" * 1_100_000), "too_large"),
    "workbook of one endless cell": (
        "a.xlsx",
        forged_workbook(raw_row(2, "9" * 3_000_000)),
        "too_large",
    ),
    "workbook of unused texts": ("a.xlsx", forged_workbook(texts=b"<si/>" * 1_100_000), "too_large"),
    "workbook with no such text": ("a.xlsx", forged_workbook(raw_row(2, "991000001", b'<c r="B2" t="s"><v>99</v></c>')), "not_well_formed"),
    "encrypted member": ("a.zip", lying(package(("a.json", "{}")), CENTRAL, 8, "<H", 1), "encrypted"),
    "package in a package": ("a.zip", package(("inner.zip", package(("a.json", police_text())))), "nested_package"),
    "package cut short": ("a.zip", package(("a.json", police_text()))[:-10], "not_well_formed"),
    "package that says too little": ("a.zip", lying(package(("a.json", police_text())), CENTRAL, 24, "<I", 10), "not_well_formed"),
    "package with another checksum": ("a.zip", lying(package(("a.json", police_text())), CENTRAL, 16, "<I", 1), "not_well_formed"),
    "package packed in no known way": ("a.zip", lying(package(("a.json", police_text())), CENTRAL, 10, "<H", 77), "not_well_formed"),
    "package whose member is elsewhere": ("a.zip", lying(package(("a.json", police_text())), CENTRAL, 42, "<I", 2**20), "not_well_formed"),
    "package that counts wrong": ("a.zip", lying(package(("a.json", police_text())), END, 12, "<I", 2**31), "not_well_formed"),
    "package with broken stream": ("a.zip", lying(package(("a.json", police_text())), LOCAL, 40, "<Q", 2**64 - 1), "not_well_formed"),
    "member name that is no text": (
        "a.zip",
        lying(package(("\u00e9.json", police_text())), CENTRAL, 46, "<B", 0xFF),
        "not_well_formed",
    ),
    "member that climbs out": ("a.zip", package(("../../a.json", police_text())), "unsafe_name"),
    "member that climbs out as in Windows": ("a.zip", package(("a\\..\\..\\a.json", police_text())), "unsafe_name"),
    "member at the root": ("a.zip", package(("/etc/a.json", police_text())), "unsafe_name"),
    "member on a drive": ("a.zip", package(("C:\\a.json", police_text())), "unsafe_name"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared_store() -> Iterator[Store]:
    """One store for what leaves nothing in it."""
    with Store.open(None) as opened:
        yield opened


@pytest.mark.parametrize(("name", "content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_is_refused_with_its_reason(
    shared_store: Store, tmp_path: Path, name: str, content: str | bytes, code: str
) -> None:
    sheet = attack(shared_store, tmp_path, name, content)
    assert sheet.loaded + sheet.duplicates >= 1  # the good one
    assert Counter(r["code"] for r in sheet.rejections) == Counter([code])
    assert sheet.rejections[0]["file"].startswith(f"in/{name}")


LOADED: dict[str, tuple[str, str | bytes, str]] = {
    "long prologue before a text that quotes a DTD": (
        "a.xml",
        "<?xml version='1.0'?>" + "<!-- a --> <?b?>" * 5_000 + " " * 100_000
        + provider_xml("<additionalInfo><![CDATA[<!DOCTYPE a>]]></additionalInfo>"),
        "",
    ),
    "inclusion": (
        "a.xml",
        provider_xml('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'),
        "/report/include",
    ),
    "style sheet": ("a.xml", '<?xml-stylesheet href="http://192.0.2.1/a.xsl"?>' + provider_xml(), ""),
    "deep unknown XML": ("a.xml", provider_xml("<a>" * 200 + "</a>" * 200), "/report/a"),
    "huge number": ("a.json", police_text(age="X").replace('"X"', "9" * 100_000), ""),
    "number beyond all": ("a.json", police_text(age="X").replace('"X"', "1e999999999"), ""),
    "long name over many values": ("a.json", police_text(vehicleDescription={"k" * 100_000: ["1"] * 5_000}), ""),
    "text of blanks where a time belongs": ("a.json", json.dumps(police_json(dateReceived="2026" + " " * 300_000 + "x")), ""),
    "text full of half data URIs": ("a.json", police_text(occupation="data:a/b;" * 30_000), ""),
    "control characters": (
        "a.json", police_text(screenName="a\x00b\x1b[31m"), "identifier.value_as_written (control characters replaced)",
    ),
    "turned writing": (
        "a.json", police_text(screenName="\u202egpj.exe"), "identifier.value_as_written (direction of writing turned)",
    ),
    "lone surrogate": (
        "a.json", police_text(screenName="a\ud800"), "identifier.value_as_written (control characters replaced)",
    ),
    "lone surrogate in a name": ("a.json", police_text(**{"a\ud800": 1}), r"reportedInformation.reportedPeople.reportedPersons.a\ud800"),
    "data URI": (
        "a.json",
        police_text(occupation="see data:image/png;base64," + "iVBORw0KGgo" * 20),
        "reportedInformation.reportedPeople.reportedPersons.occupation (data URI)",
    ),
    "formulas in CSV": ("a.csv", archive_csv(archive_row("991000001", '=HYPERLINK("http://192.0.2.1")', "@SUM(1)")), ""),
    "gap of empty columns": ("a.xlsx", forged_workbook(raw_row(2, "991000001", b'<c r="ZZZ2"/>')), ""),
    "hash that is a container": (
        "a.json",
        json.dumps(
            police_json(
                reportedInformation={
                    "reportingEsp": {"espName": "ChatterBox"},
                    "uploadedFiles": [
                        {"metadatas": [{"name": "MD5", "type": "HASH", "value": {"deeper": ["1"]}}]}
                    ],
                }
            )
        ),
        "",
    ),
    "wrong suffix": ("a.jpg", police_text(), ""),
    "table called JSON": ("a.json", archive_csv(archive_row("991000001")), ""),
    "package that says too much": ("a.zip", lying(package(("a.json", police_text())), CENTRAL, 24, "<I", 2**31), ""),
    "package called XML": ("a.xml", package(("a.json", police_text())), ""),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "note"), LOADED.values(), ids=LOADED.keys())
def test_is_loaded_and_what_is_odd_is_noted(
    store: Store, tmp_path: Path, name: str, content: str | bytes, note: str
) -> None:
    sheet = attack(store, tmp_path, name, content)
    assert (sheet.loaded, sheet.rejections) == (2, [])
    assert any(field.startswith(note) for field in notes(sheet)) or not note


class TestText:
    def test_nothing_that_a_report_names_is_read(self, store: Store, tmp_path: Path) -> None:
        secret = write(tmp_path, "secret.txt", "distinctive-secret")
        body = (
            f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
        )
        write(tmp_path, "in/a.xml", provider_xml(f"<additionalInfo>{body}</additionalInfo>"))
        entity = f'<!DOCTYPE report [<!ENTITY a SYSTEM "{secret}">]>'
        write(
            tmp_path,
            "in/b.xml",
            entity + provider_xml("<additionalInfo>&a;</additionalInfo>"),
        )
        take(store, tmp_path / "in")
        texts = store.query("SELECT content FROM referral.text_block")[1]
        assert "distinctive-secret" not in str(texts)

    def test_control_characters_are_replaced_and_direction_is_kept(
        self, store: Store, tmp_path: Path
    ) -> None:
        attack(store, tmp_path, "a.json", police_text(screenName="a\x00b\u202ec\ud800"))
        names = store.query("SELECT value_as_written FROM analyst.identifier")[1]
        assert ("a\ufffdb\u202ec\ufffd",) in names

    def test_one_number_in_many_spellings_is_one_referral(
        self, store: Store, tmp_path: Path
    ) -> None:
        spellings = [
            "991000602",
            "#991000602",
            "CyberTipline Report # 991000602",
            "991 000 602",
            "991.000.602",
            "\u200b991000602\ufeff",
            "\u202a991000602\u202c",
        ]
        for index, spelling in enumerate(spellings):
            write(tmp_path, f"{index}.json", police_text(spelling, age=str(index)))
        sheet = take(store, tmp_path)
        assert (sheet.loaded, sheet.new_versions) == (1, len(spellings) - 1)
        assert store.query("SELECT DISTINCT report_number FROM analyst.referral")[1] == [
            ("991000602",)
        ]

    def test_a_file_of_nothing_but_refusals_is_counted_and_listed_in_part(
        self, store: Store, tmp_path: Path
    ) -> None:
        rows = ";1.2.2026 10:00;P;Importert;Kari;a\n" * (MOST_LISTED + 500)
        sheet = attack(store, tmp_path, "a.csv", archive_csv(rows))
        assert sheet.rejected == MOST_LISTED + 500
        assert len(sheet.rejections) == MOST_LISTED + 1
        assert sheet.rejections[-1]["message"] == (
            "500 more of this file for the same reason (row_without_number); "
            "WORKBENCH_LIMITS__REJECTIONS_LISTED, now 1,000, says how many are listed."
        )

    @pytest.mark.parametrize("make", [police_text, provider_xml], ids=["JSON", "XML"])
    def test_a_file_cut_short_anywhere_is_refused(
        self, store: Store, tmp_path: Path, make: Callable[[], str]
    ) -> None:
        whole = make().encode()
        for length in range(0, len(whole), 5):
            write(tmp_path, f"in/{length}.txt", whole[:length])
        sheet = take(store, tmp_path / "in")
        assert (sheet.loaded, sheet.rejected) == (0, len(range(0, len(whole), 5)))
        codes = {r["code"] for r in sheet.rejections}
        assert codes == {"empty_file", "not_a_report", "not_well_formed"}


class TestWorkbooks:
    def test_formulas_and_merged_cells_are_pointed_at(self, store: Store, tmp_path: Path) -> None:
        rows = [
            ARCHIVE_HEADERS,
            ["991000001", "1.2.2026", "=A1", "Importert", "Kari", "a"],
            ["991000002", "1.2.2026", "P", "Importert", "Kari", "a"],
            [None, "1.2.2026", "P", "Importert", "Kari", "a"],
        ]
        sheet = attack(store, tmp_path, "a.xlsx", workbook(rows, merged=["A3:A4"]))
        aside = {row["kind"]: row["reason"] for row in sheet.set_aside}
        assert aside["formula_without_result"].endswith(": C2")
        assert aside["merged_cells"].endswith(": A3:A4")
        assert [r["code"] for r in sheet.rejections] == ["row_without_number"]

    def test_a_day_that_became_a_number_is_no_day(self, store: Store, tmp_path: Path) -> None:
        rows = [ARCHIVE_HEADERS, ["991000001", 45261, "P", "Importert", "Kari", "a"]]
        sheet = attack(store, tmp_path, "a.xlsx", workbook(rows))
        assert "Received (a number where a day belongs)" in notes(sheet)
        found = store.query(
            "SELECT received_at, received_at_as_written FROM referral.report_version "
            "WHERE report_number = '991000001'"
        )[1]
        assert found == [(None, "45261")]

    def test_a_row_far_below_ends_the_sheet_and_keeps_what_stands_above(
        self, store: Store, tmp_path: Path
    ) -> None:
        forged = forged_workbook(raw_row(2, "991000001"), raw_row(2_000_000_000, "991000002"))
        sheet = attack(store, tmp_path, "a.xlsx", forged)
        assert (sheet.loaded, [r["code"] for r in sheet.rejections]) == (2, ["too_large"])

    def test_wide_rows_have_an_end(self, store: Store, tmp_path: Path) -> None:
        rows = [raw_row(n, str(991000000 + n), b'<c r="ZZZ%d"/>' % n) for n in range(2, 20_000)]
        sheet = attack(store, tmp_path, "a.xlsx", forged_workbook(*rows))
        assert [r["code"] for r in sheet.rejections] == ["too_large"]


_CHILD = """
import json, sys
from pathlib import Path
from connectors.registry import connectors
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.connection import Store

with Store.open(None) as store:
    sheet = import_paths(store, [Path(sys.argv[1])], connectors=connectors(None), settings=Settings())
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps({"peak_kb": int(peak.split()[1]), "loaded": sheet.loaded, "codes": sorted(r["code"] for r in sheet.rejections)}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_small_files_do_not_take_much_memory(tmp_path: Path) -> None:
    """Each of these took gigabytes, or would have taken all there is."""
    items = ",".join(["1"] * 20_000)
    report = json.dumps(police_json(991000001))
    write(tmp_path, "in/name.json", '{"' + "k" * 200_000 + f'": [{report}, {items}]}}')
    write(
        tmp_path,
        "in/deep_name.json",
        police_text(991000002, vehicleDescription={"k" * 300_000: ["1"] * 20_000}),
    )
    write(tmp_path, "in/braces.json", ESP % ("[" + ",".join(["{}"] * 9_000_000) + "]"))
    write(tmp_path, "in/bomb.zip", package(("a.json", b" " * 280_000_000)))
    write(tmp_path, "in/bomb.xlsx", forged_workbook(b"<row><c><v>1</v></c></row>" * 2_000_000))
    write(
        tmp_path,
        "in/persons.xml",
        provider_xml(
            "<personOrUserReported><espIdentifier>1</espIdentifier></personOrUserReported>"
            * 100_000
        ),
    )
    write(tmp_path, "in/zz_good.json", police_json(GOOD))
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path / "in")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    )
    said = json.loads(child.stdout)
    assert said["loaded"] == 4
    assert Counter(said["codes"]) == {"not_a_report": MOST_LISTED + 1, "too_large": 3}
    assert said["peak_kb"] < 1_000_000
