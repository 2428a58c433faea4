-- What the newest assessments go by. Where the program, a setting or the rulebook is another, every position may be.
CREATE TABLE referral.assessment_basis (
    basis VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.assessment_basis IS 'By what referrals have been assessed since when: a change means assessing all of them again';
COMMENT ON COLUMN referral.assessment_basis.basis IS 'Hash of the statement that assesses, compiled from the rulebook, and of the settings it is given';
