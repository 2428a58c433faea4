"""Rule and band expressions: read with sqlglot, held to an allow-list, written again from the tree.

The list leaves out whatever would turn "unknown" into "no" unseen: CASE and COALESCE take a null
condition for false. `IS NOT TRUE` and its kin do the same in plain sight and stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

TYPES: Final = ("BOOLEAN", "BIGINT", "VARCHAR", "DATE", "TIMESTAMPTZ", "VARCHAR[]")
_ORDERED: Final = frozenset({"BIGINT", "DATE", "TIMESTAMPTZ"})
_LOGIC: Final = (exp.And, exp.Or)
_EQUALITY: Final = (exp.EQ, exp.NEQ)
_ORDER: Final = (exp.LT, exp.LTE, exp.GT, exp.GTE)
_ARITHMETIC: Final = (exp.Add, exp.Sub)


class ExpressionError(ValueError):
    """The expression says something a rule may not say; `code` is the kind of fault."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its one spelling, and the facts it uses in order of first use."""

    text: str
    names: tuple[str, ...]


def read_expression(text: str, types: Mapping[str, str]) -> Expression:
    """Check `text` against the declared names and types.

    Args:
        text: What a rule or band file says.
        types: Name -> type of everything the expression may mention.

    Raises:
        ExpressionError: Not SQL (`not_sql`), outside the allow-list (`not_allowed`), a name nobody
            declared (`unknown_fact`), or types that do not fit (`wrong_type`).
    """
    tree = _parse(text)
    names = tuple(dict.fromkeys(_names(tree)))
    unknown = [name for name in names if name not in types]
    if unknown:
        raise ExpressionError("unknown_fact", f"Nobody declares {', '.join(unknown)}.")
    found = _Types(types).of(tree)
    if found != "BOOLEAN":
        raise ExpressionError("wrong_type", f"The whole is {found}; it must be true or false.")
    return Expression(tree.sql(dialect="duckdb", comments=False), names)


def _parse(text: str) -> exp.Expr:
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except SqlglotError as error:
        first_line = str(error).splitlines()[0]
        raise ExpressionError("not_sql", f"It cannot be read as SQL: {first_line}") from error
    if len(trees) != 1 or trees[0] is None:
        raise ExpressionError("not_sql", "It must be exactly one expression.")
    return trees[0]


def _names(tree: exp.Expr) -> Iterator[str]:
    for column in tree.find_all(exp.Column, bfs=False):
        yield column.name


class _Types:
    """Works out the type of a tree from the leaves up; what it has no rule for is not allowed."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = types

    def of(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Paren):
            return self.of(node.this)
        for kinds, reader in (
            ((exp.Column, exp.Literal, exp.Boolean, exp.Neg), self._leaf),
            ((exp.Not, *_LOGIC), self._logic),
            (_EQUALITY + _ORDER, self._binary_comparison),
            (_ARITHMETIC, self._arithmetic),
            ((exp.Between,), self._between),
        ):
            if isinstance(node, kinds):
                return reader(node)
        return self._membership(node)

    def _binary_comparison(self, node: exp.Expr) -> str:
        return self._comparison(node, node.this, node.args["expression"])

    def _between(self, node: exp.Expr) -> str:
        self._comparison(exp.GTE(), node.this, node.args["low"])
        return self._comparison(exp.LTE(), node.this, node.args["high"])

    def _leaf(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Column):
            if node.parts != [node.this]:
                raise ExpressionError("not_allowed", f"{node.sql()} has more than one part.")
            return self._types[node.name]
        if isinstance(node, exp.Neg):
            return self._demand(node.this, "BIGINT")
        if isinstance(node, exp.Boolean):
            return "BOOLEAN"
        if node.is_string:
            return "VARCHAR"
        if not str(node.this).isdigit():
            raise ExpressionError("not_allowed", f"{node.sql()} is not a whole number.")
        return "BIGINT"

    def _logic(self, node: exp.Expr) -> str:
        self._demand(node.this, "BOOLEAN")
        if isinstance(node, exp.Binary):
            self._demand(node.expression, "BOOLEAN")
        return "BOOLEAN"

    def _comparison(self, node: exp.Expr, left: exp.Expr, right: exp.Expr) -> str:
        left_type, right_type = self.of(left), self.of(right)
        dated = {left_type, right_type} <= {"DATE", "VARCHAR"} and isinstance(right, exp.Literal)
        if left_type != right_type and not dated:
            raise ExpressionError(
                "wrong_type",
                f"{left.sql(dialect='duckdb')} is {left_type}, compared to {right_type}.",
            )
        if not isinstance(node, _EQUALITY) and left_type not in _ORDERED:
            raise ExpressionError(
                "wrong_type", f"{left.sql(dialect='duckdb')} is {left_type}, which has no order."
            )
        return "BOOLEAN"

    def _arithmetic(self, node: exp.Expr) -> str:
        self._demand(node.this, "BIGINT")
        return self._demand(node.args["expression"], "BIGINT")

    def _membership(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Is):
            self.of(node.this)
            return self._is(node)
        if isinstance(node, exp.In) and node.expressions:
            for item in node.expressions:
                if not isinstance(item, exp.Literal):
                    raise ExpressionError("not_allowed", "IN takes plain values only.")
                self._comparison(exp.EQ(this=node.this, expression=item), node.this, item)
            return "BOOLEAN"
        if isinstance(node, exp.ArrayContains):
            self._demand(node.this, "VARCHAR[]")
            self._demand(node.expression, "VARCHAR")
            return "BOOLEAN"
        raise ExpressionError(
            "not_allowed",
            f"{node.sql(dialect='duckdb')} is not allowed in a rule; use AND, OR, NOT, "
            "comparisons, BETWEEN, IN, IS, + and -, list_contains.",
        )

    def _is(self, node: exp.Is) -> str:
        other = node.expression
        if isinstance(other, exp.Null | exp.Boolean):
            return "BOOLEAN"
        raise ExpressionError("not_allowed", "IS takes NULL, TRUE or FALSE.")

    def _demand(self, node: exp.Expr, wanted: str) -> str:
        found = self.of(node)
        if found != wanted:
            raise ExpressionError(
                "wrong_type", f"{node.sql(dialect='duckdb')} is {found} where {wanted} belongs."
            )
        return found
