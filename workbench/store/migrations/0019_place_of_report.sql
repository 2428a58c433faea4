-- Where a report stands, for reports in tables too: the line, and in brackets the column map that read it. With the map
-- every value's own cell can be told; nothing else is stored for that. Rows written before keep the line alone.
COMMENT ON COLUMN referral.report_version.source_path IS 'Where the report stands in its file; of a table the line and, in brackets, the column map that read it';
