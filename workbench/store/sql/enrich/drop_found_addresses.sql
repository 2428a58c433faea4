-- name:   enrich/drop_found_addresses
-- grain:  none; empties what was staged, so that no address stays in memory
-- params: none
-- writes: network_found, network_step_answer (temporary)
-- order:  none
-- fragment
DROP TABLE IF EXISTS network_found;
DROP TABLE IF EXISTS network_step_answer;
