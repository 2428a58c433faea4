-- name:   enrich/add_network_answers
-- grain:  one row per answer that was not given before
-- params: none
-- reads:  network_step_answer (temporary)
-- writes: referral.network_answer
-- order:  none
INSERT INTO referral.network_answer (
    answer_id,
    network_kind,
    is_shared,
    kind_source,
    kind_as_of,
    kind_range,
    country,
    country_source,
    country_as_of,
    network_owner,
    owner_source,
    owner_as_of,
    statements
)
SELECT
    answer.answer_id,
    answer.network_kind,
    answer.is_shared,
    answer.kind_source,
    answer.kind_as_of,
    answer.kind_range,
    answer.country,
    answer.country_source,
    answer.country_as_of,
    answer.network_owner,
    answer.owner_source,
    answer.owner_as_of,
    answer.statements
FROM network_step_answer AS answer
INNER JOIN (
    SELECT
        staged.answer_id,
        min(staged.step_no) AS step_no
    FROM network_step_answer AS staged
    WHERE staged.answer_id NOT IN (SELECT known.answer_id FROM referral.network_answer AS known)
    GROUP BY staged.answer_id
) AS new_answer ON answer.step_no = new_answer.step_no;
