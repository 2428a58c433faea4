-- Referrals of other kinds than a CyberTipline report: hotline reports, connection leads, transaction reports.

-- Which kind a format is by itself; null: what a report is about decides.
CREATE MACRO referral.kind_of_format(source_format) AS
    CASE source_format
        WHEN 'iccam_v2' THEN 'hotline_report'
        WHEN 'iccam_v3' THEN 'hotline_report'
        WHEN 'connection_lead_table' THEN 'connection_lead'
        WHEN 'transaction_table' THEN 'transaction_report'
    END;

-- The host of a web address, also of one that somebody made inert (hxxp, [.]); null: none can be seen.
CREATE MACRO referral.host_of(url_as_written) AS
    nullif(
        regexp_extract(
            regexp_replace(lower(trim(url_as_written)), '\[(?:\.|dot)\]|\((?:\.|dot)\)', '.', 'g'),
            '^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@\s\\]*@)?(\[[0-9a-f:.]+\]|[^/:?#@\s\[\]\\]+\.[^/:?#@\s\[\]\\]+)',
            1
        ),
        ''
    );

-- The words of ICCAM version 2's numbers. Those of version 3 are not public, so a number of version 3 has no word;
-- a word that is written out is the word in either.
CREATE MACRO referral.iccam_word(list_name, said, source_format) AS
    CASE
        WHEN source_format = 'iccam_v2' AND regexp_full_match(trim(said), '\d{1,2}') THEN
            map_extract_value(
                MAP {
                    'classification 1': 'baseline',
                    'classification 2': 'national',
                    'classification 3': 'doubtful',
                    'classification 4': 'ignore',
                    'action 1': 'police_informed',
                    'action 2': 'host_informed',
                    'action 3': 'removed',
                    'action 4': 'unavailable',
                    'action 5': 'moved',
                    'action 7': 'not_illegal',
                    'gender 1': 'undetermined',
                    'gender 2': 'female',
                    'gender 3': 'male',
                    'gender 4': 'both',
                    'age 1': 'undetermined',
                    'age 2': 'infant',
                    'age 3': 'prepubescent',
                    'age 4': 'pubescent',
                    'commerciality 1': 'undetermined',
                    'commerciality 2': 'commercial',
                    'commerciality 3': 'non_commercial',
                    'content_type 0': 'image',
                    'content_type 1': 'video',
                    'content_type 2': 'link',
                    'content_type 3': 'container',
                    'content_type 4': 'other',
                    'content_type 5': 'text',
                    'site 1': 'undetermined',
                    'site 2': 'website',
                    'site 3': 'filehost',
                    'site 4': 'imagestore',
                    'site 5': 'imageboard',
                    'site 6': 'forum',
                    'site 7': 'banner_site',
                    'site 8': 'link_site',
                    'site 9': 'social_site',
                    'site 10': 'redirector',
                    'site 11': 'web_archive',
                    'site 18': 'search_provider',
                    'site 20': 'image_host',
                    'site 22': 'blog',
                    'site 23': 'web_page',
                    'site 24': 'undetermined'
                },
                list_name || ' ' || trim(said)
            )
        WHEN NOT regexp_full_match(trim(said), '\d+') THEN
            CASE replace(replace(lower(trim(said)), '-', '_'), ' ', '_')
                WHEN 'lea' THEN 'police_informed'
                WHEN 'isp' THEN 'host_informed'
                WHEN 'content_removed' THEN 'removed'
                WHEN 'content_unavailable' THEN 'unavailable'
                ELSE replace(replace(lower(trim(said)), '-', '_'), ' ', '_')
            END
    END;

CREATE TABLE referral.web_address (
    version_id VARCHAR NOT NULL,
    web_address_no INTEGER,
    relation VARCHAR,
    content_id VARCHAR,
    url_as_written VARCHAR,
    is_source_url BOOLEAN,
    site_type VARCHAR,
    commerciality VARCHAR,
    payment_methods VARCHAR[],
    hosting_country VARCHAR,
    hosting_ip_as_written VARCHAR,
    hosting_network VARCHAR,
    assigned_country VARCHAR,
    country_assigned_at TIMESTAMPTZ,
    country_assigned_at_as_written VARCHAR,
    country_assigned_at_zone_stated BOOLEAN,
    checked_at TIMESTAMPTZ,
    checked_at_as_written VARCHAR,
    checked_at_zone_stated BOOLEAN,
    status VARCHAR,
    host VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.web_address IS 'one web address a hotline reports about; shown inert, never fetched';

CREATE TABLE referral.web_assessment (
    version_id VARCHAR NOT NULL,
    web_address_no INTEGER,
    classification VARCHAR,
    classified_by VARCHAR,
    classified_at TIMESTAMPTZ,
    classified_at_as_written VARCHAR,
    classified_at_zone_stated BOOLEAN,
    age_group VARCHAR,
    gender VARCHAR,
    content_type VARCHAR,
    commerciality VARCHAR,
    payment_methods VARCHAR[],
    is_virtual BOOLEAN,
    is_child_modeling BOOLEAN,
    is_user_generated BOOLEAN,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.web_assessment IS 'what one hotline said of one web address; several may differ';

CREATE TABLE referral.web_action (
    version_id VARCHAR NOT NULL,
    web_address_no INTEGER,
    action VARCHAR,
    country VARCHAR,
    acted_at TIMESTAMPTZ,
    acted_at_as_written VARCHAR,
    acted_at_zone_stated BOOLEAN,
    actor VARCHAR,
    reason VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.web_action IS 'one step a hotline, police or host took about a web address, or about the whole report';

CREATE TABLE referral.transaction_record (
    version_id VARCHAR NOT NULL,
    transaction_no INTEGER,
    reference VARCHAR,
    occurred_at TIMESTAMPTZ,
    occurred_at_as_written VARCHAR,
    occurred_at_zone_stated BOOLEAN,
    amount_as_written VARCHAR,
    amount VARCHAR,
    currency VARCHAR,
    channel VARCHAR,
    sender_country VARCHAR,
    recipient_country VARCHAR,
    keywords VARCHAR[],
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.transaction_record IS 'one payment that a suspicious-transaction report names';


COMMENT ON COLUMN referral.web_address.relation IS 'content (what is reported) or referrer (the page that led there)';
COMMENT ON COLUMN referral.web_address.host IS 'The host part of the address as written, in small letters; null: none can be seen';
COMMENT ON COLUMN referral.web_action.web_address_no IS 'Null: the step was taken about the whole report';
COMMENT ON COLUMN referral.transaction_record.amount IS 'Exact decimal text with a point, never a float; null: the amount cannot be read';

CREATE VIEW analyst.web_address AS
SELECT
    version.referral_id,
    web_address.web_address_no,
    web_address.relation,
    web_address.content_id,
    web_address.url_as_written,
    web_address.host,
    web_address.is_source_url,
    web_address.site_type,
    referral.iccam_word('site', web_address.site_type, version.source_format) AS site_type_word,
    web_address.commerciality,
    referral.iccam_word('commerciality', web_address.commerciality, version.source_format) AS commerciality_word,
    web_address.payment_methods,
    web_address.hosting_country,
    web_address.hosting_ip_as_written,
    web_address.hosting_network,
    web_address.assigned_country,
    web_address.country_assigned_at,
    web_address.checked_at,
    web_address.status
FROM referral.web_address
INNER JOIN referral.current_version AS version ON web_address.version_id = version.version_id;
COMMENT ON VIEW analyst.web_address IS 'One row per web address a hotline report names; never a link, never fetched';
COMMENT ON COLUMN analyst.web_address.relation IS 'content (what is reported) or referrer (the page that led there)';
COMMENT ON COLUMN analyst.web_address.host IS 'Host part of the address, small letters, also of addresses written inert; null: none can be seen';
COMMENT ON COLUMN analyst.web_address.is_source_url IS 'The page itself rather than something embedded in it; null: not said';
COMMENT ON COLUMN analyst.web_address.site_type_word IS 'The word of the code; null where the code''s meaning is not public (ICCAM version 3)';
COMMENT ON COLUMN analyst.web_address.hosting_country IS 'Where the hotline traced the hosting to, as written; null: not said';
COMMENT ON COLUMN analyst.web_address.assigned_country IS 'Country the hotline network gave the address to, which may differ from the hosting country';
COMMENT ON COLUMN analyst.web_address.status IS 'What the hotline says of it now, as written; null: not said';

CREATE VIEW analyst.web_assessment AS
SELECT
    version.referral_id,
    web_assessment.web_address_no,
    web_assessment.classification,
    referral.iccam_word('classification', web_assessment.classification, version.source_format) AS classification_word,
    web_assessment.classified_by,
    web_assessment.classified_at,
    web_assessment.age_group,
    referral.iccam_word('age', web_assessment.age_group, version.source_format) AS age_group_word,
    web_assessment.gender,
    referral.iccam_word('gender', web_assessment.gender, version.source_format) AS gender_word,
    web_assessment.content_type,
    referral.iccam_word('content_type', web_assessment.content_type, version.source_format) AS content_type_word,
    web_assessment.commerciality,
    referral.iccam_word('commerciality', web_assessment.commerciality, version.source_format) AS commerciality_word,
    web_assessment.payment_methods,
    web_assessment.is_virtual,
    web_assessment.is_child_modeling,
    web_assessment.is_user_generated
FROM referral.web_assessment
INNER JOIN referral.current_version AS version ON web_assessment.version_id = version.version_id;
COMMENT ON VIEW analyst.web_assessment IS 'One row per assessment of a web address by a hotline; several may differ';
COMMENT ON COLUMN analyst.web_assessment.classification IS 'As written: the hotline''s code or word';
COMMENT ON COLUMN analyst.web_assessment.classification_word IS 'baseline, national, doubtful, ignore; null where the code''s meaning is not public (ICCAM version 3)';
COMMENT ON COLUMN analyst.web_assessment.is_virtual IS 'Drawn or made by computer, by the hotline; null: not said';

CREATE VIEW analyst.web_action AS
SELECT
    version.referral_id,
    web_action.web_address_no,
    web_action.action,
    referral.iccam_word('action', web_action.action, version.source_format) AS action_word,
    web_action.country,
    web_action.acted_at,
    web_action.actor,
    web_action.reason
FROM referral.web_action
INNER JOIN referral.current_version AS version ON web_action.version_id = version.version_id;
COMMENT ON VIEW analyst.web_action IS 'One row per step taken about a web address, or about the whole report';
COMMENT ON COLUMN analyst.web_action.web_address_no IS 'Null: about the whole report';
COMMENT ON COLUMN analyst.web_action.action_word IS 'police_informed, host_informed, removed, unavailable, moved, not_illegal; null where the meaning is not public';

CREATE VIEW analyst.transaction_record AS
SELECT
    version.referral_id,
    transaction_record.transaction_no,
    transaction_record.reference,
    transaction_record.occurred_at,
    transaction_record.occurred_at_zone_stated,
    transaction_record.amount_as_written,
    transaction_record.amount,
    transaction_record.currency,
    transaction_record.channel,
    transaction_record.sender_country,
    transaction_record.recipient_country,
    transaction_record.keywords
FROM referral.transaction_record
INNER JOIN referral.current_version AS version ON transaction_record.version_id = version.version_id;
COMMENT ON VIEW analyst.transaction_record IS 'One row per payment that a suspicious-transaction report names';
COMMENT ON COLUMN analyst.transaction_record.amount IS 'Exact decimal text with a point; CAST(amount AS DECIMAL(38, 8)) to calculate; null: cannot be read';
COMMENT ON COLUMN analyst.transaction_record.currency IS 'As written, ISO 4217 letters where the source uses them';
COMMENT ON COLUMN analyst.transaction_record.keywords IS 'The reporting institution''s own tags, as written';
