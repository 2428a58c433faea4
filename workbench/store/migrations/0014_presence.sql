-- How often each field is filled, by provider and format, import by import; and what broke with the past.
CREATE TABLE referral.presence (
    batch_id VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    provider VARCHAR,
    source_format VARCHAR NOT NULL,
    source_system VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    base_count BIGINT NOT NULL,
    filled_count BIGINT NOT NULL,
    last_filled_at TIMESTAMPTZ,
    first_missing_at TIMESTAMPTZ,
    missing_since_at TIMESTAMPTZ,
    missing_run_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.presence IS 'The presence profile of one import: of the reports it loaded of one provider and format, how many fill a field';
COMMENT ON COLUMN referral.presence.provider IS 'Canonical, as it stood when the profile was made; null: no provider is stated';
COMMENT ON COLUMN referral.presence.source_system IS 'Whose numbering: for tables the column map, so that two layouts are not compared with each other';
COMMENT ON COLUMN referral.presence.field IS 'A column of the report, or rows it has (ip_event), or a column of such rows (ip_event.source_port)';
COMMENT ON COLUMN referral.presence.base_count IS 'Reports that could fill it: all, or those that have such rows';
COMMENT ON COLUMN referral.presence.last_filled_at IS 'When the latest report that fills it was received (loaded, where nobody says)';
COMMENT ON COLUMN referral.presence.missing_since_at IS 'When the first report after that one was received: from then on none of this import fills it; null: the latest does';
COMMENT ON COLUMN referral.presence.missing_run_count IS 'How many reports there are from then on';

CREATE TABLE referral.presence_break (
    batch_id VARCHAR NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    provider VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    source_system VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    since_at TIMESTAMPTZ,
    past_count BIGINT NOT NULL,
    past_filled_count BIGINT NOT NULL,
    recent_count BIGINT NOT NULL,
    recent_filled_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.presence_break IS 'A field that a provider stopped or began again to fill, told once, with the counts that say so';
COMMENT ON COLUMN referral.presence_break.change IS 'gone (none fills it from since_at on), rarer (clearly fewer do) or back';

CREATE VIEW analyst.presence AS
SELECT
    batch_id,
    loaded_at,
    provider,
    source_format,
    source_system,
    field,
    base_count,
    filled_count
FROM referral.presence;
COMMENT ON VIEW analyst.presence IS 'How often each field is filled, by import, provider and format';
COMMENT ON COLUMN analyst.presence.base_count IS 'Reports that could fill it: all, or those that have such rows';

CREATE VIEW analyst.presence_break AS
SELECT presence_break.* FROM referral.presence_break;
COMMENT ON VIEW analyst.presence_break IS 'What broke with the past in what a provider fills, import by import';
COMMENT ON COLUMN analyst.presence_break.change IS 'gone (none fills it from since_at on), rarer (clearly fewer do) or back';

-- One row per report of the named imports and field: could it fill the field, and does it.
CREATE MACRO referral.field_presence(batches) AS TABLE
WITH report AS (
    SELECT report_version.*
    FROM referral.report_version
    WHERE list_contains(batches, report_version.batch_id)
),
seen AS (
    SELECT
        ip_event.version_id,
        bool_or(ip_event.occurred_at IS NOT NULL) AS is_dated,
        bool_or(ip_event.source_port IS NOT NULL) AS has_port
    FROM referral.ip_event
    SEMI JOIN report ON ip_event.version_id = report.version_id
    GROUP BY ip_event.version_id
),
file AS (
    SELECT
        file_record.version_id,
        bool_or(file_record.is_viewed_by_provider IS NOT NULL) AS is_viewed_said,
        bool_or(file_record.industry_classification IS NOT NULL) AS is_classified,
        bool_or(file_record.original_name IS NOT NULL) AS is_named
    FROM referral.file_record
    SEMI JOIN report ON file_record.version_id = report.version_id
    GROUP BY file_record.version_id
),
hashed AS (
    SELECT DISTINCT file_hash.version_id
    FROM referral.file_hash
    SEMI JOIN report ON file_hash.version_id = report.version_id
    WHERE file_hash.value IS NOT NULL
),
named AS (
    SELECT
        identifier.version_id,
        bool_or(identifier.kind = 'email') AS has_email,
        bool_or(identifier.kind = 'phone') AS has_phone,
        bool_or(identifier.kind = 'screen_name') AS has_screen_name,
        bool_or(identifier.kind IN ('email', 'phone') AND identifier.is_verified IS NOT NULL) AS is_verified_said
    FROM referral.identifier
    SEMI JOIN report ON identifier.version_id = report.version_id
    GROUP BY identifier.version_id
),
person AS (
    SELECT
        party.version_id,
        bool_or(party.role = 'reported_user') AS has_reported_user,
        bool_or(party.role = 'reported_user' AND party.provider_user_id IS NOT NULL) AS has_user_id,
        bool_or(party.role = 'reported_user' AND (party.first_name IS NOT NULL OR party.last_name IS NOT NULL))
            AS has_name,
        bool_or(party.role = 'reported_user' AND (party.age IS NOT NULL OR party.date_of_birth IS NOT NULL)) AS has_age
    FROM referral.party
    SEMI JOIN report ON party.version_id = report.version_id
    GROUP BY party.version_id
),
told AS (
    SELECT DISTINCT text_block.version_id
    FROM referral.text_block
    SEMI JOIN report ON text_block.version_id = report.version_id
    WHERE NOT text_block.is_boilerplate
),
placed AS (
    SELECT DISTINCT address.version_id
    FROM referral.address
    SEMI JOIN report ON address.version_id = report.version_id
)
SELECT
    report.version_id,
    report.batch_id,
    report.loaded_at,
    coalesce(provider_name.provider, report.provider_as_written) AS provider,
    report.source_format,
    report.source_system,
    coalesce(report.received_at, report.made_available_at, report.loaded_at) AS received_at,
    unnest([
        {'field': 'platform', 'is_base': true, 'is_filled': report.platform IS NOT NULL},
        {'field': 'incident_type', 'is_base': true, 'is_filled': report.incident_type IS NOT NULL},
        {'field': 'ncmec_classification', 'is_base': true, 'is_filled': report.ncmec_classification IS NOT NULL},
        {'field': 'incident_at', 'is_base': true, 'is_filled': report.incident_at IS NOT NULL},
        {'field': 'received_at', 'is_base': true, 'is_filled': report.received_at IS NOT NULL},
        {'field': 'priority_id', 'is_base': true, 'is_filled': report.priority_id IS NOT NULL},
        {'field': 'is_informational', 'is_base': true, 'is_filled': report.is_informational IS NOT NULL},
        {'field': 'country', 'is_base': true, 'is_filled': report.country IS NOT NULL},
        {'field': 'reported_user', 'is_base': true, 'is_filled': coalesce(person.has_reported_user, false)},
        {
            'field': 'party.provider_user_id',
            'is_base': coalesce(person.has_reported_user, false),
            'is_filled': coalesce(person.has_user_id, false)
        },
        {
            'field': 'party.name',
            'is_base': coalesce(person.has_reported_user, false),
            'is_filled': coalesce(person.has_name, false)
        },
        {
            'field': 'party.age',
            'is_base': coalesce(person.has_reported_user, false),
            'is_filled': coalesce(person.has_age, false)
        },
        {'field': 'email', 'is_base': true, 'is_filled': coalesce(named.has_email, false)},
        {'field': 'phone', 'is_base': true, 'is_filled': coalesce(named.has_phone, false)},
        {'field': 'screen_name', 'is_base': true, 'is_filled': coalesce(named.has_screen_name, false)},
        {
            'field': 'identifier.is_verified',
            'is_base': coalesce(named.has_email OR named.has_phone, false),
            'is_filled': coalesce(named.is_verified_said, false)
        },
        {'field': 'ip_event', 'is_base': true, 'is_filled': seen.version_id IS NOT NULL},
        {
            'field': 'ip_event.occurred_at',
            'is_base': seen.version_id IS NOT NULL,
            'is_filled': coalesce(seen.is_dated, false)
        },
        {
            'field': 'ip_event.source_port',
            'is_base': seen.version_id IS NOT NULL,
            'is_filled': coalesce(seen.has_port, false)
        },
        {'field': 'file_record', 'is_base': true, 'is_filled': file.version_id IS NOT NULL},
        {
            'field': 'file_record.original_name',
            'is_base': file.version_id IS NOT NULL,
            'is_filled': coalesce(file.is_named, false)
        },
        {
            'field': 'file_hash',
            'is_base': file.version_id IS NOT NULL,
            'is_filled': hashed.version_id IS NOT NULL
        },
        {
            'field': 'file_record.is_viewed_by_provider',
            'is_base': file.version_id IS NOT NULL,
            'is_filled': coalesce(file.is_viewed_said, false)
        },
        {
            'field': 'file_record.industry_classification',
            'is_base': file.version_id IS NOT NULL,
            'is_filled': coalesce(file.is_classified, false)
        },
        {'field': 'text_block', 'is_base': true, 'is_filled': told.version_id IS NOT NULL},
        {'field': 'address', 'is_base': true, 'is_filled': placed.version_id IS NOT NULL}
    ], recursive := true)
FROM report
LEFT JOIN referral.current_provider_name AS provider_name
    ON report.provider_as_written = provider_name.name_as_written
LEFT JOIN seen ON report.version_id = seen.version_id
LEFT JOIN file ON report.version_id = file.version_id
LEFT JOIN hashed ON report.version_id = hashed.version_id
LEFT JOIN named ON report.version_id = named.version_id
LEFT JOIN person ON report.version_id = person.version_id
LEFT JOIN told ON report.version_id = told.version_id
LEFT JOIN placed ON report.version_id = placed.version_id;
