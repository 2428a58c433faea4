"""Reads the tables that the specifications are written in."""


def read_table(text: str) -> list[dict[str, str]]:
    """Return the rows of a table whose cells stand between bars, the first line being the heads."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    heads, *rows = [
        [cell.strip() for cell in line.split("|")] for line in lines if "---" not in line
    ]
    return [dict(zip(heads, row, strict=True)) for row in rows]
