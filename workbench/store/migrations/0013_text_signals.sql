-- Words of term lists in the texts of a version. Each text is asked again when the lists change; the newest
-- answer counts. What the sender wrote stays as it is.
CREATE TABLE referral.term_list (
    lists_hash VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    list_id VARCHAR NOT NULL,
    list_hash VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    signal VARCHAR NOT NULL,
    list_version INTEGER NOT NULL,
    dated_on DATE NOT NULL,
    source VARCHAR NOT NULL,
    is_own BOOLEAN NOT NULL,
    term_count INTEGER NOT NULL
);
COMMENT ON TABLE referral.term_list IS 'A term list as it was when texts were asked about it; lists with one lists_hash were in force together';
COMMENT ON COLUMN referral.term_list.is_own IS 'A private list of the unit, kept outside the rulebook; its words are never logged';
COMMENT ON COLUMN referral.term_list.list_hash IS 'A hash over everything in the list that can change what is found';

CREATE TABLE referral.text_scan (
    version_id VARCHAR NOT NULL,
    kind VARCHAR,
    text_no INTEGER,
    scanned_at TIMESTAMPTZ NOT NULL,
    lists_hash VARCHAR NOT NULL,
    is_readable BOOLEAN NOT NULL,
    signals VARCHAR[] NOT NULL
);
COMMENT ON TABLE referral.text_scan IS 'One text of one version, asked about the lists in force then; boilerplate is never asked';
COMMENT ON COLUMN referral.text_scan.text_no IS 'Of text_block; null for escalation_text and incident_at_description, which are columns of the report';
COMMENT ON COLUMN referral.text_scan.is_readable IS 'True: long enough, and in a language of the lists, so that finding nothing says something';
COMMENT ON COLUMN referral.text_scan.signals IS 'The signals whose words were found, each once; empty: none';

CREATE TABLE referral.text_signal (
    version_id VARCHAR NOT NULL,
    kind VARCHAR,
    text_no INTEGER,
    scanned_at TIMESTAMPTZ NOT NULL,
    lists_hash VARCHAR NOT NULL,
    list_id VARCHAR NOT NULL,
    signal VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    start_letter INTEGER NOT NULL,
    end_letter INTEGER NOT NULL,
    distance INTEGER NOT NULL
);
COMMENT ON TABLE referral.text_signal IS 'One place of one term in one text: an indication, to be read by an officer';
COMMENT ON COLUMN referral.text_signal.start_letter IS 'The first letter of the place, counted in Unicode code points from 0';
COMMENT ON COLUMN referral.text_signal.end_letter IS 'The first letter after the place';
COMMENT ON COLUMN referral.text_signal.distance IS 'How many letters differ from the term; 0 is as listed';

CREATE VIEW referral.current_text_scan AS
SELECT
    version_id,
    kind,
    text_no,
    max(scanned_at) AS scanned_at,
    arg_max(lists_hash, scanned_at) AS lists_hash,
    arg_max(is_readable, scanned_at) AS is_readable,
    arg_max(signals, scanned_at) AS signals
FROM referral.text_scan
GROUP BY version_id, kind, text_no;
COMMENT ON VIEW referral.current_text_scan IS 'The newest answer on each text';

CREATE VIEW referral.current_term_list AS
SELECT *
FROM referral.term_list
WHERE recorded_at = (SELECT max(recorded_at) FROM referral.term_list);
COMMENT ON VIEW referral.current_term_list IS 'The term lists in force when texts were last asked';

CREATE VIEW referral.current_text_signal AS
SELECT text_signal.*
FROM referral.text_signal
INNER JOIN referral.current_text_scan AS scan
    ON text_signal.version_id = scan.version_id
    AND text_signal.kind IS NOT DISTINCT FROM scan.kind
    AND text_signal.text_no IS NOT DISTINCT FROM scan.text_no
    AND text_signal.scanned_at = scan.scanned_at;
COMMENT ON VIEW referral.current_text_signal IS 'The places that the newest answer on each text names';

CREATE VIEW analyst.text_signal AS
SELECT
    version.referral_id,
    text_signal.kind AS text_kind,
    text_signal.text_no,
    text_signal.signal,
    text_signal.language,
    text_signal.list_id,
    term_list.list_version,
    term_list.dated_on AS list_dated_on,
    term_list.is_own AS is_own_list,
    text_signal.scanned_at,
    text_signal.start_letter,
    text_signal.end_letter,
    text_signal.distance
FROM referral.current_version AS version
INNER JOIN referral.current_text_signal AS text_signal ON version.version_id = text_signal.version_id
LEFT JOIN (
    SELECT lists_hash, list_id, any_value(list_version) AS list_version, any_value(dated_on) AS dated_on,
        any_value(is_own) AS is_own
    FROM referral.term_list
    GROUP BY lists_hash, list_id
) AS term_list
    ON text_signal.lists_hash = term_list.lists_hash AND text_signal.list_id = term_list.list_id;
COMMENT ON VIEW analyst.text_signal IS 'Where words of term lists stand in the texts of a current version: an indication only; the words themselves are in the text';
