-- name:   desk/list_parties
-- grain:  one row per party of one version
-- params: $version_id VARCHAR
-- reads:  referral.party
-- order:  reported user, victims, recipients, associated accounts, reporter; then party_no
SELECT
    party.party_no,
    party.parent_party_no,
    party.role,
    party.account_type,
    party.first_name,
    party.middle_name,
    party.last_name,
    party.preferred_name,
    party.age,
    party.date_of_birth,
    party.date_of_birth_as_written,
    party.is_age_doubted,
    party.gender,
    party.provider_user_id,
    party.service,
    party.is_third_party_account,
    party.is_compromised,
    party.is_temporarily_disabled,
    party.is_permanently_disabled,
    party.was_user_notified,
    party.disabled_at,
    party.group_identifier,
    party.has_access_to_children,
    party.has_access_to_child_victim,
    party.has_access_to_firearms,
    party.is_convicted_sex_offender,
    party.is_aware_of_report,
    party.relationship_to_child_victim,
    party.source_path
FROM referral.party
WHERE party.version_id = $version_id
ORDER BY
    CASE party.role
        WHEN 'reported_user' THEN 0 WHEN 'victim' THEN 1 WHEN 'intended_recipient' THEN 2
        WHEN 'associated_account' THEN 3 ELSE 4
    END,
    party.party_no,
    party.source_path
