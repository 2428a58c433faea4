-- name:   enrich/stage_new_addresses
-- grain:  one row per address that was never looked up, with its stretch; the one range join
-- params: none
-- reads:  referral.ip_event, referral.network_lookup, referral.network_step
-- writes: network_found (temporary)
-- order:  none
CREATE OR REPLACE TEMP TABLE network_found AS
WITH new_address AS (
    SELECT DISTINCT ip_event.ip_address
    FROM referral.ip_event
    WHERE
        ip_event.ip_address IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM referral.network_lookup AS lookup WHERE lookup.ip_address = ip_event.ip_address
        )
),
taken_apart AS (
    SELECT
        new_address.ip_address,
        referral.address_parts(new_address.ip_address) AS parts
    FROM new_address
),
asked AS (
    SELECT
        taken_apart.ip_address,
        referral.key_of_parts(taken_apart.parts) AS address_key
    FROM taken_apart
)
SELECT
    asked.ip_address,
    step.step_no,
    CAST(NULL AS UUID) AS earlier_answer_id,
    CAST(NULL AS TIMESTAMPTZ) AS earlier_looked_up_at
FROM asked
ASOF INNER JOIN referral.network_step AS step ON asked.address_key >= step.step_start
