-- Addresses as numbers, each text taken apart once: inside a CASE DuckDB works out every repeated part anew.
-- TRY_CAST: where the whole is one expression DuckDB takes the other branch's text apart as well.
CREATE MACRO referral.address_parts(address) AS
    TRY_CAST(
        CASE
            WHEN contains(address, ':')
                THEN string_split(
                    '0x' || replace(referral.ipv6_expanded(referral.ipv6_closed(address)), ':', ':0x'), ':'
                )
            ELSE string_split(address, '.')
        END AS UBIGINT[]
    );

-- `parts` is to be a column, so that it is worked out once: four octets, or eight groups.
CREATE MACRO referral.key_of_parts(parts) AS
    CASE
        WHEN len(parts) = 4
            THEN CAST(281470681743360 AS UHUGEINT) + CAST(
                parts[1] * CAST(16777216 AS UBIGINT)
                + parts[2] * CAST(65536 AS UBIGINT)
                + parts[3] * CAST(256 AS UBIGINT)
                + parts[4] AS UHUGEINT
            )
        ELSE referral.key_of_halves(
            parts[1] * CAST(281474976710656 AS UBIGINT)
            + parts[2] * CAST(4294967296 AS UBIGINT)
            + parts[3] * CAST(65536 AS UBIGINT)
            + parts[4],
            parts[5] * CAST(281474976710656 AS UBIGINT)
            + parts[6] * CAST(4294967296 AS UBIGINT)
            + parts[7] * CAST(65536 AS UBIGINT)
            + parts[8]
        )
    END;

CREATE OR REPLACE MACRO referral.address_key(address) AS
    referral.key_of_parts(referral.address_parts(address));
DROP MACRO referral.ipv4_key;
DROP MACRO referral.ipv6_key;
DROP MACRO referral.ipv6_half;
