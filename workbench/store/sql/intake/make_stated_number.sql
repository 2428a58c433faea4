-- name:   intake/make_stated_number
-- grain:  one table, in the notes of an import; of one large folder at a time
-- params: none
-- writes: stated_number
-- order:  none
CREATE TABLE IF NOT EXISTS stated_number (
    place INTEGER PRIMARY KEY,
    number TEXT NOT NULL
);
