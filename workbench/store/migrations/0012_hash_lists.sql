-- Lists of hashes: what is on them, which files they were compared with, and what they matched.

-- Written once, for lists and for files alike, so that both mean the same by a hash: its bytes.
CREATE VIEW referral.hash_algorithm AS
SELECT
    algorithm,
    byte_count,
    is_taken_by_length
FROM (VALUES
    ('md5', 16, true),
    ('ed2k', 16, false),
    ('sha1', 20, true),
    ('sha224', 28, true),
    ('sha256', 32, true),
    ('pdq', 32, false),
    ('sha384', 48, true),
    ('sha512', 64, true),
    ('photodna', 144, true)
) AS known(algorithm, byte_count, is_taken_by_length);
COMMENT ON VIEW referral.hash_algorithm IS 'The kinds of hash that can be compared; is_taken_by_length: a hash nobody named is taken for it';

-- The algorithm that a header, type or attribute names. Empty: it names none ("hash"); null: one we do not know.
CREATE MACRO referral.named_hash_algorithm(written) AS (
    WITH folded AS (
        SELECT regexp_replace(
            regexp_replace(lower(coalesce(written, '')), '[^a-z0-9]', '', 'g'),
            '^(file|original|verification)+|(hash|value|sum|hex|base64|b64|digest|checksum)+$', '', 'g'
        ) AS name
    )
    SELECT
        CASE
            WHEN folded.name IN ('', 'hash', 'value', 'digest', 'checksum', 'sha', 'sha2', 'unknown', 'other') THEN ''
            WHEN folded.name = 'pdna' THEN 'photodna'
            WHEN folded.name IN ('sha2224', 'sha2256', 'sha2384', 'sha2512') THEN 'sha' || folded.name[5:]
            WHEN folded.name IN (SELECT hash_algorithm.algorithm FROM referral.hash_algorithm) THEN folded.name
        END
    FROM folded
);

-- The bytes a text stands for: hexadecimal of any case, base64 with or without its padding, or the 144
-- numbers of a PhotoDNA hash; null when it has the length of no hash. Hexadecimal goes first.
CREATE MACRO referral.hash_bytes(written) AS
    CASE
        WHEN length(written) IN (32, 40, 56, 64, 96, 128, 288) AND regexp_full_match(written, '[0-9A-Fa-f]+')
            THEN unhex(written)
        WHEN length(written) IN (22, 24, 27, 28, 38, 40, 43, 44, 64, 86, 88, 192)
            AND regexp_full_match(written, '[A-Za-z0-9+/_-]+={0,2}')
            THEN try(from_base64(
                rpad(translate(rtrim(written, '='), '-_', '+/'), CAST(4 * ceil(length(rtrim(written, '=')) / 4) AS INTEGER), '=')
            ))
        WHEN regexp_full_match(written, '\d{1,3}(,\d{1,3}){143}')
            THEN try(unhex(array_to_string(
                list_transform(string_split(written, ','), lambda part: printf('%02x', CAST(part AS INTEGER))), ''
            )))
    END;

CREATE VIEW referral.meaningless_hash AS
SELECT
    algorithm,
    unhex(written) AS digest,
    reason
FROM (VALUES
    ('md5', 'empty_file', 'd41d8cd98f00b204e9800998ecf8427e'),
    ('sha1', 'empty_file', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'),
    ('sha224', 'empty_file', 'd14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f'),
    ('sha256', 'empty_file', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
    ('sha384', 'empty_file', '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b'),
    ('sha512', 'empty_file', 'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e'),
    ('md5', 'one_newline', '68b329da9893e34099c7d8ad5cb9c940'),
    ('sha1', 'one_newline', 'adc83b19e793491b1c6ea0fd8b46cd9f32e592fc'),
    ('sha224', 'one_newline', '48837a787f07673545d9c610bcbcd8d46a2691a71966d856c197e69e'),
    ('sha256', 'one_newline', '01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b'),
    ('sha384', 'one_newline', 'ec664e889ed6c1b2763cacf7899d95b7f347373eb982e523419feea3aa362d891b3bf025f292267a5854049091789c3e'),
    ('sha512', 'one_newline', 'be688838ca8686e5c90689bf2ab585cef1137c999b48c70b92f67a5c34dc15697b5d11c982ed6d71be1e1e7f7b4e0733884aa97c3f7a339a8ed03577cf74be09'),
    ('md5', 'one_space', '7215ee9c7d9dc229d2921a40e899ec5f'),
    ('sha1', 'one_space', 'b858cb282617fb0956d960215c8e84d1ccf909c6'),
    ('sha224', 'one_space', 'ca17734c016e36b898af29c1aeb142e774abf4b70bac55ec98a27ba8'),
    ('sha256', 'one_space', '36a9e7f1c95b82ffb99743e0c5c4ce95d83c9a430aac59f84ef3cbfab6145068'),
    ('sha384', 'one_space', '588016eb10045dd85834d67d187d6b97858f38c58c690320c4a64e0c2f92eebd9f1bd74de256e8268815905159449566'),
    ('sha512', 'one_space', 'f90ddd77e400dfe6a3fcf479b00b1ee29e7015c5bb8cd70f5f15b4886cc339275ff553fc8a053f8ddc7324f45168cffaf81f8c3ac93996f6536eef38e5e40768'),
    ('md5', 'one_zero_byte', '93b885adfe0da089cdf634904fd59f71'),
    ('sha1', 'one_zero_byte', '5ba93c9db0cff93f52b521d7420e43f6eda2784f'),
    ('sha224', 'one_zero_byte', 'fff9292b4201617bdc4d3053fce02734166a683d7d858a7f5f59b073'),
    ('sha256', 'one_zero_byte', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'),
    ('sha384', 'one_zero_byte', 'bec021b4f368e3069134e012c2b4307083d3a9bdd206e24e5f0d86e13d6636655933ec2b413465966817a9c208a11717'),
    ('sha512', 'one_zero_byte', 'b8244d028981d693af7b456af8efa4cad63d282e19ff14942c246e50d9351d22704a802a71c3580b6370de4ceb293c324a8423342557d4e5c38438f0e36910ee'),
    ('ed2k', 'empty_file', '31d6cfe0d16ae931b73c59d7e0c089c0')
) AS known(algorithm, reason, written)
UNION ALL
SELECT
    algorithm,
    unhex(repeat(filler, byte_count)) AS digest,
    'filler' AS reason
FROM referral.hash_algorithm, (VALUES ('00'), ('ff')) AS filling(filler);
COMMENT ON VIEW referral.meaningless_hash IS 'Hashes that say nothing: of an empty or one-byte file, or a filler; they are never compared';

-- HMAC-SHA256 over algorithm and hash. The two keys are made of the unit's salt, which no store holds.
CREATE MACRO referral.salted_digest(inner_key, outer_key, algorithm, digest) AS
    unhex(sha256(outer_key || unhex(sha256(inner_key || encode(algorithm || ':') || digest))));

CREATE TABLE referral.hash_list (
    list_id UUID NOT NULL,
    list_name VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    as_of DATE,
    as_of_basis VARCHAR NOT NULL,
    licence VARCHAR,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    loaded_by VARCHAR,
    is_withdrawn BOOLEAN NOT NULL,
    salt_mark VARCHAR,
    read_count BIGINT NOT NULL,
    entry_count BIGINT NOT NULL,
    repeated_count BIGINT NOT NULL,
    left_out_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.hash_list IS 'One loading of one list of hashes; the newest of a name counts, the earlier ones are its history';
COMMENT ON COLUMN referral.hash_list.label IS 'known, viral, not_relevant, or a label of the unit''s own';
COMMENT ON COLUMN referral.hash_list.as_of IS 'The day whose state the list has; null: not known';
COMMENT ON COLUMN referral.hash_list.as_of_basis IS 'stated (by who loaded it), file_date (only the file''s own date is known) or not_known';
COMMENT ON COLUMN referral.hash_list.is_withdrawn IS 'True: the list was taken back; it says nothing from then on';
COMMENT ON COLUMN referral.hash_list.salt_mark IS 'Null: kept as it is; otherwise shows which salt its digests were made with, never the salt';
COMMENT ON COLUMN referral.hash_list.left_out_count IS 'Hashes that say nothing, such as that of an empty file';

CREATE TABLE referral.hash_list_rejection (
    list_id UUID NOT NULL,
    line_no BIGINT NOT NULL,
    code VARCHAR NOT NULL
);
COMMENT ON TABLE referral.hash_list_rejection IS 'A line that is no hash that can be compared, never its content. The first 1,000 of a loading; hash_list counts all';

CREATE TABLE referral.hash_list_entry (
    list_id UUID NOT NULL,
    algorithm VARCHAR NOT NULL,
    digest BLOB NOT NULL
);
COMMENT ON TABLE referral.hash_list_entry IS 'One hash on one list: its bytes, or its salted digest where the unit wants that';

CREATE TABLE referral.hash_list_algorithm (
    list_id UUID NOT NULL,
    algorithm VARCHAR NOT NULL,
    entry_count BIGINT NOT NULL
);
COMMENT ON TABLE referral.hash_list_algorithm IS 'How many hashes of which kind a list holds: a file can be on it only by one of these';

CREATE VIEW referral.current_hash_list AS
SELECT hash_list.*
FROM referral.hash_list
INNER JOIN (
    SELECT arg_max(list_id, (loaded_at, list_id)) AS list_id
    FROM referral.hash_list
    GROUP BY list_name
) AS newest ON hash_list.list_id = newest.list_id
WHERE NOT hash_list.is_withdrawn;
COMMENT ON VIEW referral.current_hash_list IS 'The newest loading of each list of hashes';

-- What is compared is written down per asking: the versions that one run took up together.
CREATE TABLE referral.file_digest (
    asking_id UUID NOT NULL,
    version_id VARCHAR NOT NULL,
    file_no INTEGER,
    algorithm VARCHAR,
    digest BLOB,
    left_out VARCHAR
);
COMMENT ON TABLE referral.file_digest IS 'One hash of one file as it is compared with lists; digest null: it cannot be, left_out says why';

CREATE TABLE referral.hash_list_asked (
    asking_id UUID NOT NULL,
    list_id UUID NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.hash_list_asked IS 'Which list was compared with the files of which asking; what is missing here is asked next time';

CREATE TABLE referral.hash_match (
    list_id UUID NOT NULL,
    version_id VARCHAR NOT NULL,
    file_no INTEGER,
    algorithm VARCHAR NOT NULL,
    matched_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE referral.hash_match IS 'A file of a version that stood on a list when both were compared';

CREATE VIEW referral.current_hash_match AS
SELECT DISTINCT
    hash_match.version_id,
    hash_match.file_no,
    hash_match.algorithm,
    list.list_id,
    list.list_name,
    list.label,
    list.as_of,
    list.as_of_basis,
    list.loaded_at
FROM referral.hash_match
INNER JOIN referral.current_hash_list AS list ON hash_match.list_id = list.list_id;
COMMENT ON VIEW referral.current_hash_match IS 'What the newest loading of each list matches, of every version';

-- For which label "not on a list" can be said: every list with that label was asked, and one holds the algorithm.
CREATE VIEW referral.hash_coverage AS
WITH asking AS (
    SELECT DISTINCT file_digest.asking_id
    FROM referral.file_digest
),
waiting AS (
    SELECT
        asking.asking_id,
        list.label
    FROM asking
    CROSS JOIN referral.current_hash_list AS list
    ANTI JOIN referral.hash_list_asked AS asked
        ON asking.asking_id = asked.asking_id
        AND list.list_id = asked.list_id
)
SELECT DISTINCT
    asking.asking_id,
    list.label,
    held.algorithm,
    asking.asking_id IN (SELECT waiting.asking_id FROM waiting) AS is_any_list_waiting
FROM asking
CROSS JOIN referral.current_hash_list AS list
INNER JOIN referral.hash_list_algorithm AS held ON list.list_id = held.list_id
ANTI JOIN waiting ON asking.asking_id = waiting.asking_id AND list.label = waiting.label;
COMMENT ON VIEW referral.hash_coverage IS 'By which hashes the files of an asking could have stood on a list of a label';

CREATE VIEW analyst.hash_list AS
SELECT
    list_name,
    label,
    as_of,
    as_of_basis,
    licence,
    file_name,
    loaded_at,
    loaded_by,
    entry_count,
    salt_mark IS NOT NULL AS is_salted
FROM referral.current_hash_list;
COMMENT ON VIEW analyst.hash_list IS 'One row per list of hashes in use: the newest loading of each name';
COMMENT ON COLUMN analyst.hash_list.label IS 'known (old material), viral (circulates), not_relevant, or the unit''s own';
COMMENT ON COLUMN analyst.hash_list.as_of IS 'The day whose state the list has; null: not known';
COMMENT ON COLUMN analyst.hash_list.entry_count IS 'Different hashes on it; those that say nothing are left out';
COMMENT ON COLUMN analyst.hash_list.is_salted IS 'True: kept as salted digests only; comparing takes the unit''s salt';

CREATE VIEW analyst.hash_match AS
SELECT
    version.referral_id,
    hash_match.file_no,
    hash_match.algorithm,
    hash_match.list_name,
    hash_match.label,
    hash_match.as_of,
    hash_match.as_of_basis,
    hash_match.loaded_at
FROM referral.current_hash_match AS hash_match
INNER JOIN referral.current_version AS version ON hash_match.version_id = version.version_id;
COMMENT ON VIEW analyst.hash_match IS 'One row per file of a referral''s newest version and list it stands on, by which kind of hash';
COMMENT ON COLUMN analyst.hash_match.file_no IS 'As in analyst.file_record; null: the source does not say of which file the hash is';
COMMENT ON COLUMN analyst.hash_match.algorithm IS 'By which kind of hash the file stands on the list';
COMMENT ON COLUMN analyst.hash_match.label IS 'known (old material), viral (circulates), not_relevant, or the unit''s own';
COMMENT ON COLUMN analyst.hash_match.as_of IS 'The day whose state the list has; null: not known';
COMMENT ON COLUMN analyst.hash_match.as_of_basis IS 'stated (by who loaded it), file_date or not_known';
COMMENT ON COLUMN analyst.hash_match.loaded_at IS 'UTC; when that list was loaded here';
