"""The catalogue of tables and columns, and what follows from it: schemas and descriptions."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import msgspec

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of

FieldType = Literal["string", "integer", "number", "boolean", "date", "datetime"]
_PROVENANCE = ("source_id", "page", "line_start", "line_end")


class Field(msgspec.Struct, frozen=True):
    """One column."""

    name: str
    type: FieldType
    description: str
    required: bool = False
    unit: str | None = None
    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None


class Reference(msgspec.Struct, frozen=True):
    """Columns whose values, where not null, stand in the key of another table."""

    fields: tuple[str, ...]
    table: str


class Table(msgspec.Struct, frozen=True):
    """One table: its columns in order, and the key by which its rows are unique and sorted.

    `description_zh` says what one row is.
    """

    name: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    references: tuple[Reference, ...] = ()
    nullable_key: tuple[str, ...] = ()
    correctable: tuple[str, ...] = ()
    description_zh: str = ""

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [f.name for f in self.fields]


def _field(entry: dict[str, Any], common: dict[str, Any]) -> Field:
    if entry.get("enum") == "checks":
        entry = {**entry, "enum": list(checks())}
    if "use" in entry:
        name = entry["use"]
        entry = {"name": name, **common[name], **{k: v for k, v in entry.items() if k != "use"}}
    return msgspec.convert(entry, Field)


def _table(entry: dict[str, Any], common: dict[str, Any]) -> Table:
    fields = [_field(f, common) for f in entry["fields"]]
    if entry.get("provenance"):
        required = entry.get("provenance_required", True)
        have = {f.name for f in fields}
        fields += [
            _field({"use": n, "required": required}, common) for n in _PROVENANCE if n not in have
        ]
    return Table(
        name=entry["name"],
        description=entry["description"],
        key=tuple(entry["key"]),
        fields=tuple(fields),
        references=tuple(msgspec.convert(r, Reference) for r in entry.get("references", ())),
        nullable_key=tuple(entry.get("nullable_key", ())),
        correctable=tuple(entry.get("correctable", ())),
        description_zh=entry.get("description_zh", ""),
    )


def _checked(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables, or a KnowledgeError where names repeat or something is missing or unknown."""
    by_name = {t.name: t for t in tables}
    if len(by_name) != len(tables):
        raise KnowledgeError("catalogue.toml: a table stands twice", "give each table one entry")
    for table in tables:
        if not table.description_zh:
            raise KnowledgeError(
                f"catalogue.toml: `{table.name}` has no `description_zh`",
                "say in Chinese what one row is: the first sheet of the workbook shows it",
            )
        columns = table.columns
        used = [*table.key, *table.correctable]
        used += [f for r in table.references for f in r.fields]
        targets = [r for r in table.references if not set(r.fields) <= set(by_name[r.table].key)]
        if len(set(columns)) != len(columns) or not set(used) <= set(columns) or targets:
            raise KnowledgeError(
                f"catalogue.toml: columns, key and references of `{table.name}` do not fit",
                "name every column once, and refer to keys only",
            )
    return tables


@cache
@made_of("catalogue.toml")
def catalogue() -> tuple[Table, ...]:
    """All tables in the order in which they are documented, read once."""
    data = load_toml("catalogue.toml")
    return _checked(tuple(_table(entry, data["common"]) for entry in data["table"]))


@cache
def checks() -> dict[str, str]:
    """Every check that makes a finding, with what it means."""
    return dict(sorted(load_toml("catalogue.toml")["checks"].items()))


def describe(tables: tuple[Table, ...]) -> str:
    """The data dictionary in Markdown (`docs/tables.md`)."""
    out = [
        "# Tables",
        "",
        "Made from `pipeline/knowledge/catalogue.toml` by `make docs`; do not edit by hand.",
        "Each table is `output/tables/NAME.parquet` and `output/tables/NAME.csv`. Rows are unique",
        "and sorted by the key. A missing value is null (an empty CSV field).",
    ]
    for table in tables:
        out += ["", f"## {table.name}", "", f"{table.description}.", ""]
        out += [f"Key: {', '.join(f'`{k}`' for k in table.key)}.", ""]
        for ref in table.references:
            out += [f"{', '.join(f'`{f}`' for f in ref.fields)} → `{ref.table}`.", ""]
        if table.correctable:
            names = ", ".join(f"`{f}`" for f in table.correctable)
            out += [f"People can correct {names} ([how](corrections.md)).", ""]
        out += ["| column | type | unit | null | description |", "|---|---|---|---|---|"]
        for f in table.fields:
            listed = f.enum is not None and f.name != "check"
            values = f" One of {', '.join(f'`{v}`' for v in f.enum or ())}." if listed else ""
            null = "no" if f.required else "yes"
            out.append(
                f"| `{f.name}` | {f.type} | {f.unit or ''} | {null} | {f.description}.{values} |"
            )
    out += [
        "",
        "## Checks",
        "",
        "What `findings.check` can be.",
        "",
        "| check | finding |",
        "|---|---|",
    ]
    out += [f"| `{name}` | {meaning}. |" for name, meaning in checks().items()]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    print(describe(catalogue()), end="")
