-- What a person ruled about a written provider name: it stands over what our table or a likeness says. Rows are only added.
CREATE TABLE referral.provider_name_ruling (
    ruling_id UUID NOT NULL,
    name_as_written VARCHAR NOT NULL,
    ruling VARCHAR NOT NULL,
    provider VARCHAR,
    ruled_by VARCHAR NOT NULL,
    ruled_at TIMESTAMPTZ NOT NULL,
    note VARCHAR
);
COMMENT ON TABLE referral.provider_name_ruling IS 'Who ruled which provider a written name stands for; the newest row of a name counts';
COMMENT ON COLUMN referral.provider_name_ruling.ruling IS 'accepted (a provider of our table), refused (the name stands for itself) or undone (open for review again)';
COMMENT ON COLUMN referral.provider_name_ruling.provider IS 'Which provider the name stands for from then on; null: undone, as if nobody had ruled';

-- A figure of an earlier day is counted with the rulings of that day; a placement by table or likeness always counts,
-- because an archive is loaded, and its names placed, long after its referrals were received.
CREATE MACRO referral.provider_name_as_of(day_after, time_zone) AS TABLE
    WITH placed AS (
        SELECT
            name_as_written,
            arg_max(provider, recorded_at) AS provider,
            arg_max(matched_by, recorded_at) AS matched_by,
            arg_max_null(score, recorded_at) AS score,
            arg_max(needs_review, recorded_at) AS needs_review
        FROM referral.provider_name
        GROUP BY name_as_written
    ),
    ruled AS (
        SELECT
            name_as_written,
            arg_max(ruling, (ruled_at, ruling_id)) AS ruling,
            arg_max_null(provider, (ruled_at, ruling_id)) AS provider
        FROM referral.provider_name_ruling
        WHERE day_after IS NULL OR timezone(time_zone, ruled_at) < day_after
        GROUP BY name_as_written
    )
    SELECT
        placed.name_as_written,
        coalesce(ruled.provider, placed.provider) AS provider,
        CASE WHEN ruled.provider IS NULL THEN placed.matched_by ELSE ruled.ruling END AS matched_by,
        placed.score,
        ruled.provider IS NULL AND placed.needs_review AS needs_review
    FROM placed
    LEFT JOIN ruled ON placed.name_as_written = ruled.name_as_written;

CREATE OR REPLACE VIEW referral.current_provider_name AS
SELECT
    name_as_written,
    provider,
    matched_by,
    score,
    needs_review
FROM referral.provider_name_as_of(CAST(NULL AS DATE), 'UTC');

COMMENT ON COLUMN analyst.provider_name.matched_by IS 'table (an alias we list), similar (near spelling), itself (fits nothing), accepted or refused (a person ruled)';

CREATE VIEW analyst.provider_name_ruling AS
SELECT
    name_as_written,
    ruling,
    provider,
    ruled_by,
    ruled_at,
    note
FROM referral.provider_name_ruling;
COMMENT ON VIEW analyst.provider_name_ruling IS 'Every ruling about a written provider name, undone ones too';
COMMENT ON COLUMN analyst.provider_name_ruling.ruling IS 'accepted, refused or undone';
COMMENT ON COLUMN analyst.provider_name_ruling.provider IS 'Which provider the name stands for from then on; null: undone';
