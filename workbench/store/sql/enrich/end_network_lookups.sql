-- name:   enrich/end_network_lookups
-- grain:  one row per earlier look-up that has another answer now
-- params: $looked_up_at TIMESTAMPTZ
-- reads:  network_found (temporary), network_step_answer (temporary)
-- writes: referral.network_lookup_end
-- order:  none
INSERT INTO referral.network_lookup_end (ip_address, looked_up_at, ended_at)
SELECT
    found.ip_address,
    found.earlier_looked_up_at,
    $looked_up_at
FROM network_found AS found
INNER JOIN network_step_answer AS no_list ON no_list.step_no = 0
LEFT JOIN network_step_answer AS answer ON found.step_no = answer.step_no
WHERE found.earlier_answer_id <> coalesce(answer.answer_id, no_list.answer_id);
