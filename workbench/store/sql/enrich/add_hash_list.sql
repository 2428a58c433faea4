-- name:   enrich/add_hash_list
-- grain:  one row: the list just read
-- params: $list_id UUID, $list_name VARCHAR, $label VARCHAR, $as_of DATE, $as_of_basis VARCHAR, $licence VARCHAR, $file_name VARCHAR,
--         $sha256 VARCHAR, $loaded_at TIMESTAMPTZ, $loaded_by VARCHAR, $is_withdrawn BOOLEAN, $salt_mark VARCHAR, $read_count BIGINT, $entry_count BIGINT,
--         $repeated_count BIGINT, $left_out_count BIGINT, $rejected_count BIGINT
-- writes: referral.hash_list
-- order:  none
INSERT INTO referral.hash_list (
    list_id,
    list_name,
    label,
    as_of,
    as_of_basis,
    licence,
    file_name,
    sha256,
    loaded_at,
    loaded_by,
    is_withdrawn,
    salt_mark,
    read_count,
    entry_count,
    repeated_count,
    left_out_count,
    rejected_count
)
VALUES (
    $list_id,
    $list_name,
    $label,
    $as_of,
    $as_of_basis,
    $licence,
    $file_name,
    $sha256,
    $loaded_at,
    $loaded_by,
    $is_withdrawn,
    $salt_mark,
    $read_count,
    $entry_count,
    $repeated_count,
    $left_out_count,
    $rejected_count
);
