-- Which store this is: a backup knows its store again, whatever its file is called.
CREATE TABLE main.store_identity (
    store_id UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE main.store_identity IS 'One row: the store''s own id, kept by its copies';
INSERT INTO main.store_identity (store_id, made_at)
SELECT uuidv7() AS store_id, now() AS made_at;
