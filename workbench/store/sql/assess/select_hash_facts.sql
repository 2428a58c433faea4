-- name:   assess/select_hash_facts
-- grain:  one row per version to assess: what our hash lists say of its reported files
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.file_record, referral.file_digest, referral.hash_coverage, referral.current_hash_match
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
-- What a file could have stood on; a file without a hash that a list holds was never compared with it.
compared AS (
    SELECT
        file_digest.version_id,
        file_digest.file_no,
        bool_or(coverage.label = 'known') AS is_with_known,
        bool_or(coverage.label = 'viral') AS is_with_viral,
        bool_or(coverage.label = 'not_relevant') AS is_with_not_relevant,
        bool_or(coverage.label IN ('known', 'viral') AND NOT coverage.is_any_list_waiting) AS is_with_all
    FROM target
    INNER JOIN referral.file_digest ON target.version_id = file_digest.version_id
    INNER JOIN referral.hash_coverage AS coverage
        ON file_digest.asking_id = coverage.asking_id
        AND file_digest.algorithm = coverage.algorithm
    GROUP BY file_digest.version_id, file_digest.file_no
),
listed AS (
    SELECT
        hash_match.version_id,
        hash_match.file_no,
        bool_or(hash_match.label = 'known') AS is_known,
        bool_or(hash_match.label = 'viral') AS is_viral,
        bool_or(hash_match.label = 'not_relevant') AS is_not_relevant
    FROM target
    INNER JOIN referral.current_hash_match AS hash_match ON target.version_id = hash_match.version_id
    GROUP BY hash_match.version_id, hash_match.file_no
),
-- Three values: on a list, compared and not on it, not compared.
file AS (
    SELECT
        file_record.version_id,
        file_record.file_no,
        upper(trim(file_record.industry_classification)) IN ('A1', 'A2', 'B1', 'B2') AS is_classified,
        CASE WHEN listed.is_known THEN true WHEN compared.is_with_known THEN false END AS is_known,
        CASE WHEN listed.is_viral THEN true WHEN compared.is_with_viral THEN false END AS is_viral,
        CASE WHEN listed.is_not_relevant THEN true WHEN compared.is_with_not_relevant THEN false END AS is_not_relevant,
        CASE WHEN listed.version_id IS NOT NULL THEN false WHEN compared.is_with_all THEN true END AS is_on_none
    FROM target
    INNER JOIN referral.file_record ON target.version_id = file_record.version_id
    LEFT JOIN compared
        ON file_record.version_id = compared.version_id
        AND file_record.file_no IS NOT DISTINCT FROM compared.file_no
    LEFT JOIN listed
        ON file_record.version_id = listed.version_id
        AND file_record.file_no IS NOT DISTINCT FROM listed.file_no
    WHERE coalesce(file_record.relevance, 'Reported') <> 'Supplemental Reported'
),
-- A count of 0 needs every file compared; one that is more than 0 stands whatever the rest is.
counted AS (
    SELECT
        file.version_id,
        count(*) AS reported_count,
        coalesce(nullif(count(*) FILTER (file.is_known), 0), CASE WHEN bool_and(file.is_known IS NOT NULL) THEN 0 END)
            AS known_count,
        coalesce(
            nullif(count(*) FILTER (file.is_not_relevant), 0),
            CASE WHEN bool_and(file.is_not_relevant IS NOT NULL) THEN 0 END
        ) AS not_relevant_count,
        coalesce(
            nullif(count(*) FILTER (file.is_classified AND file.is_on_none), 0),
            CASE WHEN bool_and(coalesce(NOT file.is_on_none, false)) THEN 0 END
        ) AS unlisted_count,
        bool_and(file.is_viral IS NOT NULL) AS is_every_compared_with_viral,
        bool_or(file.is_viral) AS is_any_viral,
        CASE WHEN bool_or(NOT file.is_viral) THEN false WHEN bool_and(file.is_viral IS NOT NULL) THEN true END
            AS is_every_viral
    FROM file
    GROUP BY file.version_id
),
named AS (
    SELECT
        source.version_id,
        string_agg(source.name, ', ' ORDER BY source.name) FILTER (source.label = 'known') AS known,
        string_agg(source.name, ', ' ORDER BY source.name) FILTER (source.label = 'viral') AS viral,
        string_agg(source.name, ', ' ORDER BY source.name) FILTER (source.label = 'not_relevant') AS not_relevant
    FROM (
        SELECT DISTINCT
            hash_match.version_id,
            hash_match.label,
            hash_match.list_name || coalesce(' (' || strftime(hash_match.as_of, '%Y-%m-%d') || ')', '') AS name
        FROM target
        INNER JOIN referral.current_hash_match AS hash_match ON target.version_id = hash_match.version_id
    ) AS source
    GROUP BY source.version_id
)
SELECT
    target.version_id,
    -- A source that states files which nobody names has not shown that every file is viral.
    CASE
        WHEN stated.has_no_file OR NOT counted.is_every_viral THEN false
        WHEN counted.is_every_viral AND coalesce(target.stated_file_count, 0) <= counted.reported_count THEN true
    END AS is_every_file_on_viral_list,
    CASE
        WHEN counted.is_any_viral THEN named.viral
        WHEN stated.has_no_file OR counted.is_every_compared_with_viral THEN ''
    END AS viral_hash_lists,
    CASE WHEN stated.has_no_file THEN 0 ELSE counted.known_count END AS known_listed_file_count,
    CASE
        WHEN counted.known_count > 0 THEN named.known
        WHEN stated.has_no_file OR counted.known_count = 0 THEN ''
    END AS known_hash_lists,
    CASE WHEN stated.has_no_file THEN 0 ELSE counted.not_relevant_count END AS not_relevant_listed_file_count,
    CASE
        WHEN counted.not_relevant_count > 0 THEN named.not_relevant
        WHEN stated.has_no_file OR counted.not_relevant_count = 0 THEN ''
    END AS not_relevant_hash_lists,
    CASE WHEN stated.has_no_file THEN 0 ELSE counted.unlisted_count END AS unlisted_classified_file_count
FROM target
LEFT JOIN counted ON target.version_id = counted.version_id
LEFT JOIN named ON target.version_id = named.version_id
CROSS JOIN LATERAL (
    SELECT counted.version_id IS NULL AND coalesce(target.stated_file_count = 0, false) AS has_no_file
) AS stated
