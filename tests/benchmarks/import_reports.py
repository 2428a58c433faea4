"""How much an import costs above the floor: parsing the same files and visiting every node.

    python tests/benchmarks/import_reports.py [reports of each format]

Prints one ratio per format. Floor and import run in one process, on one core, on the same files.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from connectors.registry import connectors
from workbench.intake.importer import import_paths
from workbench.settings import Settings
from workbench.store.connection import Store

AIM = 4.0


def police_json(number: int) -> dict[str, Any]:
    """One invented police JSON of ordinary size: two parties, four addresses, three files."""
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"

    def captures(count: int, event: str) -> dict[str, Any]:
        return {
            "sourceCaptures": [
                {
                    "captureType": "IP Address",
                    "value": f"192.0.2.{(number + n) % 250}",
                    "eventName": event,
                    "dateTime": f"{day}T{n:02d}:14:{number % 60:02d}Z",
                    "port": 40000 + number % 9999,
                    "possibleProxy": False,
                    "valueType": None,
                }
                for n in range(count)
            ]
        }

    person = {
        "id": number,
        "firstName": "Example",
        "lastName": f"Person{number}",
        "dateOfBirth": None,
        "approximateAge": 31,
        "espUserId": f"cb:{number}",
        "espService": "ChatterBox",
        "screenName": {"value": f"river_{number}"},
        "displayNames": {"displayNames": [{"value": f"River {number}"}]},
        "emails": {"emails": [{"value": f"river.{number}@example.org", "verified": True}]},
        "phones": {"phones": [{"value": f"+47400{number % 100000:05d}", "verified": None}]},
        "addresses": None,
        "accessToChildren": "N/A",
        "sourceInformation": captures(4, "LOGIN"),
    }
    files = [
        {
            "filename": f"{number}-{n}.jpg",
            "originalFilename": f"IMG_{n}.jpg",
            "verificationHash": f"{number * 10 + n:032x}",
            "viewedByEsp": [True, False, None][n],
            "industryClassification": "B2",
            "ncmecTags": {"groups": [{"tags": [{"value": "Apparent"}]}]},
            "sourceInformation": captures(1, "UPLOAD"),
        }
        for n in range(3)
    ]
    return {
        "reportId": number,
        "informational": False,
        "dateReceived": f"{day}T18:00:00Z",
        "reportedInformation": {
            "reportingEsp": {"espName": "ChatterBox", "lastName": None},
            "incidentSummary": {
                "incidentType": "Online Enticement of Children for Sexual Acts",
                "incidentDateTime": f"{day}T12:00:00Z",
                "platform": "ChatterBox",
            },
            "reportedPeople": {"reportedPersons": [person]},
            "intendedRecipients": {"intendedRecipients": [{"screenName": {"value": f"leaf_{number}"}}]},
            "childVictims": None,
            "uploadedFiles": {"uploadedFiles": files},
            "additionalInformations": [{"value": f"Invented narrative of report {number}. " * 8}],
        },
        "additionalNcmecInformation": {
            "priority": {"priorityId": "E", "value": "not ranked"},
            "ncmecClassification": "Online Enticement",
        },
    }  # fmt: skip


def provider_xml(number: int) -> bytes:
    """One invented provider report of ordinary size: three parties, six addresses."""
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"

    def events(count: int) -> str:
        return "".join(
            f"<ipCaptureEvent><ipAddress>198.51.100.{(number + n) % 250}</ipAddress>"
            f"<eventName>Login</eventName><dateTime>{day}T{n:02d}:14:{number % 60:02d}.000Z</dateTime>"
            f"<possibleProxy>false</possibleProxy><port>{40000 + number % 9999}</port></ipCaptureEvent>"
            for n in range(count)
        )

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary><incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<platform>ChatterBox</platform><reportAnnotations><sextortion/></reportAnnotations>
<incidentDateTime>{day}T12:00:00Z</incidentDateTime></incidentSummary>
<internetDetails><chatImIncident><chatClient>ChatterBox</chatClient><content>{"Invented line. " * 12}</content>
</chatImIncident></internetDetails>
<reporter><reportingPerson><firstName>Trust</firstName><lastName>Desk</lastName>
<email>desk@example.org</email></reportingPerson><companyTemplate>Invented template text.</companyTemplate></reporter>
<personOrUserReported><personOrUserReportedPerson><firstName>Example</firstName><lastName>Person{number}</lastName>
<phone type="Mobile" verified="true" countryCallingCode="+47">400{number % 100000:05d}</phone>
<email verified="true">river.{number}@example.org</email><age>31</age></personOrUserReportedPerson>
<espIdentifier>cb:{number}</espIdentifier><espService>ChatterBox</espService><screenName>river_{number}</screenName>
<displayName>River {number}</displayName><profileUrl>https://example.org/river_{number}</profileUrl>{events(4)}
<priorCTReports>{number - 1}</priorCTReports></personOrUserReported>
<intendedRecipient><intendedRecipientPerson/><espIdentifier>cb:{number}9</espIdentifier>{events(1)}</intendedRecipient>
<victim><victimPerson><age>13</age></victimPerson><screenName>leaf_{number}</screenName>{events(1)}</victim>
<additionalInfo>{"Invented narrative. " * 12}</additionalInfo></report>""".encode()


def visit_json(node: object) -> int:
    """Visit every node of a parsed JSON document."""
    if isinstance(node, dict):
        return 1 + sum(visit_json(value) for value in node.values())
    if isinstance(node, list):
        return 1 + sum(visit_json(value) for value in node)
    return 1


def bare_json(files: Iterator[Path]) -> int:
    """Parse and visit; nothing else."""
    return sum(visit_json(json.loads(file.read_bytes())) for file in files)


def bare_xml(files: Iterator[Path]) -> int:
    """Parse and visit every element, its text and attributes; nothing else."""
    visited = 0
    for file in files:
        for element in etree.fromstring(file.read_bytes()).iter():
            visited += 1 + len(element.attrib) + (element.text is not None)
    return visited


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of CPU a piece of work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(name: str, folder: Path, bare: Callable[[Iterator[Path]], int], reports: int) -> float:
    """Import the folder among three runs of the floor, of which the best counts."""
    floors = [timed(lambda: bare(folder.iterdir())) for _ in range(2)]
    with Store.open(folder.parent / f"{name}.duckdb") as store:

        def load() -> None:
            sheet = import_paths(store, [folder], connectors=connectors(None), settings=Settings())
            assert (sheet.loaded, sheet.rejected, sheet.unread_fields()) == (reports, 0, []), sheet

        took = timed(load)
    floor = min(*floors, timed(lambda: bare(folder.iterdir())))
    ratio = took / floor
    print(
        f"import {reports} {name}: {took:.1f} s CPU, floor {floor:.1f} s, ratio {ratio:.2f} "
        f"(aim {AIM:.0f} or less), {reports / took:.0f} reports/s"
    )
    return ratio


def main() -> None:
    """Write the files, measure both formats."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as place:
        for name in ("json", "xml"):
            folder = Path(place) / name
            folder.mkdir()
            for number in range(991_100_000, 991_100_000 + reports):
                content = (
                    json.dumps(police_json(number)).encode()
                    if name == "json"
                    else provider_xml(number)
                )
                (folder / f"{number}.{name}").write_bytes(content)
            measure(name, folder, bare_json if name == "json" else bare_xml, reports)


if __name__ == "__main__":
    main()
