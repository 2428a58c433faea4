-- name:   intake/add_transaction_record
-- grain:  one row per staged row
-- params: none
-- reads:  staged_row
-- writes: referral.transaction_record
-- order:  none
INSERT INTO referral.transaction_record (
    version_id,
    transaction_no,
    reference,
    occurred_at,
    occurred_at_as_written,
    occurred_at_zone_stated,
    amount_as_written,
    amount,
    currency,
    channel,
    sender_country,
    recipient_country,
    keywords,
    source_path,
    not_stated
)
SELECT
    staged_row.version_id,
    staged_row.transaction_no,
    staged_row.reference,
    staged_row.occurred_at,
    staged_row.occurred_at_as_written,
    staged_row.occurred_at_zone_stated,
    staged_row.amount_as_written,
    staged_row.amount,
    staged_row.currency,
    staged_row.channel,
    staged_row.sender_country,
    staged_row.recipient_country,
    staged_row.keywords,
    staged_row.source_path,
    staged_row.not_stated
FROM staged_row;
