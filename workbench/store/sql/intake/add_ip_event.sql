-- name:   intake/add_ip_event
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.ip_event
-- order:  none
INSERT INTO referral.ip_event (
    version_id,
    ip_event_no,
    party_no,
    file_no,
    ip_address_as_written,
    event_name,
    occurred_at,
    occurred_at_as_written,
    occurred_at_zone_stated,
    source_port,
    is_possible_proxy,
    ip_address,
    network_kind,
    is_private_use,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.ip_event_no,
    staged_row.party_no,
    staged_row.file_no,
    staged_row.ip_address_as_written,
    staged_row.event_name,
    staged_row.occurred_at,
    staged_row.occurred_at_as_written,
    staged_row.occurred_at_zone_stated,
    staged_row.source_port,
    staged_row.is_possible_proxy,
    staged_row.ip_address,
    staged_row.network_kind,
    staged_row.is_private_use,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
