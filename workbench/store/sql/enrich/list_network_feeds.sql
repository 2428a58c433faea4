-- name:   enrich/list_network_feeds
-- grain:  one row per list of address ranges that speaks now
-- params: none
-- reads:  referral.current_network_feed
-- order:  kind, name
SELECT
    feed.kind,
    feed.name,
    feed.label,
    feed.as_of,
    feed.as_of_basis,
    feed.licence,
    feed.file_name,
    feed.loaded_at,
    feed.loaded_by,
    feed.range_count AS entry_count,
    feed.rejected_count
FROM referral.current_network_feed AS feed
ORDER BY feed.kind, feed.name
