"""The provider XML, with the deviations of FORMATS 1.15 and its sections 1.10 to 1.13."""

from collections.abc import Callable

import pytest

from tests.unit.connectors.conftest import Reading

Read = Callable[..., Reading]

REPORT = """<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:noNamespaceSchemaLocation="https://example.org/xsd">
  <incidentSummary>
    <incidentType>Online Enticement of Children for Sexual Act</incidentType>
    <platform>Examplebook Chat</platform>
    <escalateToHighPriority>A child is at risk</escalateToHighPriority>
    <incidentDateTime>2026-01-01T10:00:00.123-07:00</incidentDateTime>
  </incidentSummary>
  <personOrUserReported>
    <personOrUserReportedPerson>
      <phone type="Mobile" verified="true" countryCallingCode="+47">99999999</phone>
    </personOrUserReportedPerson>
    <espIdentifier>000123</espIdentifier>
    <espService>Chat</espService>
    <ipCaptureEvent>
      <ipAddress>2001:db8::1</ipAddress><eventName>Login</eventName>
      <dateTime>2026-01-01T09:00:00Z</dateTime><possibleProxy>0</possibleProxy><port>40000</port>
    </ipCaptureEvent>
  </personOrUserReported>
</report>"""


def in_report(inner: str) -> str:
    return f"<report>{inner}</report>"


def reported(inner: str) -> str:
    return in_report(f"<personOrUserReported>{inner}</personOrUserReported>")


def file_details(inner: str) -> str:
    return f"<fileDetails><reportId>991000001</reportId>{inner}</fileDetails>"


def test_a_report_has_no_number_and_none_is_invented(read_xml: Read) -> None:
    reading = read_xml(REPORT)
    assert reading.record.report_number is None
    assert reading.record.is_part is False
    assert reading.report["incident_type"] == "Online Enticement of Children for Sexual Act"
    assert reading.report["incident_at"] == "2026-01-01T10:00:00.123-07:00"
    assert reading.report["escalation_text"] == "A child is at risk"
    assert reading.values("party", "provider_user_id") == ["000123"]
    assert reading.values("identifier", "value_as_written", kind="provider_user_id") == ["000123"]
    (event,) = reading.rows("ip_event")
    assert (event["source_port"], event["is_possible_proxy"]) == ("40000", "0")
    assert event["_path"] == "/report/personOrUserReported/ipCaptureEvent"
    (phone,) = [row for row in reading.rows("identifier") if row["kind"] == "phone"]
    assert (phone["label"], phone["is_verified"], phone["country_calling_code"]) == (
        "Mobile",
        "true",
        "+47",
    )
    assert reading.unread == {}


def test_a_report_that_carries_its_number_keeps_it(read_xml: Read) -> None:
    reading = read_xml(
        in_report("<reportId>991000001</reportId><additionalInfo>x</additionalInfo>")
    )
    assert reading.record.report_number == "991000001"
    assert reading.record.report_number_source == "document"


@pytest.mark.parametrize(
    ("inner", "provider"),
    [
        ("<incidentSummary><platform>App</platform></incidentSummary>", "App"),
        ("<personOrUserReported><espService>Svc</espService></personOrUserReported>", "Svc"),
        (
            (
                "<incidentSummary><platform>N/A</platform></incidentSummary>"
                "<personOrUserReported><espService>Svc</espService></personOrUserReported>"
            ),
            "Svc",
        ),
        ("<victim><espService>Svc</espService></victim>", None),
    ],
    ids=["platform", "service", "platform not stated", "victim's service"],
)
def test_the_provider_is_what_the_report_says(
    read_xml: Read, inner: str, provider: str | None
) -> None:
    assert read_xml(in_report(inner)).report.get("provider_as_written") == provider


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "declaration",
    ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>'],
    ids=["none", "bare", "utf-16"],
)
def test_the_bytes_count_not_what_the_declaration_claims(
    read: Read, encoding: str, declaration: str
) -> None:
    text = f"{declaration}<report><additionalInfo>blåbær</additionalInfo></report>"
    assert read(text.encode(encoding)).values("text_block", "content") == ["blåbær"]


def test_a_declared_code_page_is_read(read: Read) -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + in_report(
        "<additionalInfo>blåbær</additionalInfo>"
    )
    assert read(text.encode("latin-1")).values("text_block", "content") == ["blåbær"]


def test_blank_lines_before_the_declaration_do_not_matter(read: Read) -> None:
    text = '\r\n <?xml version="1.0"?>' + in_report("<additionalInfo>x</additionalInfo>")
    assert read(text.encode()).values("text_block", "content") == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        '<report xmlns="urn:x"><additionalInfo>x</additionalInfo></report>',
        '<n:report xmlns:n="urn:x"><n:additionalInfo>x</n:additionalInfo></n:report>',
        (
            '<e:Envelope xmlns:e="urn:e"><e:Body><report><additionalInfo>x</additionalInfo></report>'
            "</e:Body></e:Envelope>"
        ),
    ],
    ids=["default", "prefixed", "enveloped"],
)
def test_names_count_without_their_namespace(read_xml: Read, text: str) -> None:
    assert read_xml(text).values("text_block", "content") == ["x"]


def test_a_container_gives_every_report_and_file_in_it(read_xml: Read) -> None:
    reading = read_xml(
        "<package><meta/><report><additionalInfo>a</additionalInfo></report>"
        f"<files>{file_details('')}{file_details('')}</files></package>"
    )
    assert [record.is_part for record in reading.records] == [False, True, True]
    assert [record.location.path for record in reading.records] == [
        "/package/report[1]",
        "/package/files[1]/fileDetails[1]",
        "/package/files[1]/fileDetails[2]",
    ]
    assert reading.unread == {"/package/meta": 1}


@pytest.mark.parametrize(
    "flags",
    ["<spam/>", "<spam>true</spam>", "<spam>1</spam>", '<spam verified="true"/>'],
)
def test_a_flag_that_is_there_is_set(read_xml: Read, flags: str) -> None:
    text = f"<incidentSummary><reportAnnotations>{flags}</reportAnnotations></incidentSummary>"
    assert read_xml(in_report(text)).report["annotations"] == ["spam"]


@pytest.mark.parametrize("said", ["false", "0", " False "])
def test_a_flag_that_says_no_is_not_set_and_not_forgotten(read_xml: Read, said: str) -> None:
    text = (
        f"<incidentSummary><reportAnnotations><spam>{said}</spam><informational/>"
        "<neverHeardOf/></reportAnnotations></incidentSummary>"
    )
    reading = read_xml(in_report(text))
    assert reading.report["annotations"] == ["informational", "neverHeardOf"]
    assert reading.values("attribute", "value_as_written", name="spam") == [said.strip()]


def test_empty_annotations_mean_no_flags(read_xml: Read) -> None:
    text = "<incidentSummary><reportAnnotations/></incidentSummary>"
    assert read_xml(in_report(text)).report["annotations"] == []
    assert read_xml(file_details("<fileAnnotations/>")).rows("file_record")[0]["flags"] == []


@pytest.mark.parametrize(
    "account",
    [
        '<associatedAccount type="Billing"><platform thirdPartyUser="true">P</platform>',
        '<associatedAccount accountType="Billing" thirdPartyUser="true"><platform>P</platform>',
    ],
    ids=["schema", "client"],
)
def test_both_attribute_places_of_an_associated_account_are_read(
    read_xml: Read, account: str
) -> None:
    text = f"{account}<email>b@example.org</email></associatedAccount>"
    reading = read_xml(reported(text))
    owner, associated = reading.rows("party")
    assert owner["role"] == "reported_user"
    assert associated["role"] == "associated_account"
    assert (associated["party_no"], associated["parent_party_no"]) == (2, 1)
    assert associated["account_type"] == "Billing"
    assert associated["is_third_party_account"] == "true"
    assert reading.values("attribute", "value_as_written", name="platform") == ["P"]
    assert reading.values("identifier", "party_no", kind="email") == [2]
    assert reading.unread == {}


@pytest.mark.parametrize(
    "inner",
    [
        (
            '<lawEnforcement><servedLegalProcessInternational fleaCountry="SE">true'
            "</servedLegalProcessInternational></lawEnforcement>"
        ),
        (
            '<lawEnforcement fleaCountry="SE"><servedLegalProcessInternational>true'
            "</servedLegalProcessInternational></lawEnforcement>"
        ),
    ],
    ids=["schema", "client"],
)
def test_both_places_of_the_foreign_country_are_read(read_xml: Read, inner: str) -> None:
    report = read_xml(in_report(inner)).report
    assert report["was_served_foreign_process"] == "true"
    assert report["foreign_process_country"] == "SE"


@pytest.mark.parametrize(
    "details",
    [
        (
            '<details type="EXIF"><nameValuePair><name>Make</name><value>C</value></nameValuePair>'
            '</details><details type="HASH"><nameValuePair><name>PDQ</name><value>ff</value>'
            "</nameValuePair></details>"
        ),
        (
            '<details><nameValuePair type="EXIF"><name>Make</name><value>C</value></nameValuePair>'
            '<nameValuePair type="HASH"><name>PDQ</name><value>ff</value></nameValuePair></details>'
        ),
    ],
    ids=["schema", "client"],
)
def test_both_places_of_the_kind_of_details_are_read(read_xml: Read, details: str) -> None:
    reading = read_xml(file_details(details))
    assert reading.values("attribute", "value_as_written", name="EXIF Make") == ["C"]
    assert reading.values("file_hash", "value_as_written", hash_type="PDQ") == ["ff"]
    assert reading.unread == {}


@pytest.mark.parametrize(
    "phone",
    ['<phone type="Home">1</phone>', "<phone><type>Home</type><value>1</value></phone>"],
    ids=["attribute", "element"],
)
def test_a_name_may_be_an_attribute_or_an_element(read_xml: Read, phone: str) -> None:
    text = f"<victim><victimPerson>{phone}</victimPerson></victim>"
    (row,) = read_xml(in_report(text)).rows("identifier")
    assert (row["label"], row["value_as_written"]) == ("Home", "1")


def test_file_details_are_a_part_that_names_its_report(read_xml: Read) -> None:
    reading = read_xml(
        file_details(
            "<fileId>0f</fileId><originalFileName>a.jpg</originalFileName>"
            "<fileViewedByEsp>false</fileViewedByEsp><potentialMeme>true</potentialMeme>"
            "<fileAnnotations><viral/><potentialMeme/></fileAnnotations>"
            '<originalFileHash hashType="MD5">aa</originalFileHash>'
            '<originalFileHash hashType="SHA1">bb</originalFileHash>'
            "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>"
            "<ipCaptureEvent><ipAddress>192.0.2.2</ipAddress></ipCaptureEvent>"
            "<additionalInfo>one</additionalInfo><additionalInfo>two</additionalInfo>"
        )
    )
    record = reading.record
    assert record.is_part
    assert (record.report_number, record.report_number_source) == ("991000001", "file_details")
    assert record.rows["report"] == [{"_path": "/fileDetails", "report_number": "991000001"}]
    (file,) = reading.rows("file_record")
    assert (file["file_no"], file["is_viewed_by_provider"]) == (1, "false")
    assert file["flags"] == ["potentialMeme", "viral"]
    assert reading.values("file_hash", "value_as_written", file_no=1) == ["aa", "bb"]
    assert reading.values("ip_event", "ip_event_no", file_no=1) == [1, 2]
    assert reading.values("text_block", "text_no", file_no=1) == [1, 2]


@pytest.mark.parametrize("root", ["reportResponse", "reportDoneResponse"])
def test_a_reply_is_set_aside_and_said_so(read_xml: Read, root: str) -> None:
    reading = read_xml(f"<{root}><responseCode>0</responseCode></{root}>")
    assert [item.kind for item in reading.set_aside] == ["ncmec_reply"]
    assert reading.records == []


def test_an_empty_victim_is_still_a_stated_victim(read_xml: Read) -> None:
    reading = read_xml(in_report("<victim><victimPerson/></victim><victim/>"))
    assert [row["role"] for row in reading.rows("party")] == ["victim"]
    assert reading.report["_not_stated"] == {"victim": "empty"}


def test_nil_is_null(read_xml: Read) -> None:
    text = (
        '<incidentSummary xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<platform xsi:nil="true"/><incidentType/></incidentSummary>'
    )
    report = read_xml(in_report(text)).report
    assert report["platform"] is None
    assert report["incident_type"] == ""


def test_a_yes_that_the_user_was_told_is_not_hidden_by_a_no(read_xml: Read) -> None:
    text = (
        '<accountTemporarilyDisabled userNotified="false" disabledDate="2026-01-01">true'
        '</accountTemporarilyDisabled><accountPermanentlyDisabled userNotified="true">true'
        "</accountPermanentlyDisabled>"
    )
    (party,) = read_xml(reported(text)).rows("party")
    assert party["was_user_notified"] == "true"
    assert party["is_temporarily_disabled"] == "true"
    assert party["is_permanently_disabled"] == "true"
    assert party["disabled_at"] == "2026-01-01"


def test_the_region_outside_the_states_replaces_an_empty_state(read_xml: Read) -> None:
    text = (
        "<victim><victimPerson><address><state/><nonUsaState>Viken</nonUsaState></address>"
        "</victimPerson></victim>"
    )
    assert read_xml(in_report(text)).values("address", "region") == ["Viken"]


def test_boilerplate_is_marked_and_free_text_is_not(read_xml: Read) -> None:
    text = (
        "<reporter><reportingPerson/><companyTemplate>same</companyTemplate>"
        "<termsOfService>terms</termsOfService></reporter><additionalInfo>own</additionalInfo>"
    )
    reading = read_xml(in_report(text))
    assert reading.values("text_block", "content", is_boilerplate=True) == ["same", "terms"]
    assert reading.values("text_block", "content", is_boilerplate=False) == ["own"]


@pytest.mark.parametrize(
    ("incident", "table", "column", "value"),
    [
        ("<emailIncident><emailAddress>a@example.org</emailAddress></emailIncident>", "identifier", "value_as_written", "a@example.org"),
        ("<cellPhoneIncident><phoneNumber>1</phoneNumber></cellPhoneIncident>", "identifier", "value_as_written", "1"),
        ("<chatImIncident><content>log</content></chatImIncident>", "text_block", "content", "log"),
        ("<webPageIncident><url>https://example.org</url></webPageIncident>", "attribute", "value_as_written", "https://example.org"),
        ("<peer2peerIncident><ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent></peer2peerIncident>", "ip_event", "ip_address_as_written", "192.0.2.1"),
        (("<nonInternetIncident><incidentAddress><city>Oslo</city></incidentAddress>"
         "</nonInternetIncident>"), "address", "city", "Oslo"),
    ],
    ids=["email", "phone", "chat", "page", "peer", "place"],
)  # fmt: skip
def test_each_kind_of_incident_is_read(
    read_xml: Read, incident: str, table: str, column: str, value: str
) -> None:
    reading = read_xml(in_report(f"<internetDetails>{incident}</internetDetails>"))
    assert reading.values(table, column) == [value]
    assert "party_no" not in reading.rows(table)[0]
    assert reading.unread == {}


def test_old_reports_without_required_elements_are_read(read_xml: Read) -> None:
    text = '<report xsi:schemaLocation="espsubmittal.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    reading = read_xml(text + "<victim><screenName>x</screenName></victim></report>")
    assert "incident_at" not in reading.report


def test_unknown_elements_are_counted_and_dropped(read_xml: Read) -> None:
    text = reported("<aura>blue</aura><aura><secret>x</secret></aura>") + ""
    reading = read_xml(text)
    assert reading.unread == {"/report/personOrUserReported/aura": 1}
    assert "secret" not in str(reading.record.rows)


def test_comments_and_instructions_are_not_fields(read_xml: Read) -> None:
    reading = read_xml(in_report("<!-- a --><?go?><additionalInfo>x<!-- b -->y</additionalInfo>"))
    assert reading.values("text_block", "content") == ["xy"]
    assert reading.unread == {}


def test_an_event_without_an_address_is_no_event(read_xml: Read) -> None:
    text = "<ipCaptureEvent><ipAddress/><dateTime>2026-01-01T00:00:00Z</dateTime></ipCaptureEvent>"
    reading = read_xml(reported(text))
    assert reading.rows("ip_event") == []
    assert reading.values("attribute", "value_as_written", name="ipCaptureEvent.dateTime") == [
        "2026-01-01T00:00:00Z"
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("<report><additionalInfo>a & b</additionalInfo></report>", "not_well_formed",
         "line 1, column 28"),
        ("<report>\n<additionalInfo>a", "not_well_formed", "line 2, column 18"),
        ('<!DOCTYPE report [<!ENTITY a "b">]><report/>', "dtd_forbidden", "line 1, column 1"),
        ('<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE report><report/>', "dtd_forbidden",
         "line 3, column 1"),
        ("<report>&undeclared;</report>", "not_well_formed", None),
        ("<report>" + "<a>" * 400 + "</a>" * 400 + "</report>", "too_deep", None),
        ("<report><unheardOf/></report>", "not_a_report", "/report"),
        ("<other><report></report></other>", "not_a_report", "/other/report[1]"),
        ('<?xml version="1.0" encoding="x-klingon"?><report/>', "encoding", None),
    ],
    ids=["ampersand", "cut", "dtd", "dtd later", "entity", "deep", "empty", "inner", "encoding"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_place_and_remedy(
    read_xml: Read, text: str, code: str, place: str | None
) -> None:
    reading = read_xml(text)
    assert reading.refusal.code == code
    assert place is None or reading.refusal.place.path == place
    assert reading.refusal.remedy
    assert reading.records == []


def test_a_document_type_in_utf_16_is_refused_too(read_xml: Read) -> None:
    assert read_xml("<!DOCTYPE report><report/>", "utf-16").refusal.code == "dtd_forbidden"


def test_the_words_of_a_document_type_inside_a_text_do_no_harm(read_xml: Read) -> None:
    reading = read_xml(in_report("<additionalInfo><![CDATA[<!DOCTYPE x>]]></additionalInfo>"))
    assert reading.values("text_block", "content") == ["<!DOCTYPE x>"]


def test_wrong_bytes_are_refused_as_encoding(read: Read) -> None:
    content = b"<report><additionalInfo>bl\xe5b\xe6r</additionalInfo></report>"
    assert read(content).refusal.code == "encoding"


def test_a_refusal_does_not_quote_the_document(read_xml: Read) -> None:
    refusal = read_xml("<report><a>someone@example.org</b></report>").refusal
    assert "someone" not in str(refusal)
