-- What the domain or name of an e-mail address says. Rows are only added; the newest of an address counts.
CREATE TABLE referral.email_kind (
    value VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    provider VARCHAR,
    source VARCHAR,
    list_hash VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.email_kind IS 'One e-mail address as our lists see it; what the sender said of it stays in identifier';
COMMENT ON COLUMN referral.email_kind.kind IS 'mail_provider (who can be asked), disposable, role (an office, not a person) or other (in no list)';
COMMENT ON COLUMN referral.email_kind.provider IS 'Whom to ask about the mailbox; null: not known';
COMMENT ON COLUMN referral.email_kind.source IS 'Which list said so, and its date or version; null: in no list';

CREATE VIEW referral.current_email_kind AS
SELECT
    value,
    arg_max(kind, recorded_at) AS kind,
    arg_max_null(provider, recorded_at) AS provider,
    arg_max_null(source, recorded_at) AS source,
    arg_max(list_hash, recorded_at) AS list_hash
FROM referral.email_kind
GROUP BY value;
COMMENT ON VIEW referral.current_email_kind IS 'What our newest lists say of each e-mail address';
