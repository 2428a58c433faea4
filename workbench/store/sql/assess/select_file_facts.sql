-- name:   assess/select_file_facts
-- grain:  one row per version to assess: what is said of its reported files
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.file_record, referral.file_hash
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
file AS (
    SELECT
        file_record.version_id,
        coalesce(file_record.relevance, 'Reported') <> 'Supplemental Reported' AS is_reported,
        file_record.is_viewed_by_provider,
        upper(trim(file_record.industry_classification)) AS class,
        -- The provider's flags and NCMEC's tags say the same things, spelt liveStreaming and Live Streaming.
        regexp_replace(
            lower(array_to_string(list_concat(file_record.flags, file_record.ncmec_tags), '|')), '[^a-z|]', '', 'g'
        ) AS marks,
        EXISTS (
            SELECT 1
            FROM referral.file_hash
            WHERE
                file_hash.version_id = file_record.version_id
                AND file_hash.file_no = file_record.file_no
                AND file_hash.value IS NOT NULL
        ) AS is_hashed
    FROM target
    INNER JOIN referral.file_record ON target.version_id = file_record.version_id
),
-- A flag that is missing was not said; only a source that states no file at all rules it out.
counted AS (
    SELECT
        file.version_id,
        count(*) FILTER (file.is_reported) AS reported_count,
        count(*) FILTER (file.is_reported AND file.is_hashed) AS hashed_count,
        count(*) FILTER (file.is_reported AND file.is_viewed_by_provider) AS viewed_count,
        count(*) FILTER (file.is_reported AND file.is_viewed_by_provider IS NULL) AS unsaid_count,
        bool_or(file.class IN ('A1', 'A2')) FILTER (file.is_reported)
        OR nullif(bool_or(file.class IS NULL) FILTER (file.is_reported), true) AS is_any_class_a,
        bool_or(file.class IN ('A1', 'A2', 'B1', 'B2')) FILTER (file.is_reported) AS is_any_classified,
        bool_or(
            file.class IN ('A1', 'A2')
            OR regexp_matches(file.marks, 'prepubescent|infant|toddler')
        ) AS is_any_prepubescent,
        bool_or(regexp_matches(file.marks, 'agedifficult|ageunknown|unconfirmed')) AS is_age_tagged_difficult,
        bool_or(contains(file.marks, 'livestreaming')) AS is_live_streaming,
        bool_or(contains(file.marks, 'selfproduc')) AS is_self_produced,
        bool_or(regexp_matches(file.marks, 'infant|toddler')) AS is_infant,
        bool_or(regexp_matches(file.marks, 'physicalharm|violence|gore|bestiality')) AS is_violence,
        bool_or(contains(file.marks, 'generativeai')) AS is_ai_made,
        bool_or(regexp_matches(file.marks, 'anime|drawing|hentai')) AS is_drawn,
        bool_and(coalesce(contains(file.marks, 'viral'), false)) FILTER (file.is_reported) AS is_every_viral,
        bool_and(coalesce(contains(file.marks, 'meme'), false)) FILTER (file.is_reported)
            AS is_every_meme
    FROM file
    GROUP BY file.version_id
)
SELECT
    target.version_id,
    -- No file named is not "no files" until the source says so.
    CASE
        WHEN counted.reported_count > 0 OR (counted.version_id IS NULL AND target.stated_file_count > 0) THEN true
        WHEN stated.has_no_file THEN false
    END AS has_reported_file,
    coalesce(counted.reported_count, target.stated_file_count, 0) AS reported_file_count,
    CASE
        WHEN counted.viewed_count > 0 THEN counted.viewed_count
        WHEN counted.reported_count > 0 AND counted.unsaid_count = 0 THEN 0
    END AS viewed_file_count,
    counted.is_any_class_a AS is_any_file_class_a,
    counted.is_any_classified AS is_any_file_classified,
    nullif(counted.is_any_prepubescent, false) AS is_any_file_prepubescent,
    nullif(counted.is_age_tagged_difficult, false) AS is_age_tagged_difficult,
    CASE WHEN counted.reported_count > 0 THEN counted.hashed_count END AS hashed_file_count,
    CASE WHEN counted.is_live_streaming THEN true WHEN stated.has_no_file THEN false END AS is_flagged_live_streaming,
    CASE WHEN counted.is_self_produced THEN true WHEN stated.has_no_file THEN false END AS is_flagged_self_produced,
    CASE WHEN counted.is_infant THEN true WHEN stated.has_no_file THEN false END AS is_flagged_infant,
    CASE WHEN counted.is_violence THEN true WHEN stated.has_no_file THEN false END AS is_flagged_violence,
    CASE WHEN counted.is_ai_made THEN true WHEN stated.has_no_file THEN false END AS is_flagged_ai_made,
    CASE WHEN counted.is_drawn THEN true WHEN stated.has_no_file THEN false END AS is_flagged_drawn,
    CASE WHEN counted.is_every_viral THEN true WHEN stated.has_no_file THEN false END AS is_every_file_viral,
    CASE WHEN counted.is_every_meme THEN true WHEN stated.has_no_file THEN false END AS is_every_file_meme
FROM target
LEFT JOIN counted ON target.version_id = counted.version_id
CROSS JOIN LATERAL (
    SELECT counted.version_id IS NULL AND target.stated_file_count = 0 AS has_no_file
) AS stated
