-- `<fileDetails>` that came without their `<report>` say what a few files are and nothing else of the report. They were
-- kept as a form of the provider's XML, so that they took the place of the whole report when they came after it. From
-- here on they are a format of their own: like a row of a list, they never stand before a complete form, and what they
-- say of files counts beside it. What was kept before stays as it is.
CREATE OR REPLACE MACRO referral.format_rank(source_format) AS
    CASE source_format
        WHEN 'cybertipline_json' THEN 1
        WHEN 'cybertipline_xml' THEN 2
        WHEN 'cybertipline_pdf' THEN 4
        WHEN 'cybertipline_file_details' THEN 8
        WHEN 'tabular' THEN 9
        ELSE 3
    END;

-- From 8 on no complete form.
CREATE OR REPLACE MACRO referral.why_passed_over(this_copy, standing_copy) AS
    CASE
        WHEN this_copy.format_rank >= 8 AND standing_copy.format_rank < 8 THEN 'further_source'
        WHEN this_copy.format_rank < 8 AND standing_copy.format_rank >= 8 THEN NULL
        WHEN referral.compare_age(
            this_copy, standing_copy, CASE WHEN this_copy.format_rank = standing_copy.format_rank THEN INTERVAL 0 DAY ELSE INTERVAL 1 DAY END
        ) < 0 THEN 'older_copy'
        WHEN referral.compare_age(
            this_copy, standing_copy, CASE WHEN this_copy.format_rank = standing_copy.format_rank THEN INTERVAL 0 DAY ELSE INTERVAL 1 DAY END
        ) > 0 THEN NULL
        WHEN this_copy.format_rank > standing_copy.format_rank THEN 'further_source'
    END;

-- As in 0008.
CREATE OR REPLACE MACRO referral.weigh_copies(copies) AS
    list_reduce(
        copies,
        lambda standing_copy, this_copy: CASE
            WHEN referral.why_passed_over(this_copy, standing_copy) IS NULL THEN {
                'format_rank': this_copy.format_rank,
                'processed_at': CASE WHEN standing_copy.format_rank >= 8 THEN this_copy.processed_at ELSE greatest(this_copy.processed_at, standing_copy.processed_at) END,
                'made_available_at': CASE WHEN standing_copy.format_rank >= 8 THEN this_copy.made_available_at ELSE greatest(this_copy.made_available_at, standing_copy.made_available_at) END,
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

CREATE OR REPLACE MACRO referral.format_name(source_format) AS
    CASE
        WHEN source_format = 'cybertipline_json' THEN 'JSON'
        WHEN source_format = 'cybertipline_xml' THEN 'XML'
        WHEN source_format = 'cybertipline_file_details' THEN 'fileDetails'
        WHEN source_format = 'cybertipline_pdf' THEN 'PDF'
        WHEN source_format = 'tabular' THEN 'CSV/XLSX'
        WHEN starts_with(source_format, 'iccam') THEN 'ICCAM'
        ELSE source_format
    END;
