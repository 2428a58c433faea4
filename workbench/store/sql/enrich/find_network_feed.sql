-- name:   enrich/find_network_feed
-- grain:  the newest load of one list, withdrawn or not
-- params: $kind VARCHAR, $name VARCHAR
-- reads:  referral.network_feed
-- order:  newest first
SELECT
    feed.feed_id,
    feed.label,
    feed.as_of,
    feed.as_of_basis,
    feed.licence,
    feed.file_name,
    feed.source_format,
    feed.sha256,
    feed.read_count,
    feed.range_count,
    feed.duplicate_count,
    feed.rejected_count,
    feed.is_withdrawn
FROM referral.network_feed AS feed
WHERE feed.kind = $kind AND feed.name = $name
ORDER BY feed.feed_id DESC
LIMIT 1
