-- A decision is about what was seen. What comes after it must not lie unseen among what is done.
CREATE VIEW desk.changed_since_decision AS
SELECT DISTINCT decision.referral_id
FROM desk.current_decision AS decision
INNER JOIN referral.report_version
    ON decision.referral_id = report_version.referral_id
    AND report_version.version > decision.version_seen
WHERE
    decision.disposition IS NOT NULL
    AND CASE
        -- The file that states a decision does not say which copies of the report were seen: it goes by their age.
        WHEN decision.origin = 'source'
            THEN greatest(report_version.processed_at, report_version.made_available_at) > decision.decided_at
        -- Of another format than the version decided on: it counts where it speaks for its format, and has a later
        -- number than that version even where both were seen.
        WHEN report_version.passed_over IS NOT NULL
            THEN report_version.loaded_at > decision.decided_at
            AND report_version.version_id IN (SELECT source.version_id FROM referral.current_source AS source)
        ELSE true
    END;
COMMENT ON VIEW desk.changed_since_decision IS 'The referrals of which a newer version or a further source came after the decision that counts';

-- As in 0011, with what changed since the decision as a further choice of status, and with the identifiers of every
-- source: what makes a referral actionable must be found.
CREATE OR REPLACE MACRO desk.queue_match(today, shift_at, status, urgency_chosen, actionability_chosen, expires, provider_chosen, kind_chosen, sought) AS TABLE
SELECT entry.*
FROM desk.queue_entry(today) AS entry
WHERE
    CASE status
        WHEN 'open' THEN entry.disposition IS NULL
        WHEN 'waiting' THEN coalesce(entry.disposition = 'awaiting_information', false)
        WHEN 'decided' THEN coalesce(entry.disposition <> 'awaiting_information', false)
        WHEN 'changed' THEN entry.disposition IS NOT NULL
        ELSE true
    END
    AND (
        status <> 'changed'
        OR entry.referral_id IN (
            SELECT changed.referral_id
            FROM desk.changed_since_decision AS changed
            WHERE status = 'changed'
        )
    )
    AND (len(urgency_chosen) = 0 OR list_contains(urgency_chosen, coalesce(entry.urgency, 'unknown')))
    AND (len(actionability_chosen) = 0 OR list_contains(actionability_chosen, coalesce(entry.actionability, 'unknown')))
    AND (len(provider_chosen) = 0 OR list_contains(provider_chosen, coalesce(entry.provider, '')))
    AND (len(kind_chosen) = 0 OR list_contains(kind_chosen, coalesce(entry.kind, 'unknown')))
    AND desk.is_expiring(expires, entry.time_place, entry.time_rank, entry.clocks, today, shift_at)
    AND (
        sought = ''
        OR coalesce(contains(lower(entry.report_number), lower(sought)), false)
        OR coalesce(contains(lower(entry.provider), lower(sought)), false)
        OR entry.referral_id IN (
            SELECT source.referral_id
            FROM referral.current_source AS source
            INNER JOIN referral.identifier ON source.version_id = identifier.version_id
            WHERE
                sought <> ''
                AND (
                    contains(lower(identifier.value_as_written), lower(sought))
                    OR contains(lower(identifier.value), lower(sought))
                )
        )
    );
