-- name:   assess/select_earlier_facts
-- grain:  one row per version to assess: what was known of the same person before
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.prior_report, referral.identifier, referral.party, referral.current_source, referral.current_provider_name
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
prior AS (
    SELECT
        prior_report.version_id,
        count(DISTINCT prior_report.prior_report_number) AS prior_report_count
    FROM target
    INNER JOIN referral.prior_report ON target.version_id = prior_report.version_id
    GROUP BY prior_report.version_id
),
-- A name is a name at its provider; an e-mail address or phone number is one everywhere. A report whose sources say
-- the same stands here once, as of the earliest of them.
known AS (
    SELECT
        source.referral_id,
        identifier.kind,
        identifier.value,
        CASE
            WHEN identifier.kind IN ('screen_name', 'provider_user_id')
                THEN coalesce(provider_name.provider, source.provider_as_written)
            ELSE ''
        END AS scope,
        min(source.received_at) AS received_at,
        list(source.version_id) AS version_ids
    FROM referral.identifier
    INNER JOIN referral.current_source AS source ON identifier.version_id = source.version_id
    INNER JOIN referral.party
        ON identifier.version_id = party.version_id
        AND identifier.party_no = party.party_no
    LEFT JOIN referral.current_provider_name AS provider_name
        ON source.provider_as_written = provider_name.name_as_written
    WHERE
        party.role = 'reported_user'
        AND identifier.kind IN ('email', 'phone', 'screen_name', 'provider_user_id')
        AND identifier.value IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        unnest(known.version_ids) AS version_id,
        -- rank() - 1 is how many were received strictly earlier.
        rank() OVER (PARTITION BY known.kind, known.scope, known.value ORDER BY known.received_at) - 1 AS earlier_count
    FROM known
    WHERE known.scope IS NOT NULL
)
SELECT
    target.version_id,
    coalesce(any_value(prior.prior_report_count), 0) AS prior_report_count,
    max(counted.earlier_count) AS same_account_count
FROM target
LEFT JOIN prior ON target.version_id = prior.version_id
LEFT JOIN counted ON target.version_id = counted.version_id
GROUP BY target.version_id
