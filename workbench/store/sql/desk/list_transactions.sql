-- name:   desk/list_transactions
-- grain:  one row per payment that one version names
-- params: $version_id VARCHAR
-- reads:  referral.transaction_record
-- order:  newest first, undated last; ties by transaction_no
SELECT
    transaction_record.transaction_no,
    transaction_record.reference,
    transaction_record.occurred_at,
    transaction_record.occurred_at_as_written,
    transaction_record.occurred_at_zone_stated,
    transaction_record.amount_as_written,
    transaction_record.amount,
    transaction_record.currency,
    transaction_record.channel,
    transaction_record.sender_country,
    transaction_record.recipient_country,
    transaction_record.keywords,
    transaction_record.source_path
FROM referral.transaction_record
WHERE transaction_record.version_id = $version_id
ORDER BY transaction_record.occurred_at DESC NULLS LAST, transaction_record.transaction_no
