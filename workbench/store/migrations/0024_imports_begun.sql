-- An import has its row from when it begins: one that was killed left reports of an import that nobody could find.
ALTER TABLE referral.import_batch ALTER COLUMN finished_at DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN file_count DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN read_count DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN loaded_count DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN new_version_count DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN duplicate_count DROP NOT NULL;
ALTER TABLE referral.import_batch ALTER COLUMN rejected_count DROP NOT NULL;
COMMENT ON TABLE referral.import_batch IS 'One import. When it has ended: read = loaded + new versions + duplicates + rejected';
COMMENT ON COLUMN referral.import_batch.finished_at IS 'NULL: it was interrupted, or is still at work; so are the counts';

-- Those that were killed before: when they began stands in their name.
INSERT INTO referral.import_batch (batch_id, started_at)
SELECT
    left_behind.batch_id,
    try_strptime(left(left_behind.batch_id, 16), '%Y%m%dT%H%M%SZ') AT TIME ZONE 'UTC' AS started_at
FROM (
    SELECT source_file.batch_id FROM referral.source_file
    UNION
    SELECT rejection.batch_id FROM referral.rejection
    UNION
    SELECT set_aside.batch_id FROM referral.set_aside
) AS left_behind
ANTI JOIN referral.import_batch ON left_behind.batch_id = import_batch.batch_id
WHERE try_strptime(left(left_behind.batch_id, 16), '%Y%m%dT%H%M%SZ') IS NOT NULL;

CREATE TABLE referral.rejected_count (
    batch_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    report_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.rejected_count IS 'How many reports of an import were rejected for which reason; referral.rejection lists only so many of one file';

CREATE TABLE referral.import_warning (
    batch_id VARCHAR NOT NULL,
    warning_no INTEGER NOT NULL,
    warning VARCHAR NOT NULL
);
COMMENT ON TABLE referral.import_warning IS 'What somebody should look at after an import though it was loaded, as its count sheet tells it';
COMMENT ON COLUMN referral.import_warning.warning IS 'JSON: code and message, and what the code needs';

-- Earlier imports: known where every rejection is listed.
INSERT INTO referral.rejected_count
SELECT
    rejection.batch_id,
    rejection.code,
    count(*) AS report_count
FROM referral.rejection
SEMI JOIN (
    SELECT listed.batch_id
    FROM referral.rejection AS listed
    INNER JOIN referral.import_batch ON listed.batch_id = import_batch.batch_id
    GROUP BY listed.batch_id
    HAVING count(*) = any_value(import_batch.rejected_count)
) AS complete ON rejection.batch_id = complete.batch_id
GROUP BY rejection.batch_id, rejection.code;
