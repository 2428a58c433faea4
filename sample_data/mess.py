"""What reaches a unit besides clean reports: cut, forbidden, doubled, unknown. All on purpose."""

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from sample_data.words import fill_template

Outcome = Literal["loaded", "part", "rejected", "set_aside"]

SUMMARY = """  <incidentSummary>
    <incidentType>Child Pornography (possession, manufacture, and distribution)</incidentType>
    <platform>Granittforum</platform>
    <incidentDateTime>{moment}</incidentDateTime>
  </incidentSummary>
  <reporter><reportingPerson><email>trust@example.com</email></reportingPerson></reporter>
"""
PERSON = """  <personOrUserReported>
    <espIdentifier>0007731</espIdentifier>
    <screenName>{screen_name}</screenName>
  </personOrUserReported>
"""


@dataclass(frozen=True, slots=True)
class OddFile:
    """One file, what an import does with it, and under which word it is counted."""

    path: PurePosixPath
    content: bytes
    outcome: Outcome
    code: str = ""


def odd_files(moment: str, numbers: list[str]) -> list[OddFile]:
    """Files that are rejected or set aside, and some that look wrong and are nevertheless whole.

    Args:
        moment: An ISO time for the incident of the whole ones.
        numbers: Report numbers nobody else has, at least four.
    """
    summary = SUMMARY.format(moment=moment)
    whole = f"<report>\n{summary}{PERSON.format(screen_name='slow_tram41')}</report>\n"
    return [
        _odd("cut_short.xml", whole[: len(whole) // 2], "rejected", "not_well_formed"),
        _odd(
            "ampersand.xml",
            whole.replace("slow_tram41", "salt & pine"),
            "rejected",
            "not_well_formed",
        ),
        _odd("with_dtd.xml", f"<!DOCTYPE report>\n{whole}", "rejected", "dtd_forbidden"),
        _odd("nothing.xml", "", "rejected", "empty_file"),
        _odd("cut_short.json", _json(numbers[0])[:-40], "rejected", "not_well_formed"),
        _odd("key_twice.json", _key_twice(numbers[0]), "rejected", "duplicate_key"),
        _odd(
            "other_tool.json", '{"TiplineNumber": "1", "suspect": {}}', "rejected", "not_a_report"
        ),
        _odd("unknown_layout.csv", "Alpha;Beta\r\n1;2\r\n", "rejected", "no_column_map"),
        _odd("reply.xml", _reply(numbers[0]), "set_aside", "ncmec_reply"),
        _odd("uten_nummer/report.xml", whole, "loaded"),
        _odd(f"NCMEC_{numbers[1]}.xml", _namespaced(summary), "loaded"),
        _odd(f"{numbers[2]}/report.xml", _old_client(moment), "loaded"),
        _odd("list.json", f"\ufeff[{_json(numbers[3])}]", "loaded"),
    ]


def complete_files(moments: dict[str, str], numbers: list[str]) -> list[OddFile]:
    """One report of each kind that uses every field its format has, for readers and for people.

    Args:
        moments: ISO times `incident`, `received` and `last_year`.
        numbers: Two report numbers nobody else has.
    """
    folder = PurePosixPath("complete")
    report = fill_template("complete_report.xml", **moments).encode()
    details = fill_template("complete_file.xml", number=numbers[0], **moments).encode()
    document = fill_template("complete.json", number=numbers[1], **moments).encode()
    return [
        OddFile(folder / numbers[0] / "report.xml", report, "loaded"),
        OddFile(folder / numbers[0] / "file_01.xml", details, "part"),
        OddFile(folder / f"{numbers[1]}.json", document, "loaded"),
    ]


def _odd(name: str, text: str, outcome: Outcome, code: str = "") -> OddFile:
    return OddFile(PurePosixPath("odd") / name, text.encode(), outcome, code)


def _reply(number: str) -> str:
    return (
        "<reportResponse><responseCode>0</responseCode>"
        f"<responseDescription>Success</responseDescription><reportId>{number}</reportId>"
        "</reportResponse>"
    )


def _namespaced(summary: str) -> str:
    """A prefix on every element, and elements that no schema of ours knows."""
    body = (summary + PERSON.format(screen_name="early_sail902")).replace("</", "<\0")
    prefixed = body.replace("<", "<ct:").replace("<ct:\0", "</ct:")
    return (
        f'<ct:report xmlns:ct="https://schema.example.org/ct">\n{prefixed}'
        "<ct:moderationQueue>night shift</ct:moderationQueue></ct:report>"
    )


def _old_client(moment: str) -> str:
    """An early client: no incident time, a time with a space, a zero-padded address."""
    spaced = moment.replace("T", " ").removesuffix("Z")
    return f"""<?xml version="1.0"?>
<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:noNamespaceSchemaLocation="espsubmittal.xsd">
  <incidentSummary><incidentType>Child Pornography (possession, manufacture, and distribution)
  </incidentType></incidentSummary>
  <reporter><reportingPerson/></reporter>
  <personOrUserReported>
    <screenName>pale_heron7</screenName>
    <ipCaptureEvent>
      <ipAddress>203.000.113.009</ipAddress>
      <dateTime>{spaced}</dateTime>
    </ipCaptureEvent>
  </personOrUserReported>
</report>
"""


def _report(number: str) -> dict[str, object]:
    return {
        "reportId": number,
        "dateReceived": None,
        "reportedInformation": {
            "reportingEsp": {"espName": "Tidewater Cloud Storage"},
            "incidentSummary": {"incidentType": "N/A", "incidentDateTime": "N/A"},
            "reportedPeople": None,
            "uploadedFiles": [],
        },
    }


def _json(number: str) -> str:
    return json.dumps(_report(number), indent=2)


def _key_twice(number: str) -> str:
    return _json(number).replace('"dateReceived"', '"reportId": "991099999", "dateReceived"')
