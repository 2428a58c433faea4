-- name:   keeping/list_tables
-- grain:  one row per table that holds what came in, was found or was decided
-- params: none
-- reads:  duckdb_tables()
-- order:  schema_name, table_name
SELECT
    duckdb_tables.schema_name,
    duckdb_tables.table_name
FROM duckdb_tables()
WHERE duckdb_tables.schema_name <> 'main' AND NOT duckdb_tables.internal
ORDER BY duckdb_tables.schema_name, duckdb_tables.table_name;
