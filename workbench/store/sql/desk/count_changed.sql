-- name:   desk/count_changed
-- grain:  one row: how many decided referrals got a newer version or a further source since
-- params: none
-- reads:  desk.changed_since_decision
-- order:  one row
SELECT count(*) AS changed
FROM desk.changed_since_decision
