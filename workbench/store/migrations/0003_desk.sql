-- What officers did. Rows are only added; undo is a further row.
CREATE TABLE desk.decision (
    decision_id UUID NOT NULL,
    referral_id VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    decided_by VARCHAR NOT NULL,
    disposition VARCHAR,
    reason_code VARCHAR,
    note VARCHAR,
    version_seen INTEGER NOT NULL,
    rulebook_hash VARCHAR,
    urgency_seen VARCHAR,
    actionability_seen VARCHAR,
    supersedes UUID,
    origin VARCHAR NOT NULL
);
COMMENT ON TABLE desk.decision IS 'Who decided what, when, why and on what; the newest row of a referral counts';
COMMENT ON COLUMN desk.decision.disposition IS 'Null: an undo that opened the referral again';
COMMENT ON COLUMN desk.decision.origin IS 'officer (decided here), undo, or source (stated by the imported file)';

CREATE VIEW desk.current_decision AS
SELECT decision.*
FROM desk.decision
INNER JOIN (
    SELECT arg_max(decision_id, (decided_at, decision_id)) AS decision_id
    FROM desk.decision
    GROUP BY referral_id
) AS newest ON decision.decision_id = newest.decision_id;
COMMENT ON VIEW desk.current_decision IS 'The newest decision of each referral';

CREATE TABLE desk.reading (
    referral_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    read_by VARCHAR NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    part VARCHAR NOT NULL
);
COMMENT ON TABLE desk.reading IS 'Who opened what: part is referral or narrative';
