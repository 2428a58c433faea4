-- name:   intake/make_wanted_number
-- grain:  one table, in the notes of an import; report numbers that some part states
-- params: none
-- writes: wanted_number
-- order:  none
CREATE TABLE IF NOT EXISTS wanted_number (
    number TEXT PRIMARY KEY
);
