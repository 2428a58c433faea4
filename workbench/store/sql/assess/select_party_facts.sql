-- name:   assess/select_party_facts
-- grain:  one row per version to assess that names a party: what is said of its people
-- params: $rulebook_hash VARCHAR, $everything BOOLEAN
-- reads:  referral.party
-- order:  none; a part of the one assessment statement
WITH target AS (FROM referral.version_to_assess($rulebook_hash, $everything)),
person AS (
    SELECT
        party.*,
        party.role = 'reported_user' AS is_reported_user,
        party.role IN ('victim', 'intended_recipient') AS is_child_or_recipient,
        coalesce(
            party.age,
            CAST(date_sub('year', CAST(party.date_of_birth AS TIMESTAMP), CAST(target.received_at AS TIMESTAMP)) AS INTEGER)
        ) AS years,
        coalesce(
            party.was_user_notified OR party.is_aware_of_report, party.was_user_notified, party.is_aware_of_report
        ) AS is_told
    FROM target
    INNER JOIN referral.party ON target.version_id = party.version_id
)
-- "any of" in three values: x OR nullif(any is null, true) is true, false only when all say no, else null.
SELECT
    person.version_id,
    CAST(min(person.years) FILTER (person.is_child_or_recipient) AS BIGINT) AS youngest_child_age,
    CASE
        WHEN count(*) FILTER (person.is_child_or_recipient AND person.years IS NULL) = 0
            THEN CAST(min(person.years) FILTER (person.is_child_or_recipient) AS BIGINT)
    END AS youngest_age_when_all_stated,
    bool_or(person.has_access_to_child_victim) FILTER (person.is_reported_user)
    OR nullif(bool_or(person.has_access_to_child_victim IS NULL) FILTER (person.is_reported_user), true)
        AS has_access_to_child_victim,
    bool_or(person.has_access_to_children) FILTER (person.is_reported_user)
    OR nullif(bool_or(person.has_access_to_children IS NULL) FILTER (person.is_reported_user), true)
        AS has_access_to_children,
    bool_or(person.is_convicted_sex_offender) FILTER (person.is_reported_user)
    OR nullif(bool_or(person.is_convicted_sex_offender IS NULL) FILTER (person.is_reported_user), true)
        AS is_convicted_offender,
    bool_or(person.is_third_party_account) FILTER (person.is_reported_user) AS is_third_party_account,
    bool_or(person.is_compromised) FILTER (person.is_reported_user)
    OR nullif(bool_or(person.is_compromised IS NULL) FILTER (person.is_reported_user), true)
        AS is_account_compromised,
    bool_or(person.is_told) FILTER (person.is_reported_user)
    OR nullif(bool_or(person.is_told IS NULL) FILTER (person.is_reported_user), true) AS is_user_aware,
    bool_or(person.is_age_doubted) FILTER (person.role = 'victim') AS is_victim_age_doubted,
    CAST(min(person.years) FILTER (person.role = 'victim') AS BIGINT) AS youngest_victim_age
FROM person
GROUP BY person.version_id
