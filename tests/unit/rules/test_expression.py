"""What a rule may say, and that what it may not say never reaches the database."""

import pytest

from rules.expression import ExpressionError, read_expression

TYPES = {
    "is_seen": "BOOLEAN",
    "file_count": "BIGINT",
    "kind": "VARCHAR",
    "flags": "VARCHAR[]",
    "received_on": "DATE",
}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("is_seen and not (file_count<14)", "is_seen AND NOT (file_count < 14)"),
        ("is_seen is not true", "NOT is_seen IS TRUE"),
        ("kind in ('image', 'other')", "kind IN ('image', 'other')"),
        ("list_contains(flags, 'viral')", "ARRAY_CONTAINS(flags, 'viral')"),
        ("file_count between 1 and 3", "file_count BETWEEN 1 AND 3"),
        ("file_count + 1 > 2", "file_count + 1 > 2"),
        ("received_on < '2024-05-07'", "received_on < '2024-05-07'"),
        ("is_seen /* said by the provider */", "is_seen"),
        ("kind = 'it''s'", "kind = 'it''s'"),
    ],
)
def test_an_allowed_expression_is_written_again_from_its_tree(text: str, written: str) -> None:
    assert read_expression(text, TYPES).text == written


def test_facts_are_named_once_in_order_of_use() -> None:
    assert read_expression("is_seen OR file_count > 0 AND is_seen", TYPES).names == (
        "is_seen",
        "file_count",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_sql"),
        ("is_seen OR (", "not_sql"),
        ("is_seen; DROP TABLE x", "not_sql"),
        ("is_unheard_of", "unknown_fact"),
        ("is_seen AND t.is_seen", "not_allowed"),
        ("(SELECT true)", "not_allowed"),
        ("EXISTS (SELECT 1)", "not_allowed"),
        ("file_count IN (SELECT 1)", "not_allowed"),
        ("kind = getenv('HOME')", "not_allowed"),
        ("read_text('x') = 'y'", "not_allowed"),
        ("kind LIKE 'a%'", "not_allowed"),
        ("kind = 'a' || 'b'", "not_allowed"),
        ("kind = $secret", "not_allowed"),
        ("file_count = 1.5", "not_allowed"),
        ("CAST(kind AS BOOLEAN)", "not_allowed"),
        ("file_count", "wrong_type"),
        ("is_seen > 3", "wrong_type"),
        ("kind > 'a'", "wrong_type"),
        ("file_count = 'two'", "wrong_type"),
        ("NOT file_count", "wrong_type"),
        ("list_contains(kind, 'a')", "wrong_type"),
        ("is_seen OR kind", "wrong_type"),
    ],
)
def test_everything_else_is_refused_with_its_kind(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        read_expression(text, TYPES)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "CASE WHEN is_seen THEN true ELSE false END",
        "COALESCE(is_seen, false)",
        "IFNULL(is_seen, true)",
    ],
)
def test_nothing_that_takes_unknown_for_no_unseen_is_allowed(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        read_expression(text, TYPES)
    assert refused.value.code == "not_allowed"
