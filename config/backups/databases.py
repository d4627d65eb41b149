"""The database's part of a backup, by the engine's own means: pg_dump, or SQLite's online backup.

A dump of records that any engine could read would be slow to load at 200,000 people, and would have to
know about page trees, sequences and signals; the engines' own copies are exact. Their price: a backup of
PostgreSQL is restored into PostgreSQL, one of SQLite into SQLite.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection

from identify.models import Photo

from .errors import BackupError

Rows = Callable[[str], list[tuple[Any, ...]]]
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false))",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database as it was at one moment, in a file."""

    path: Path
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    seals: dict[str, str]  # each sealed original's name, and its SHA-256 at intake


def copy_to(folder: Path) -> Snapshot:
    """Copy the database into the folder, as of one moment, while it is being written to."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder / "quaymark.sqlite3")
    if connection.vendor == "postgresql":
        return _copy_postgresql(folder / "quaymark.dump")
    raise BackupError(f"There is no backup for the database engine {connection.vendor}.")


def load(path: Path, counts: dict[str, int]) -> None:
    """Fill the empty database from a snapshot: all of it, with as many rows as it had, or nothing."""
    if connection.vendor == "sqlite":
        _load_sqlite(path, counts)
    else:
        _load_postgresql(path, counts)


def is_empty() -> bool:
    if connection.vendor == "sqlite" and not Path(_name()).exists():
        return True
    empty = not connection.introspection.table_names()
    connection.close()
    return empty


def _copy_sqlite(path: Path) -> Snapshot:
    try:
        with closing(sqlite3.connect(_name())) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check_sqlite(copy)
            return _described(path, lambda sql: copy.execute(sql).fetchall())
    except sqlite3.Error as error:
        raise BackupError(f"SQLite couldn't copy the database, so no backup was made: {error}") from error


def _load_sqlite(path: Path, counts: dict[str, int]) -> None:
    Path(_name()).parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(_name())) as target:
            _check_sqlite(source)
            _check_counts(counts, lambda sql: source.execute(sql).fetchall())
            source.backup(target)
    except sqlite3.Error as error:
        raise BackupError(f"SQLite couldn't write the database: {error}. Nothing was restored.") from error


def _check_sqlite(database: sqlite3.Connection) -> None:
    """SQLite copies a damaged database as readily as a sound one."""
    found = database.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"The database is damaged, and nothing was kept: {found}")


def _copy_postgresql(path: Path) -> Snapshot:
    """Counts and dump are of the same moment: pg_dump joins the snapshot of this transaction."""
    with closing(connection.get_new_connection(connection.get_connection_params())) as own:
        own.autocommit = False
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        own.read_only = True
        name = own.execute("SELECT pg_export_snapshot()").fetchone()[0]
        described = _described(path, lambda sql: own.execute(sql).fetchall())
        _run("pg_dump", "--format=custom", f"--snapshot={name}", f"--file={path}")
        return described


def _load_postgresql(path: Path, counts: dict[str, int]) -> None:
    """pg_restore takes a dump whose list of contents is empty for a good one, so the rows are counted."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", path)
    with closing(connection.get_new_connection(connection.get_connection_params())) as own:
        own.autocommit = True
        try:
            _check_counts(counts, lambda sql: own.execute(sql).fetchall())
        except (BackupError, psycopg.Error):
            for (table,) in own.execute(TABLES["postgresql"]).fetchall():
                own.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
            raise


def _check_counts(counts: dict[str, int], rows: Rows) -> None:
    present = {table for (table,) in rows(TABLES[connection.vendor])}
    for table, count in counts.items():
        if table not in present or _count(table, rows) != count:
            raise BackupError(f"The database in this backup is damaged: {table} is not what it was.")


def _described(path: Path, rows: Rows) -> Snapshot:
    present = {table for (table,) in rows(TABLES[connection.vendor])}
    if "django_migrations" not in present:
        raise BackupError("The database is empty: there is nothing to back up. Has `migrate` been run?")
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return Snapshot(
        path=path,
        engine=connection.vendor,
        migrations=[f"{app}.{name}" for app, name in rows("SELECT app, name FROM django_migrations")],
        seals=_seals(rows),
        counts={table: _count(table, rows) for table in sorted(tables & present)},
    )


def _seals(rows: Rows) -> dict[str, str]:
    name, sha256 = (connection.ops.quote_name(field) for field in ("original", "sha256"))
    table = connection.ops.quote_name(Photo._meta.db_table)
    return dict(rows(f"SELECT {name}, {sha256} FROM {table}"))  # noqa: S608 (our own names)


def _count(table: str, rows: Rows) -> int:
    sql = f"SELECT count(*) FROM {connection.ops.quote_name(table)}"  # noqa: S608 (names of our own tables)
    return int(rows(sql)[0][0])


def _run(program: str, *arguments: str | Path) -> None:
    """Run a program of PostgreSQL's against this database. The password never stands in the arguments."""
    command, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    address, database = command[1:-1], command[-1]
    try:
        subprocess.run(
            [program, *map(str, address), f"--dbname={database}", "--no-password", *map(str, arguments)],
            env={**os.environ, **(environment or {})},
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise BackupError(
            f"The program {program} is missing. On Debian or Ubuntu: apt-get install postgresql-client"
        ) from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{program} failed, and nothing was kept: {error.stderr.strip()}") from error


def _name() -> str:
    return str(connection.settings_dict["NAME"])
