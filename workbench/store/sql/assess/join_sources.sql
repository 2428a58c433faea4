-- name:   assess/join_sources
-- grain:  one row per version to assess, placed by all current sources of its report, with what only the others say
-- params: none
-- reads:  placed, elsewhere (assess/hear_sources), together, told (assess/tell_sources; all put in by the caller)
-- order:  none; a part of the one assessment statement
SELECT
    placed.* REPLACE (
        -- No source puts a referral below where its current version stands by itself.
        CASE
            WHEN referral.urgency_place(together.urgency) < referral.urgency_place(placed.urgency) THEN together.urgency
            ELSE placed.urgency
        END AS urgency,
        CASE
            WHEN referral.actionability_place(together.actionability) < referral.actionability_place(placed.actionability)
                THEN together.actionability
            ELSE placed.actionability
        END AS actionability,
        list_concat(placed.clocks, coalesce(elsewhere.clocks, [])) AS clocks
    ),
    referral.format_name(placed.source_format) AS source_format_name,
    -- Only a current version is held against the others; alone it is held against nothing.
    CASE WHEN placed.is_current THEN coalesce(told.is_more_urgent, false) END AS is_more_urgent_elsewhere,
    told.more_urgent_source,
    told.more_urgent_findings_en,
    told.more_urgent_findings_nb,
    CASE WHEN placed.is_current THEN coalesce(told.is_more_actionable, false) END AS is_more_actionable_elsewhere,
    told.more_actionable_source,
    told.more_actionable_findings_en,
    told.more_actionable_findings_nb
FROM placed
LEFT JOIN elsewhere ON placed.version_id = elsewhere.version_id
LEFT JOIN together ON placed.version_id = together.version_id
LEFT JOIN told ON placed.version_id = told.version_id
