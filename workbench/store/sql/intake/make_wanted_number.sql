-- name:   intake/make_wanted_number
-- grain:  one row per report number that some part states
-- params: $near VARCHAR[] - of parts beside the files
-- reads:  stated_number
-- writes: wanted_number
-- order:  none
CREATE OR REPLACE TABLE wanted_number AS
SELECT stated_number.number
FROM stated_number
UNION
SELECT unnest($near::VARCHAR[]) AS number;
