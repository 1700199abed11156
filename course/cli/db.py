"""`db upgrade|check|backup FILE|restore FILE`: the schema, and safe copies while the course runs. Each prints one line."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TextIO

from course.settings import parse
from course.storage import copies, schema


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="bring the schema to this version's; makes it on an empty database")
    actions.add_parser("check", help="integrity, foreign keys, schema revision; exit 1 when something is wrong")
    saving = actions.add_parser("backup", help="write a consistent copy while the course runs; refuses an existing FILE")
    saving.add_argument("file", type=Path, metavar="FILE")
    loading = actions.add_parser("restore", help="put a copy in place; the way from SQLite to PostgreSQL")
    loading.add_argument("file", type=Path, metavar="FILE")
    loading.add_argument("--force", action="store_true", help="replace a database that holds people")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Do what was asked on the database of `COURSE_DATABASE_URL`.

    Raises:
        CourseError: refused; the sentence says why and what to do.
    """
    settings = parse(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url = settings.database_url
    match options.action:
        case "upgrade":
            print(f"The database is at schema {schema.upgrade(url)}.", file=out)
        case "check":
            found = copies.check(url)
            print(f"The database is in order: {found.tables} tables, {found.rows} rows, schema {schema.head()}.", file=out)
        case "backup":
            found = copies.backup(url, options.file)
            print(f"Copied {found.rows} rows of {found.tables} tables to {options.file}.", file=out)
        case _:
            found = copies.restore(url, options.file, force=options.force)
            print(f"Restored {found.rows} rows into {found.tables} tables.", file=out)
    return 0
