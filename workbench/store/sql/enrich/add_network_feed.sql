-- name:   enrich/add_network_feed
-- grain:  one row, one load of a list
-- params: $kind VARCHAR, $name VARCHAR, $label VARCHAR, $as_of DATE, $as_of_basis VARCHAR, $licence VARCHAR, $file_name VARCHAR, $source_format VARCHAR, $sha256 VARCHAR, $loaded_at TIMESTAMPTZ, $loaded_by VARCHAR, $read_count BIGINT, $range_count BIGINT, $duplicate_count BIGINT, $rejected_count BIGINT, $is_withdrawn BOOLEAN
-- writes: referral.network_feed
-- order:  none
INSERT INTO referral.network_feed (
    feed_id,
    kind,
    name,
    label,
    as_of,
    as_of_basis,
    licence,
    file_name,
    source_format,
    sha256,
    loaded_at,
    loaded_by,
    read_count,
    range_count,
    duplicate_count,
    rejected_count,
    is_withdrawn
)
VALUES (
    uuidv7(),
    $kind,
    $name,
    $label,
    $as_of,
    $as_of_basis,
    $licence,
    $file_name,
    $source_format,
    $sha256,
    $loaded_at,
    $loaded_by,
    $read_count,
    $range_count,
    $duplicate_count,
    $rejected_count,
    $is_withdrawn
);
