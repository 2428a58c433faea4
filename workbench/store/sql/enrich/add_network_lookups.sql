-- name:   enrich/add_network_lookups
-- grain:  one row per address asked about that is new or has another answer than before
-- params: $looked_up_at TIMESTAMPTZ
-- reads:  network_found (temporary), network_step_answer (temporary)
-- writes: referral.network_lookup
-- order:  none
INSERT INTO referral.network_lookup (ip_address, answer_id, looked_up_at)
SELECT
    found.ip_address,
    coalesce(answer.answer_id, no_list.answer_id) AS answer_id,
    $looked_up_at
FROM network_found AS found
INNER JOIN network_step_answer AS no_list ON no_list.step_no = 0
LEFT JOIN network_step_answer AS answer ON found.step_no = answer.step_no
WHERE found.earlier_answer_id IS DISTINCT FROM coalesce(answer.answer_id, no_list.answer_id);
