-- name:   assess/select_text_facts
-- grain:  one row per version to assess that has free text
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.text_block
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything))
SELECT
    text_block.version_id,
    -- Boilerplate says nothing about this report, and a profile text nothing about what happened.
    bool_or(
        text_block.is_boilerplate IS NOT TRUE
        AND text_block.kind IS DISTINCT FROM 'profile_bio'
        AND trim(text_block.content) <> ''
    ) AS has_account_of_events
FROM target
INNER JOIN referral.text_block ON target.version_id = text_block.version_id
GROUP BY text_block.version_id
