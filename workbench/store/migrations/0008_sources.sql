-- Which copy of a report is the current one. A report reaches a unit more than once: corrected, late, and in several
-- formats. Every copy is a version, numbered as it came; this says which of them the officers work on, and why:
--
--   1. A complete form (JSON, XML, hotline report, PDF) comes before a row of a list (a unit's table). A list names a
--      few columns; were it current, it would hide everything else that the form says, whatever its date.
--   2. The document's own age: the time the source says it was processed, else the time it was made available, where
--      both copies state one. The younger document is current, in whichever format; an older copy that arrives late is
--      not. Between formats a difference of a day or less is no difference: formats round, and leave the zone out.
--   3. With nothing said of age: the format that says most, exactly: JSON, XML, hotline report, PDF. So a PDF that
--      arrives after the JSON of the same report is a further source, and JSON after the PDF takes its place.
--   4. Within one format, the copy that came last.
--
-- The rule is applied once, when a copy arrives, to it and the copy that was current then. So what was current at any
-- earlier moment is the greatest version of that moment that was not passed over; nothing needs to be worked out again.
ALTER TABLE referral.report_version ADD COLUMN passed_over VARCHAR;
COMMENT ON COLUMN referral.report_version.passed_over IS 'Why this copy did not become current when it came: older_copy (it states an earlier time than the current one) or further_source (another format, not younger); null: it became current';

-- Less is preferred. A format that is not named here is taken for a complete form of its own.
CREATE MACRO referral.format_rank(source_format) AS
    CASE source_format
        WHEN 'cybertipline_json' THEN 1
        WHEN 'cybertipline_xml' THEN 2
        WHEN 'cybertipline_pdf' THEN 4
        WHEN 'tabular' THEN 9
        ELSE 3
    END;

-- One copy as the rule weighs it; `verdicts` is filled by weigh_copies.
CREATE MACRO referral.copy_to_weigh(source_format, processed_at, made_available_at) AS
    {
        'format_rank': referral.format_rank(source_format),
        'processed_at': CAST(processed_at AS TIMESTAMPTZ),
        'made_available_at': CAST(made_available_at AS TIMESTAMPTZ),
        'verdicts': CAST([NULL] AS VARCHAR[])
    };

-- 1: the first is younger; -1: it is older; 0: they are of one age, or nobody says. (A macro's names must not be those
-- of a table it is used beside, or the table's columns are taken: hence `this_copy`.)
CREATE MACRO referral.compare_age(this_copy, other_copy, margin) AS
    CASE
        WHEN this_copy.processed_at > other_copy.processed_at + margin THEN 1
        WHEN this_copy.processed_at < other_copy.processed_at - margin THEN -1
        WHEN this_copy.made_available_at > other_copy.made_available_at + margin THEN 1
        WHEN this_copy.made_available_at < other_copy.made_available_at - margin THEN -1
        ELSE 0
    END;

CREATE MACRO referral.why_passed_over(this_copy, standing_copy) AS
    CASE
        WHEN this_copy.format_rank = 9 AND standing_copy.format_rank <> 9 THEN 'further_source'
        WHEN this_copy.format_rank <> 9 AND standing_copy.format_rank = 9 THEN NULL
        WHEN referral.compare_age(
            this_copy, standing_copy, CASE WHEN this_copy.format_rank = standing_copy.format_rank THEN INTERVAL 0 DAY ELSE INTERVAL 1 DAY END
        ) < 0 THEN 'older_copy'
        WHEN referral.compare_age(
            this_copy, standing_copy, CASE WHEN this_copy.format_rank = standing_copy.format_rank THEN INTERVAL 0 DAY ELSE INTERVAL 1 DAY END
        ) > 0 THEN NULL
        WHEN this_copy.format_rank > standing_copy.format_rank THEN 'further_source'
    END;

-- The copies of one report in the order in which they came -> why each was passed over, null where it was not. What
-- takes the place of another copy without saying its own age is held to be as young as that.
CREATE MACRO referral.weigh_copies(copies) AS
    list_reduce(
        copies,
        lambda standing_copy, this_copy: CASE
            WHEN referral.why_passed_over(this_copy, standing_copy) IS NULL THEN {
                'format_rank': this_copy.format_rank,
                'processed_at': CASE WHEN standing_copy.format_rank = 9 THEN this_copy.processed_at ELSE greatest(this_copy.processed_at, standing_copy.processed_at) END,
                'made_available_at': CASE WHEN standing_copy.format_rank = 9 THEN this_copy.made_available_at ELSE greatest(this_copy.made_available_at, standing_copy.made_available_at) END,
                'verdicts': list_append(standing_copy.verdicts, CAST(NULL AS VARCHAR))
            }
            ELSE {
                'format_rank': standing_copy.format_rank,
                'processed_at': standing_copy.processed_at,
                'made_available_at': standing_copy.made_available_at,
                'verdicts': list_append(standing_copy.verdicts, referral.why_passed_over(this_copy, standing_copy))
            }
        END
    ).verdicts;

UPDATE referral.report_version
SET passed_over = weighed.passed_over
FROM (
    SELECT
        referral_id,
        unnest(versions) AS version,
        unnest(referral.weigh_copies(copies)) AS passed_over
    FROM (
        SELECT
            referral_id,
            list(version ORDER BY version) AS versions,
            list(referral.copy_to_weigh(source_format, processed_at, made_available_at) ORDER BY version) AS copies
        FROM referral.report_version
        GROUP BY referral_id
        HAVING count(*) > 1
    ) AS known
) AS weighed
WHERE report_version.referral_id = weighed.referral_id
    AND report_version.version = weighed.version
    AND weighed.passed_over IS NOT NULL;

CREATE OR REPLACE VIEW referral.current_version AS
SELECT report_version.*
FROM referral.report_version
INNER JOIN (
    SELECT
        referral_id,
        max(version) AS version
    FROM referral.report_version
    WHERE passed_over IS NULL
    GROUP BY referral_id
) AS newest
    ON report_version.referral_id = newest.referral_id
    AND report_version.version = newest.version;
COMMENT ON VIEW referral.current_version IS 'The version of each referral that officers work on: the newest that was not passed over';

CREATE OR REPLACE VIEW analyst.referral AS
SELECT referral_version.*
FROM analyst.referral_version
INNER JOIN (
    SELECT
        referral_id,
        max(version) AS version
    FROM referral.report_version
    WHERE passed_over IS NULL
    GROUP BY referral_id
) AS newest
    ON referral_version.referral_id = newest.referral_id
    AND referral_version.version = newest.version;
COMMENT ON VIEW analyst.referral IS 'One row per referral: its current version, what is known of it and what was decided';
COMMENT ON COLUMN analyst.referral.referral_id IS 'Our own key, stable over versions';
COMMENT ON COLUMN analyst.referral.source_system IS 'Whose numbering report_number is: cybertipline, or the column map of a table';
COMMENT ON COLUMN analyst.referral.report_number IS 'As text; null if the source gives none, never invented';
COMMENT ON COLUMN analyst.referral.version IS 'From 1, as the copies came; a later copy that was passed over has a greater number';
COMMENT ON COLUMN analyst.referral.provider IS 'Canonical name; a name that fits nothing stays itself';
COMMENT ON COLUMN analyst.referral.provider_as_written IS 'The reporting provider as the source wrote it';
COMMENT ON COLUMN analyst.referral.platform IS 'The app where it happened, as written';
COMMENT ON COLUMN analyst.referral.incident_type IS 'The provider''s own label, as written';
COMMENT ON COLUMN analyst.referral.ncmec_classification IS 'NCMEC''s own type, as written';
COMMENT ON COLUMN analyst.referral.incident_at IS 'UTC; often the time of detection, not of the act';
COMMENT ON COLUMN analyst.referral.incident_at_zone_stated IS 'False: nobody stated the zone and the time was read as UTC';
COMMENT ON COLUMN analyst.referral.received_at IS 'UTC; when NCMEC received the report';
COMMENT ON COLUMN analyst.referral.received_at_zone_stated IS 'False: nobody stated the zone and the time was read as UTC';
COMMENT ON COLUMN analyst.referral.escalation_text IS 'Why the provider says a child is at immediate risk; text present means escalated';
COMMENT ON COLUMN analyst.referral.priority_id IS 'NCMEC''s priority as written; E is not a rank';
COMMENT ON COLUMN analyst.referral.is_informational IS 'True: NCMEC calls it informational; null: not said';
COMMENT ON COLUMN analyst.referral.batched_reason IS 'One report standing for many near-identical ones, and why';
COMMENT ON COLUMN analyst.referral.annotations IS 'The provider''s tags; a tag that is missing was not said';
COMMENT ON COLUMN analyst.referral.narrative IS 'Free text without boilerplate';
COMMENT ON COLUMN analyst.referral.country IS 'The country NCMEC sent it to, as stated';
COMMENT ON COLUMN analyst.referral.urgency IS 'Danger to a child: immediate, high, elevated, routine; null: not yet assessed';
COMMENT ON COLUMN analyst.referral.actionability IS 'actionable, needs_information, not_actionable; null: not yet assessed';
COMMENT ON COLUMN analyst.referral.deadline_on IS 'Last day on which the next evidence to be lost can be asked for; a past day when all has expired; null: not known';
COMMENT ON COLUMN analyst.referral.deadline_kind IS 'Which evidence: connection_data or provider_preservation';
COMMENT ON COLUMN analyst.referral.disposition IS 'imported, not_imported, awaiting_information, transferred; null: open';
COMMENT ON COLUMN analyst.referral.reason_code IS 'Why it was not imported';
COMMENT ON COLUMN analyst.referral.source_format IS 'The format it was read from';
COMMENT ON COLUMN analyst.referral.source_file IS 'The file this version was read from';
COMMENT ON COLUMN analyst.referral.loaded_at IS 'UTC; when this version was loaded here';

CREATE OR REPLACE MACRO analyst.referral_as_of(moment) AS TABLE
    SELECT referral_version.* EXCLUDE (disposition, reason_code),
        decision.disposition,
        decision.reason_code
    FROM analyst.referral_version
    INNER JOIN (
        SELECT
            referral_id,
            max(version) AS version
        FROM referral.report_version
        WHERE loaded_at <= moment AND passed_over IS NULL
        GROUP BY referral_id
    ) AS newest
        ON referral_version.referral_id = newest.referral_id
        AND referral_version.version = newest.version
    LEFT JOIN (
        SELECT
            referral_id,
            arg_max_null(disposition, (decided_at, decision_id)) AS disposition,
            arg_max_null(reason_code, (decided_at, decision_id)) AS reason_code
        FROM desk.decision
        WHERE decided_at <= moment
        GROUP BY referral_id
    ) AS decision ON referral_version.referral_id = decision.referral_id;
