-- name:   intake/list_grouped_files
-- grain:  one row per file of a large folder; those of one wanted number stand together
-- params: $number_of_report TEXT - of the only report, where it takes what parts beside it state
-- reads:  seen_file, stated_number, wanted_number
-- order:  place of the first file of the number, place
WITH keyed AS (
    SELECT
        seen_file.place,
        CASE
            WHEN seen_file.holds = 'report' AND $number_of_report IS NOT NULL
                THEN $number_of_report
            WHEN by_statement.number IS NOT NULL THEN by_statement.number
            WHEN seen_file.holds <> 'part' THEN by_name.number
        END AS number
    FROM seen_file
    LEFT JOIN stated_number
        ON seen_file.place = stated_number.place
    LEFT JOIN wanted_number AS by_statement
        ON stated_number.number = by_statement.number
    LEFT JOIN wanted_number AS by_name
        ON seen_file.number_in_name = by_name.number
),

first_of_number AS (
    SELECT
        keyed.number,
        min(keyed.place) AS place
    FROM keyed
    WHERE keyed.number IS NOT NULL
    GROUP BY keyed.number
)

SELECT
    coalesce(first_of_number.place, keyed.place) AS first_place,
    keyed.number,
    seen_file.path,
    seen_file.name,
    seen_file.byte_count,
    seen_file.was_named,
    seen_file.holds
FROM keyed
INNER JOIN seen_file
    ON keyed.place = seen_file.place
LEFT JOIN first_of_number
    ON keyed.number = first_of_number.number
ORDER BY
    first_place,
    keyed.place;
