"""The inbox: some 300 invented referrals as they reach a unit, all formats, messy on purpose."""

import copy
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath

from lxml import etree

from sample_data.case import Case
from sample_data.compose import HABITS, SCENARIOS, Composer
from sample_data.further_copies import older_copy, pdf_copy, stated_processed
from sample_data.invent import Inventor
from sample_data.kinds import LOADED as LOADED_OF_OTHER_KINDS
from sample_data.kinds import kind_files
from sample_data.mess import OddFile, complete_files, odd_files
from sample_data.police_json import PoliceJson
from sample_data.provider_xml import ProviderXml
from sample_data.tables import FIXED_MOMENT, decided_list, spreadsheet, weekly_list

FIRST_NUMBER = 991000001
ENCODINGS = {"utf-8": 12.0, "utf-8-sig": 3.0, "utf-16": 1.5}
TABLE_STORY = "plain_image"
TABLE_SIZES = {"weekly": 14, "spreadsheet": 12, "decided": 12}
PACKAGE_SIZE = 14
DOUBLED = 3
CHANGED = 3
FURTHER = 2  # an older copy that arrives late, and the PDF of a report that is here as JSON
PDF_STORY = "carrier_address"


@dataclass(slots=True)
class Inbox:
    """Which referral comes in which form."""

    json_cases: list[Case] = field(default_factory=list)
    xml_cases: list[Case] = field(default_factory=list)
    package_cases: list[Case] = field(default_factory=list)
    table_cases: dict[str, list[Case]] = field(default_factory=dict)
    odd: list[OddFile] = field(default_factory=list)

    @property
    def loaded(self) -> int:
        """How many referrals an import of everything loads."""
        tables = sum(len(cases) for cases in self.table_cases.values())
        whole = sum(file.outcome == "loaded" for file in self.odd)
        reports = len(self.json_cases) + len(self.xml_cases) + len(self.package_cases)
        return reports + tables + whole + LOADED_OF_OTHER_KINDS

    @property
    def rejected(self) -> list[str]:
        """The code of each rejection; the last one is the weekly list's line without a number."""
        return [
            *(file.code for file in self.odd if file.outcome == "rejected"),
            "row_without_number",
        ]


def write_inbox(folder: Path, *, today: date, seed: int = 7) -> Path:
    """Write the inbox below `folder`, everything dated relative to `today`."""
    for path, content in inbox_files(today=today, seed=seed):
        target = folder.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def plan_inbox(*, today: date, seed: int = 7) -> Inbox:
    """Invent the referrals and share them out among the forms."""
    inventor = Inventor(seed)
    cases = Composer(inventor, today).all_cases()
    for place, case in enumerate(cases):
        case.report_number = str(FIRST_NUMBER + place)
    inbox = Inbox()
    plain = [case for case in cases if case.story == TABLE_STORY]
    for table, size in TABLE_SIZES.items():
        inbox.table_cases[table], plain = plain[:size], plain[size:]
    in_tables = {case.report_number for table in inbox.table_cases.values() for case in table}
    told: Counter[str] = Counter()
    for case in cases:
        if case.report_number not in in_tables:
            told[case.story] += 1
            _choose_form(inbox, case, inventor, is_odd=bool(told[case.story] % 2))
    numbers = [str(FIRST_NUMBER + len(cases) + place) for place in range(6)]
    moments = {
        "incident": _iso(cases[-1].incident_at),
        "received": _iso(cases[-1].received_at),
        "last_year": _iso(cases[-1].incident_at - timedelta(days=350)),
    }
    inbox.odd = odd_files(moments["incident"], numbers[:4]) + complete_files(moments, numbers[4:])
    return inbox


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _choose_form(inbox: Inbox, case: Case, inventor: Inventor, *, is_odd: bool) -> None:
    """Tags and flags have fields in XML only: of such stories every other report comes as XML."""
    tells_more = (
        case.annotations
        or case.batched_reason
        or case.escalation
        or case.police_agency
        or case.suspect.is_compromised
        or any(file.flags for file in case.files)
    )
    is_xml = is_odd if tells_more else inventor.chance(HABITS[case.provider]["xml"])
    form = SCENARIOS["story"][case.story].get("form", "xml" if is_xml else "json")
    if form == "xml":
        inbox.xml_cases.append(case)
    elif len(inbox.package_cases) < PACKAGE_SIZE and inventor.chance(0.12):
        inbox.package_cases.append(case)
    else:
        inbox.json_cases.append(case)


def inbox_files(*, today: date, seed: int = 7) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file of the inbox with its path."""
    inbox = plan_inbox(today=today, seed=seed)
    inventor = Inventor(seed + 1)
    police_json, provider_xml = PoliceJson(inventor), ProviderXml(inventor)
    documents: dict[str, bytes] = {}
    for case in inbox.json_cases:
        documents[case.report_number] = _json_bytes(police_json.document(case), inventor)
        yield _json_path(case, inventor), documents[case.report_number]
    for case in inbox.xml_cases:
        yield from _xml_files(case, provider_xml, inventor)
    yield from _updates(inbox, documents, police_json, inventor)
    printed = _has_pdf(inbox)
    yield PurePosixPath("pdf") / f"CyberTipline_{printed.report_number}.pdf", pdf_copy(printed)
    yield (
        PurePosixPath("packages/ncmec_week.zip"),
        _package(inbox, police_json, provider_xml, inventor),
    )
    tables = inbox.table_cases
    yield PurePosixPath("tables/ukeliste.csv"), weekly_list(tables["weekly"])
    yield PurePosixPath("tables/provider_reports.xlsx"), spreadsheet(tables["spreadsheet"])
    yield PurePosixPath("tables/decided_lately.csv"), decided_list(tables["decided"], inventor)
    yield from ((file.path, file.content) for file in inbox.odd)
    yield from kind_files(today=today, seed=seed + 2)


def _has_pdf(inbox: Inbox) -> Case:
    """Return the referral that comes as JSON and as PDF, which disagree about a birthday."""
    return next(
        case
        for case in inbox.json_cases
        if case.story == PDF_STORY and case.suspect.date_of_birth is not None
    )


def _json_path(case: Case, inventor: Inventor) -> PurePosixPath:
    name = inventor.pick(("{}.json", "{}.json", "CyberTipline_{}.json", "{}_export.txt"))
    return PurePosixPath("json") / name.format(case.report_number)


def _json_bytes(document: dict[str, object], inventor: Inventor) -> bytes:
    indent = inventor.pick((2, None, 4))
    text = json.dumps(document, indent=indent, ensure_ascii=inventor.chance(0.5))
    return text.encode(inventor.weighted(ENCODINGS))


def _xml_files(
    case: Case, writer: ProviderXml, inventor: Inventor
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """A folder a report: the report, and one document a file."""
    folder = PurePosixPath("providers") / case.report_number
    yield folder / "report.xml", _xml_bytes(writer.report(case), inventor)
    for number, file in enumerate(case.files, start=1):
        details = writer.file_details(case, file)
        yield folder / f"file_{number:02d}.xml", _xml_bytes(details, inventor)


def _xml_bytes(root: etree._Element, inventor: Inventor) -> bytes:
    encoding = inventor.weighted(ENCODINGS)
    if encoding == "utf-8-sig":
        return b"\xef\xbb\xbf" + etree.tostring(root, pretty_print=True, encoding="utf-8")
    text = etree.tostring(root, pretty_print=True, encoding="unicode")
    return f'<?xml version="1.0" encoding="{encoding.upper()}"?>\n{text}'.encode(encoding)


def _updates(
    inbox: Inbox, documents: dict[str, bytes], writer: PoliceJson, inventor: Inventor
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Some reports a second time: unchanged, or with something that NCMEC has added."""
    chosen = [case for case in inbox.json_cases if case.story == "sextortion"]
    chosen += [case for case in inbox.json_cases if case.story == "plain_image"]
    folder = PurePosixPath("updates")
    for case in chosen[:DOUBLED]:
        yield folder / f"{case.report_number}_again.json", documents[case.report_number]
    late = chosen[DOUBLED]
    for case in chosen[DOUBLED : DOUBLED + CHANGED]:
        newer = copy.deepcopy(case)
        newer.priority = "1"
        newer.analyst_note = "NCMEC staff raised the priority after a second look."
        document = writer.document(newer)
        if case is late:
            document = stated_processed(document, case.received_at + timedelta(days=2))
            older = json.dumps(older_copy(case, document)).encode()
            # Files are read in the order of their names: this one after the update.
            yield folder / f"{case.report_number}_weeks_later.json", older
        content = _json_bytes(document, inventor)
        yield folder / f"{case.report_number}_updated.json", content


def _package(
    inbox: Inbox, police_json: PoliceJson, provider_xml: ProviderXml, inventor: Inventor
) -> bytes:
    """One ZIP as a unit downloads it: reports of both kinds, and members nobody here may open."""
    members: list[tuple[PurePosixPath, bytes]] = []
    for place, case in enumerate(inbox.package_cases):
        if place % 2:
            document = _json_bytes(police_json.document(case), inventor)
            members.append((PurePosixPath(case.report_number) / "report.json", document))
        else:
            members += [
                (path.relative_to("providers"), content)
                for path, content in _xml_files(case, provider_xml, inventor)
            ]
    # Random bytes under media names, with the first bytes such files have.
    members.append(
        (PurePosixPath("media/IMG_0001.jpg"), b"\xff\xd8\xff\xe0" + inventor.random.randbytes(400))
    )
    members.append(
        (PurePosixPath("media/clip.mp4"), b"\0\0\0\x18ftypmp42" + inventor.random.randbytes(400))
    )
    members.append((PurePosixPath("readme.txt"), b"Downloaded by the duty officer.\r\n"))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for path, content in members:
            member = zipfile.ZipInfo(str(path), FIXED_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    return written.getvalue()
