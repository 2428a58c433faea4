-- name:   assess/tell_sources
-- grain:  one row per current version to assess whose report has other current sources: what only those say, in words
-- params: $rulebook_hash VARCHAR
-- reads:  placed, elsewhere (assess/hear_sources), together (the positions with all sources; put in by the caller),
--         referral.rule
-- order:  none; a part of the one assessment statement
WITH telling AS (
    SELECT
        rule.axis,
        list(
            {
                'rule_no': rule.rule_no,
                'holds_back': rule.effect IN ('lowers', 'obstacle', 'caution'),
                'en': rule.wording ->> '$.en.title',
                'nb': rule.wording ->> '$.nb.title'
            }
            ORDER BY rule.rule_no
        ) AS rules
    FROM referral.rule
    WHERE
        rule.rulebook_hash = $rulebook_hash
        AND rule.effect NOT IN ('none', 'elsewhere')
        AND rule.axis IN ('urgency', 'actionability')
    GROUP BY rule.axis
),
raised AS (
    SELECT
        together.version_id,
        unnest(['urgency', 'actionability']) AS axis,
        unnest([
            coalesce(referral.urgency_place(together.urgency) < referral.urgency_place(placed.urgency), false),
            coalesce(
                referral.actionability_place(together.actionability) < referral.actionability_place(placed.actionability),
                false
            )
        ]) AS is_raised,
        placed.outcomes,
        elsewhere.sources,
        elsewhere.met,
        elsewhere.denied
    FROM together
    INNER JOIN placed ON together.version_id = placed.version_id
    INNER JOIN elsewhere ON together.version_id = elsewhere.version_id
),
-- What another source states and this copy does not, and what holds this copy back and another source does not let stand:
-- because it denies it, or because of what it says nobody knows whether it holds.
said AS (
    SELECT
        raised.*,
        list_filter(
            telling.rules,
            lambda rule: CASE
                WHEN rule.holds_back THEN list_contains(raised.denied, rule.rule_no) AND raised.outcomes[rule.rule_no]
                ELSE list_contains(raised.met, rule.rule_no) AND raised.outcomes[rule.rule_no] IS NOT TRUE
            END
        ) AS rules
    FROM raised
    LEFT JOIN telling ON raised.axis = telling.axis
),
worded AS (
    SELECT
        said.*,
        list_transform(
            said.rules,
            lambda rule: CASE
                WHEN NOT rule.holds_back THEN {'en': rule.en, 'nb': rule.nb}
                WHEN list_bool_or(list_transform(said.sources, lambda source: NOT source.standing[rule.rule_no]))
                    THEN {'en': '“' || rule.en || '” does not hold', 'nb': '«' || rule.nb || '» gjelder ikke'}
                ELSE {'en': '“' || rule.en || '” is not settled', 'nb': '«' || rule.nb || '» er ikke avklart'}
            END
        ) AS words
    FROM said
),
told AS (
    SELECT
        said.version_id,
        said.axis,
        said.is_raised,
        CASE
            WHEN said.is_raised THEN array_to_string(
                list_transform(
                    list_filter(
                        said.sources,
                        lambda source: list_bool_or(
                            list_transform(
                                said.rules,
                                lambda rule: CASE
                                    WHEN rule.holds_back THEN source.standing[rule.rule_no] IS NOT TRUE
                                    ELSE source.outcomes[rule.rule_no] IS TRUE
                                END
                            )
                        )
                    ),
                    lambda source: referral.format_name(source.source_format)
                ),
                ', '
            )
        END AS source_names,
        CASE WHEN said.is_raised THEN array_to_string(list_transform(said.words, lambda word: word.en), '; ') END AS findings_en,
        CASE WHEN said.is_raised THEN array_to_string(list_transform(said.words, lambda word: word.nb), '; ') END AS findings_nb
    FROM worded AS said
)
SELECT
    urgent.version_id,
    urgent.is_raised AS is_more_urgent,
    urgent.source_names AS more_urgent_source,
    urgent.findings_en AS more_urgent_findings_en,
    urgent.findings_nb AS more_urgent_findings_nb,
    actionable.is_raised AS is_more_actionable,
    actionable.source_names AS more_actionable_source,
    actionable.findings_en AS more_actionable_findings_en,
    actionable.findings_nb AS more_actionable_findings_nb
FROM told AS urgent
INNER JOIN told AS actionable ON urgent.version_id = actionable.version_id
WHERE urgent.axis = 'urgency' AND actionable.axis = 'actionability'
