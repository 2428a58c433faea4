-- name:   intake/show_foreign_work
-- grain:  one row
-- params: $demo_name VARCHAR
-- reads:  referral.import_batch, desk.decision
-- order:  none
SELECT
    EXISTS (
        SELECT 1
        FROM referral.import_batch
        WHERE import_batch.imported_by IS DISTINCT FROM $demo_name
    )
    OR EXISTS (SELECT 1 FROM desk.decision WHERE decision.origin <> 'source') AS was_worked_in;
