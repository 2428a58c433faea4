-- name:   assess/select_text_signal_facts
-- grain:  one row per version to assess whose texts were asked about the term lists
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.text_scan
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
answer AS (
    SELECT
        text_scan.version_id,
        text_scan.kind IS NOT DISTINCT FROM 'profile_bio' AS is_profile,
        arg_max(text_scan.is_readable, text_scan.scanned_at) AS is_readable,
        arg_max(text_scan.signals, text_scan.scanned_at) AS signals
    FROM target
    INNER JOIN referral.text_scan ON target.version_id = text_scan.version_id
    GROUP BY text_scan.version_id, text_scan.kind, text_scan.text_no
),
-- Found is true. Not found is false only if every text could be read, and unknown if one could not:
-- is_more_said is false for the former, null for the latter and where there is no such text.
heard AS (
    SELECT
        answer.version_id,
        nullif(NOT bool_and(answer.is_readable) FILTER (NOT answer.is_profile), true) AS is_more_said,
        nullif(NOT bool_and(answer.is_readable) FILTER (answer.is_profile), true) AS is_more_in_profile,
        coalesce(flatten(list(answer.signals) FILTER (NOT answer.is_profile)), []) AS signals,
        coalesce(flatten(list(answer.signals) FILTER (answer.is_profile)), []) AS profile_signals
    FROM answer
    GROUP BY answer.version_id
)
SELECT
    heard.version_id,
    list_contains(heard.signals, 'extortion') OR heard.is_more_said AS has_extortion_words,
    list_contains(heard.signals, 'payment_demand') OR heard.is_more_said AS has_payment_demand_words,
    list_contains(heard.signals, 'moving_to_another_app') OR heard.is_more_said AS has_other_app_words,
    list_contains(heard.signals, 'asking_age') OR heard.is_more_said AS has_asking_age_words,
    list_contains(heard.signals, 'asking_secrecy') OR heard.is_more_said AS has_asking_secrecy_words,
    list_contains(heard.signals, 'offering_goods') OR heard.is_more_said AS has_offer_words,
    list_contains(heard.signals, 'meeting') OR heard.is_more_said AS has_meeting_words,
    list_contains(heard.signals, 'live_streaming') OR heard.is_more_said AS has_live_streaming_words,
    len(heard.profile_signals) > 0 OR heard.is_more_in_profile AS has_profile_words
FROM heard
