"""The tables a source record fills: column name -> kind of value.

Connectors name these columns in their allow-lists, intake normalises by kind, and the first
migration creates them; `tests/architecture` holds the three together. Kinds:

    text    kept as written
    bool    true / false / null, null meaning "not said"
    int     whole number
    number  decimal number
    date    -> `x` DATE plus `x_as_written`
    time    -> `x` TIMESTAMPTZ (UTC) plus `x_as_written` and `x_zone_stated`
    list    list of text, in source order

Every table also has `version_id`, `source_path` (the row's place in its file) and `not_stated`, a
map of the columns the source mentioned without giving a value: `empty`, `null`, `n/a` or
`unreadable: <as written>`. A column that is null and not in the map was absent.
"""

from typing import Final, Literal

Kind = Literal["text", "bool", "int", "number", "date", "time", "list"]

TABLES: Final[dict[str, dict[str, Kind]]] = {
    "report": {
        "report_number": "text",
        "provider_as_written": "text",
        "platform": "text",
        "incident_type": "text",
        "additional_incident_types": "list",
        "ncmec_classification": "text",
        "incident_at": "time",
        "incident_at_description": "text",
        "received_at": "time",
        "made_available_at": "time",
        "processed_at": "time",
        "escalation_text": "text",
        "priority_id": "text",
        "priority_text": "text",
        "is_informational": "bool",
        "batched_reason": "text",
        "annotations": "list",
        "country": "text",
        "police_agency": "text",
        "police_case_number": "text",
        "was_reported_to_police": "bool",
        "was_served_domestic_process": "bool",
        "was_served_foreign_process": "bool",
        "foreign_process_country": "text",
        "stated_file_count": "int",
    },
    "party": {
        "party_no": "int",
        "parent_party_no": "int",
        "role": "text",
        "account_type": "text",
        "first_name": "text",
        "middle_name": "text",
        "last_name": "text",
        "preferred_name": "text",
        "age": "int",
        "date_of_birth": "date",
        "is_age_doubted": "bool",
        "gender": "text",
        "provider_user_id": "text",
        "service": "text",
        "is_third_party_account": "bool",
        "is_compromised": "bool",
        "is_temporarily_disabled": "bool",
        "is_permanently_disabled": "bool",
        "was_user_notified": "bool",
        "disabled_at": "time",
        "all_emails_reported": "bool",
        "group_identifier": "text",
        "has_access_to_children": "bool",
        "has_access_to_child_victim": "bool",
        "has_access_to_firearms": "bool",
        "is_convicted_sex_offender": "bool",
        "is_aware_of_report": "bool",
        "relationship_to_child_victim": "text",
    },
    "identifier": {
        "party_no": "int",
        "kind": "text",
        "label": "text",
        "value_as_written": "text",
        "is_verified": "bool",
        "verified_at": "time",
        "country_calling_code": "text",
        "extension": "text",
        "event_name": "text",
        "occurred_at": "time",
        "file_no": "int",
    },
    "address": {
        "party_no": "int",
        "label": "text",
        "origin": "text",
        "street": "text",
        "city": "text",
        "postal_code": "text",
        "region": "text",
        "country": "text",
        "is_verified": "bool",
        "stated_at": "time",
    },
    "ip_event": {
        "ip_event_no": "int",
        "party_no": "int",
        "file_no": "int",
        "ip_address_as_written": "text",
        "event_name": "text",
        "occurred_at": "time",
        "source_port": "int",
        "is_possible_proxy": "bool",
    },
    "geo_lookup": {
        "subject": "text",
        "ip_address_as_written": "text",
        "country": "text",
        "region": "text",
        "city": "text",
        "postal_code": "text",
        "latitude": "number",
        "longitude": "number",
        "esp": "text",
        "organization": "text",
        "types": "list",
    },
    "file_record": {
        "file_no": "int",
        "file_id": "text",
        "file_name": "text",
        "original_name": "text",
        "submittal_id": "text",
        "is_viewed_by_provider": "bool",
        "is_exif_viewed_by_provider": "bool",
        "is_publicly_available": "bool",
        "relevance": "text",
        "industry_classification": "text",
        "flags": "list",
        "ncmec_tags": "list",
        "uploaded_at": "time",
        "location_of_file": "text",
    },
    "file_hash": {
        "file_no": "int",
        "hash_type": "text",
        "value_as_written": "text",
    },
    "prior_report": {
        "party_no": "int",
        "prior_report_number": "text",
    },
    "text_block": {
        "text_no": "int",
        "party_no": "int",
        "file_no": "int",
        "kind": "text",
        "origin": "text",
        "is_boilerplate": "bool",
        "content": "text",
    },
    "attribute": {
        "party_no": "int",
        "file_no": "int",
        "name": "text",
        "value_as_written": "text",
    },
    "recorded_decision": {
        "disposition": "text",
        "reason_code": "text",
        "decided_at": "time",
        "decided_by": "text",
        "note": "text",
    },
}

# The number a table's rows carry so that others can point at them.
NUMBERED: Final[dict[str, str]] = {
    "party": "party_no",
    "file_record": "file_no",
    "ip_event": "ip_event_no",
    "text_block": "text_no",
}
