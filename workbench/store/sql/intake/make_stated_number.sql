-- name:   intake/make_stated_number
-- grain:  one table, in the notes of an import; of one large folder at a time
-- params: none
-- writes: stated_number
-- order:  none
CREATE OR REPLACE TABLE stated_number (
    place BIGINT NOT NULL,
    number VARCHAR NOT NULL
);
