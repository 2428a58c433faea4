-- name:   intake/add_wanted_numbers_of_parts
-- grain:  one row per report number that some part states, before others have stated theirs
-- params: none
-- reads:  stated_number
-- writes: wanted_number
-- order:  number, for the key is filled fastest in order
INSERT INTO wanted_number (number)
SELECT stated_number.number
FROM stated_number
GROUP BY stated_number.number;
