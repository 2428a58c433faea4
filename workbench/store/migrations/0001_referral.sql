-- What came in: batches, files, report versions and everything a version says. Rows are only added.
CREATE SCHEMA referral;
CREATE SCHEMA desk;
CREATE SCHEMA analyst;

CREATE TABLE referral.import_batch (
    batch_id VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    imported_by VARCHAR,
    file_count INTEGER NOT NULL,
    read_count INTEGER NOT NULL,
    loaded_count INTEGER NOT NULL,
    new_version_count INTEGER NOT NULL,
    duplicate_count INTEGER NOT NULL,
    rejected_count INTEGER NOT NULL
);
COMMENT ON TABLE referral.import_batch IS 'One import, written when it ended: read = loaded + new versions + duplicates + rejected';

CREATE TABLE referral.source_file (
    source_file_id VARCHAR NOT NULL,
    batch_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE referral.source_file IS 'One file that was read in one import; members of a ZIP stand as package.zip!/member';

CREATE TABLE referral.rejection (
    batch_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    location VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL
);
COMMENT ON TABLE referral.rejection IS 'One report, or one unreadable file, that was not loaded: place, reason and remedy';

CREATE TABLE referral.set_aside (
    batch_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE referral.set_aside IS 'What was recognised and deliberately not loaded, such as media in a package; counted and named, never unpacked';

CREATE TABLE referral.unread_field (
    batch_id VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    field_path VARCHAR NOT NULL,
    occurrence_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.unread_field IS 'A source field that no allow-list names, with how often it stood in the batch';

CREATE TABLE referral.report_version (
    version_id VARCHAR NOT NULL,
    referral_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    batch_id VARCHAR NOT NULL,
    source_file_id VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    source_system VARCHAR NOT NULL,
    report_number_source VARCHAR,
    loaded_at TIMESTAMPTZ NOT NULL,
    report_number VARCHAR,
    provider_as_written VARCHAR,
    platform VARCHAR,
    incident_type VARCHAR,
    additional_incident_types VARCHAR[],
    ncmec_classification VARCHAR,
    incident_at TIMESTAMPTZ,
    incident_at_as_written VARCHAR,
    incident_at_zone_stated BOOLEAN,
    incident_at_description VARCHAR,
    received_at TIMESTAMPTZ,
    received_at_as_written VARCHAR,
    received_at_zone_stated BOOLEAN,
    made_available_at TIMESTAMPTZ,
    made_available_at_as_written VARCHAR,
    made_available_at_zone_stated BOOLEAN,
    processed_at TIMESTAMPTZ,
    processed_at_as_written VARCHAR,
    processed_at_zone_stated BOOLEAN,
    escalation_text VARCHAR,
    priority_id VARCHAR,
    priority_text VARCHAR,
    is_informational BOOLEAN,
    batched_reason VARCHAR,
    annotations VARCHAR[],
    country VARCHAR,
    police_agency VARCHAR,
    police_case_number VARCHAR,
    was_reported_to_police BOOLEAN,
    was_served_domestic_process BOOLEAN,
    was_served_foreign_process BOOLEAN,
    foreign_process_country VARCHAR,
    stated_file_count INTEGER,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
CREATE TABLE referral.party (
    version_id VARCHAR NOT NULL,
    party_no INTEGER,
    parent_party_no INTEGER,
    role VARCHAR,
    account_type VARCHAR,
    first_name VARCHAR,
    middle_name VARCHAR,
    last_name VARCHAR,
    preferred_name VARCHAR,
    age INTEGER,
    date_of_birth DATE,
    date_of_birth_as_written VARCHAR,
    is_age_doubted BOOLEAN,
    gender VARCHAR,
    provider_user_id VARCHAR,
    service VARCHAR,
    is_third_party_account BOOLEAN,
    is_compromised BOOLEAN,
    is_temporarily_disabled BOOLEAN,
    is_permanently_disabled BOOLEAN,
    was_user_notified BOOLEAN,
    disabled_at TIMESTAMPTZ,
    disabled_at_as_written VARCHAR,
    disabled_at_zone_stated BOOLEAN,
    all_emails_reported BOOLEAN,
    group_identifier VARCHAR,
    has_access_to_children BOOLEAN,
    has_access_to_child_victim BOOLEAN,
    has_access_to_firearms BOOLEAN,
    is_convicted_sex_offender BOOLEAN,
    is_aware_of_report BOOLEAN,
    relationship_to_child_victim VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.party IS 'one party of one version';

CREATE TABLE referral.identifier (
    version_id VARCHAR NOT NULL,
    party_no INTEGER,
    kind VARCHAR,
    label VARCHAR,
    value_as_written VARCHAR,
    is_verified BOOLEAN,
    verified_at TIMESTAMPTZ,
    verified_at_as_written VARCHAR,
    verified_at_zone_stated BOOLEAN,
    country_calling_code VARCHAR,
    extension VARCHAR,
    event_name VARCHAR,
    occurred_at TIMESTAMPTZ,
    occurred_at_as_written VARCHAR,
    occurred_at_zone_stated BOOLEAN,
    file_no INTEGER,
    value VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.identifier IS 'one identifier of one party or file';

CREATE TABLE referral.address (
    version_id VARCHAR NOT NULL,
    party_no INTEGER,
    label VARCHAR,
    origin VARCHAR,
    street VARCHAR,
    city VARCHAR,
    postal_code VARCHAR,
    region VARCHAR,
    country VARCHAR,
    is_verified BOOLEAN,
    stated_at TIMESTAMPTZ,
    stated_at_as_written VARCHAR,
    stated_at_zone_stated BOOLEAN,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.address IS 'one stated or estimated place of one party';

CREATE TABLE referral.ip_event (
    version_id VARCHAR NOT NULL,
    ip_event_no INTEGER,
    party_no INTEGER,
    file_no INTEGER,
    ip_address_as_written VARCHAR,
    event_name VARCHAR,
    occurred_at TIMESTAMPTZ,
    occurred_at_as_written VARCHAR,
    occurred_at_zone_stated BOOLEAN,
    source_port INTEGER,
    is_possible_proxy BOOLEAN,
    ip_address VARCHAR,
    network_kind VARCHAR,
    is_private_use BOOLEAN,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.ip_event IS 'one address seen at one moment';

CREATE TABLE referral.geo_lookup (
    version_id VARCHAR NOT NULL,
    subject VARCHAR,
    ip_address_as_written VARCHAR,
    country VARCHAR,
    region VARCHAR,
    city VARCHAR,
    postal_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    esp VARCHAR,
    organization VARCHAR,
    types VARCHAR[],
    ip_address VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.geo_lookup IS 'NCMEC''s own look-up of an address at processing time, not a person''s place';

CREATE TABLE referral.file_record (
    version_id VARCHAR NOT NULL,
    file_no INTEGER,
    file_id VARCHAR,
    file_name VARCHAR,
    original_name VARCHAR,
    submittal_id VARCHAR,
    is_viewed_by_provider BOOLEAN,
    is_exif_viewed_by_provider BOOLEAN,
    is_publicly_available BOOLEAN,
    relevance VARCHAR,
    industry_classification VARCHAR,
    flags VARCHAR[],
    ncmec_tags VARCHAR[],
    uploaded_at TIMESTAMPTZ,
    uploaded_at_as_written VARCHAR,
    uploaded_at_zone_stated BOOLEAN,
    location_of_file VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.file_record IS 'one file named by the report; never the file';

CREATE TABLE referral.file_hash (
    version_id VARCHAR NOT NULL,
    file_no INTEGER,
    hash_type VARCHAR,
    value_as_written VARCHAR,
    value VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.file_hash IS 'one hash of one file';

CREATE TABLE referral.prior_report (
    version_id VARCHAR NOT NULL,
    party_no INTEGER,
    prior_report_number VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.prior_report IS 'an earlier report number that the source names';

CREATE TABLE referral.text_block (
    version_id VARCHAR NOT NULL,
    text_no INTEGER,
    party_no INTEGER,
    file_no INTEGER,
    kind VARCHAR,
    origin VARCHAR,
    is_boilerplate BOOLEAN,
    content VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.text_block IS 'one free text; is_boilerplate texts are never evidence';

CREATE TABLE referral.attribute (
    version_id VARCHAR NOT NULL,
    party_no INTEGER,
    file_no INTEGER,
    name VARCHAR,
    value_as_written VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.attribute IS 'a source field that has no column of its own';

CREATE TABLE referral.recorded_decision (
    version_id VARCHAR NOT NULL,
    disposition VARCHAR,
    reason_code VARCHAR,
    decided_at TIMESTAMPTZ,
    decided_at_as_written VARCHAR,
    decided_at_zone_stated BOOLEAN,
    decided_by VARCHAR,
    note VARCHAR,
    source_path VARCHAR,
    not_stated MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE referral.recorded_decision IS 'a decision that the source states about its referral';

COMMENT ON TABLE referral.report_version IS 'One version of one referral as its source wrote it; version_id is a hash of the content';
COMMENT ON COLUMN referral.report_version.report_number_source IS 'document, file_details, file_name or folder_name; null when there is no report number';
COMMENT ON COLUMN referral.report_version.stated_file_count IS 'How many files the source itself says there are, an empty list being 0; null: it does not say';
COMMENT ON COLUMN referral.report_version.not_stated IS 'Columns the source mentioned without a value: empty, null, n/a or unreadable: ...';

CREATE TABLE referral.provider_name (
    name_as_written VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    matched_by VARCHAR NOT NULL,
    score DOUBLE,
    needs_review BOOLEAN NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.provider_name IS 'Which canonical provider a written name stands for; the newest row of a name counts';
COMMENT ON COLUMN referral.provider_name.matched_by IS 'table (an alias we list), similar (rapidfuzz, score 0 to 100) or itself (fits nothing)';

CREATE VIEW referral.current_provider_name AS
SELECT
    name_as_written,
    arg_max(provider, recorded_at) AS provider,
    arg_max(matched_by, recorded_at) AS matched_by,
    arg_max_null(score, recorded_at) AS score,
    arg_max(needs_review, recorded_at) AS needs_review
FROM referral.provider_name
GROUP BY name_as_written;

CREATE VIEW referral.current_version AS
SELECT report_version.*
FROM referral.report_version
INNER JOIN (
    SELECT
        referral_id,
        max(version) AS version
    FROM referral.report_version
    GROUP BY referral_id
) AS newest
    ON report_version.referral_id = newest.referral_id
    AND report_version.version = newest.version;
COMMENT ON VIEW referral.current_version IS 'The newest version of each referral';
