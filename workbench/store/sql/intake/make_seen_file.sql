-- name:   intake/make_seen_file
-- grain:  one table, in the notes of an import; of one large folder at a time
-- params: none
-- writes: seen_file
-- order:  none
CREATE OR REPLACE TABLE seen_file (
    place BIGINT NOT NULL,
    path BLOB NOT NULL,
    name VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    was_named BOOLEAN NOT NULL,
    holds VARCHAR NOT NULL,
    number_in_name VARCHAR
);
