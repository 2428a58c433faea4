-- The order of work. Written once here, so that the list, its counts and "the next one" cannot differ.

-- The day of analyst.next_clock alone: the list needs it for every referral, the rest for one page.
CREATE MACRO desk.deadline_on(clocks, today) AS
    coalesce(
        list_min(list_filter(list_transform(clocks, lambda clock: clock.last_on), lambda last_on: last_on >= today)),
        list_max(list_transform(clocks, lambda clock: clock.last_on))
    );

-- Where each referral stands. An unknown is a place of its own, never the comfortable end:
-- urgency nobody has assessed stands right after immediate, for it may be anything;
-- a last day nobody knows stands after those that run and before those that have passed.
CREATE MACRO desk.queue_entry(today) AS TABLE
SELECT
    entry.*,
    CASE entry.urgency
        WHEN 'immediate' THEN 0 WHEN 'high' THEN 2 WHEN 'elevated' THEN 3 WHEN 'routine' THEN 4 ELSE 1
    END AS urgency_rank,
    CASE WHEN entry.deadline_on IS NULL THEN 1 WHEN entry.deadline_on < today THEN 2 ELSE 0 END AS time_place,
    coalesce(abs(entry.deadline_on - today), 0) AS time_rank,
    CASE entry.actionability
        WHEN 'actionable' THEN 0 WHEN 'needs_information' THEN 1 WHEN 'not_actionable' THEN 3 ELSE 2
    END AS actionability_rank,
    CASE WHEN entry.received_at IS NULL THEN 1 ELSE 0 END AS received_place,
    coalesce(epoch_us(entry.received_at), 0) AS received_rank
FROM (
    SELECT
        version.referral_id,
        version.version_id,
        version.report_number,
        version.version,
        coalesce(provider_name.provider, version.provider_as_written) AS provider,
        assessment.referral_kind AS kind,
        version.received_at,
        assessment.assessment_id,
        assessment.rulebook_hash,
        assessment.urgency,
        assessment.actionability,
        desk.deadline_on(assessment.clocks, today) AS deadline_on,
        decision.disposition,
        decision.reason_code
    FROM referral.current_version AS version
    LEFT JOIN referral.current_provider_name AS provider_name
        ON version.provider_as_written = provider_name.name_as_written
    LEFT JOIN referral.current_assessment AS assessment
        ON version.version_id = assessment.version_id
    LEFT JOIN desk.current_decision AS decision
        ON version.referral_id = decision.referral_id
) AS entry;

-- What an officer's choices leave. An empty list or text leaves everything.
CREATE MACRO desk.queue_match(today, status, urgency_chosen, actionability_chosen, expires, provider_chosen, kind_chosen, sought) AS TABLE
SELECT entry.*
FROM desk.queue_entry(today) AS entry
WHERE
    CASE status
        WHEN 'open' THEN entry.disposition IS NULL
        WHEN 'waiting' THEN coalesce(entry.disposition = 'awaiting_information', false)
        WHEN 'decided' THEN coalesce(entry.disposition <> 'awaiting_information', false)
        ELSE true
    END
    AND (len(urgency_chosen) = 0 OR list_contains(urgency_chosen, coalesce(entry.urgency, 'unknown')))
    AND (len(actionability_chosen) = 0 OR list_contains(actionability_chosen, coalesce(entry.actionability, 'unknown')))
    AND (len(provider_chosen) = 0 OR list_contains(provider_chosen, coalesce(entry.provider, '')))
    AND (len(kind_chosen) = 0 OR list_contains(kind_chosen, coalesce(entry.kind, 'unknown')))
    AND CASE expires
        WHEN 'expired' THEN entry.time_place = 2
        WHEN 'today' THEN entry.time_place = 0 AND entry.time_rank = 0
        WHEN 'week' THEN entry.time_place = 0 AND entry.time_rank <= 7
        WHEN 'month' THEN entry.time_place = 0 AND entry.time_rank <= 30
        WHEN 'later' THEN entry.time_place = 0 AND entry.time_rank > 30
        WHEN 'unknown' THEN entry.time_place = 1
        ELSE true
    END
    AND (
        sought = ''
        OR coalesce(contains(lower(entry.report_number), lower(sought)), false)
        OR coalesce(contains(lower(entry.provider), lower(sought)), false)
        OR entry.version_id IN (
            SELECT identifier.version_id
            FROM referral.identifier
            WHERE
                sought <> ''
                AND (
                    contains(lower(identifier.value_as_written), lower(sought))
                    OR contains(lower(identifier.value), lower(sought))
                )
        )
    );

-- The column an officer sorts by goes first; sorting downwards turns the rank, never the place.
CREATE MACRO desk.first_place(sort_column, time_place, received_place) AS
    CASE sort_column WHEN 'time_left' THEN time_place WHEN 'received' THEN received_place ELSE 0 END;

CREATE MACRO desk.first_rank(sort_column, urgency_rank, time_rank, actionability_rank, received_rank) AS
    CASE sort_column
        WHEN 'urgency' THEN urgency_rank
        WHEN 'time_left' THEN time_rank
        WHEN 'actionability' THEN actionability_rank
        ELSE received_rank
    END;

-- The whole order as one value, for "what stands before and after this one".
CREATE MACRO desk.queue_place(sort_column, direction, entry) AS
    {
        'first_place': desk.first_place(sort_column, entry.time_place, entry.received_place),
        'first_rank': direction * desk.first_rank(
            sort_column, entry.urgency_rank, entry.time_rank, entry.actionability_rank, entry.received_rank
        ),
        'urgency_rank': entry.urgency_rank,
        'time_place': entry.time_place,
        'time_rank': entry.time_rank,
        'actionability_rank': entry.actionability_rank,
        'received_place': entry.received_place,
        'received_rank': entry.received_rank,
        'referral_id': entry.referral_id
    };
