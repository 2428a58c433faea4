-- name:   intake/make_seen_file
-- grain:  one table, in the notes of an import; of one large folder at a time
-- params: none
-- writes: seen_file
-- order:  none
CREATE TABLE IF NOT EXISTS seen_file (
    place INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    name TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    was_named INTEGER NOT NULL,
    holds TEXT NOT NULL,
    number_in_name TEXT
);
