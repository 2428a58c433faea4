-- Facts that we add after loading (addresses, hash lists, text signals) can change: what they touch is assessed again.
CREATE TABLE referral.evidence_change (
    version_id VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    cause VARCHAR NOT NULL
);
COMMENT ON TABLE referral.evidence_change IS 'A version whose added facts changed after an assessment could have used them; it is assessed again';
COMMENT ON COLUMN referral.evidence_change.cause IS 'What changed: the name of a feed, hash list or term list';

CREATE OR REPLACE MACRO referral.version_to_assess(for_rulebook_hash, everything) AS TABLE
    WITH changed AS (
        SELECT
            version_id,
            max(changed_at) AS changed_at
        FROM referral.evidence_change
        GROUP BY version_id
    )
    SELECT
        version.version_id,
        version.referral_id,
        version.received_at,
        version.received_at_zone_stated,
        version.stated_file_count
    FROM referral.current_version AS version
    WHERE everything OR version.version_id NOT IN (
        SELECT assessment.version_id
        FROM referral.assessment
        LEFT JOIN changed ON assessment.version_id = changed.version_id
        WHERE assessment.rulebook_hash = for_rulebook_hash
        AND assessment.assessed_at > coalesce(changed.changed_at, TIMESTAMPTZ '0001-01-01 00:00:00+00')
    );
