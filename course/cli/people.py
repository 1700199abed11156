"""`people add|invite|import|export|erase`: accounts, invitations, rosters, a person's data.

Whoever may run this runs the machine: it acts as an admin, and the audit says that it was the command line.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from course.access.roles import CohortRole, SiteRole
from course.bootstrap import Process, build
from course.errors import NotFound, Refused
from course.services.people import OPERATOR
from course.services.people.rosters import RosterReport
from course.storage.stores.cohorts import Cohort


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    adding = acts.add_parser("add", help="make an account; prints a link with which its person sets a password")
    adding.add_argument("login", metavar="LOGIN", help="name to sign in with: an e-mail address or a word")
    adding.add_argument("--name", default="", help="the person's name")
    adding.add_argument("--email", default="", help="address for a new password")
    adding.add_argument("--role", choices=[r.value for r in SiteRole], help="a role for the site")
    inviting = acts.add_parser("invite", help="print a link that makes an admin or a teacher, or leads into a cohort")
    to = inviting.add_mutually_exclusive_group(required=True)
    to.add_argument("--admin", action="store_true", help="to the role admin")
    to.add_argument("--teacher", action="store_true", help="to the role teacher")
    to.add_argument("--cohort", metavar="COHORT", help="into a cohort, by its id or name")
    inviting.add_argument(
        "--role", choices=[r.value for r in CohortRole], default=CohortRole.LEARNER.value, help="in the cohort (default: learner)"
    )
    inviting.add_argument("--uses", type=int, default=1, metavar="N", help="for how many people (default: 1)")
    inviting.add_argument("--days", type=int, default=30, metavar="N", help="for how many days (default: 30)")
    importing = acts.add_parser("import", help="a roster into a cohort; a dry run unless --apply")
    importing.add_argument("cohort", metavar="COHORT", help="id or name of a cohort")
    importing.add_argument("file", type=Path, metavar="FILE", help="CSV")
    importing.add_argument("--apply", action="store_true", help="take the learners in; without, only say what each line would do")
    exporting = acts.add_parser("export", help="everything stored about a person, as JSON")
    exporting.add_argument("person", metavar="PERSON", help="name to sign in with, e-mail address, or id")
    erasing = acts.add_parser("erase", help="remove everything stored about a person; a dry run unless --apply")
    erasing.add_argument("person", metavar="PERSON", help="name to sign in with, e-mail address, or id")
    erasing.add_argument("--apply", action="store_true", help="do it; nobody can bring it back")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Do what was asked. A file with lines that cannot be read gives exit code 1.

    Raises:
        CourseError: refused; the sentence says why and what to do.
    """
    process = build(os.environ)
    process.settings.data_dir.mkdir(parents=True, exist_ok=True)
    process.prepare()
    return _ACTS[options.act](process, options, out)


def _add(process: Process, options: argparse.Namespace, out: TextIO) -> int:
    role = SiteRole(options.role) if options.role else None
    person, token = process.site.add(OPERATOR, options.login, name=options.name, email=options.email, role=role)
    print(f"{options.login} is made, with the id {person}. This link sets the password, once and within 24 hours:", file=out)
    print(f"{process.settings.base_url}/join/reset?token={token}", file=out)
    return 0


def _invite(process: Process, options: argparse.Namespace, out: TextIO) -> int:
    if options.cohort:
        cohort = _cohort(process, options.cohort)
        role = CohortRole(options.role)
        sent = process.cohorts.invite_link(OPERATOR, cohort.id, role, days=options.days, uses=options.uses)
    else:
        sent = process.site.invite(OPERATOR, SiteRole.ADMIN if options.admin else SiteRole.TEACHER)
    print(f"{process.settings.base_url}/join/invitation?token={sent.token}", file=out)
    return 0


def _import(process: Process, options: argparse.Namespace, out: TextIO) -> int:
    try:
        data = options.file.read_bytes()
    except OSError as failure:
        raise Refused(f"{options.file} cannot be read ({failure.strerror}).") from None
    cohort = _cohort(process, options.cohort)
    report = process.cohorts.import_roster(OPERATOR, cohort.id, data)
    if options.apply and not report.problems:
        report = process.cohorts.import_roster(OPERATOR, cohort.id, data, apply=True)
    _tell(report, cohort, out)
    return 1 if report.problems else 0


def _tell(report: RosterReport, cohort: Cohort, out: TextIO) -> None:
    for line in report.lines:
        print(f"{line.line:>5}  {line.kind.value:<8} {line.name}{f': {line.said}' if line.said else ''}", file=out)
    for name in report.missing:
        print(f"    -  missing  {name} is in the cohort and not in the file; nothing happens to them", file=out)
    if report.applied:
        said = "Taken in."
    elif report.problems:
        said = "Nothing was taken in: mend the lines that have a problem first."
    else:
        said = "A dry run; add --apply to take this in."
    print(f"{cohort.name}: {len(report.lines)} lines, {len(report.problems)} problems. {said}", file=out)


def _export(process: Process, options: argparse.Namespace, out: TextIO) -> int:
    found = process.site.export(OPERATOR, process.site.find(OPERATOR, options.person))
    out.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return 0


def _erase(process: Process, options: argparse.Namespace, out: TextIO) -> int:
    person = process.site.find(OPERATOR, options.person)
    if not options.apply:
        rows = sum(len(table) for table in process.people.export(person)["data"].values())
        print(f"There are {rows} rows about {options.person}. A dry run; add --apply to remove them for good.", file=out)
        return 0
    print(f"Removed {process.site.erase(OPERATOR, person)} rows about {options.person}.", file=out)
    return 0


def _cohort(process: Process, typed: str) -> Cohort:
    """The one cohort with this id or name. Raises NotFound for none and for several."""
    found = [v.cohort for v in process.cohorts.mine(OPERATOR, everybodys=True)]
    wanted = [c for c in found if c.id == typed] or [c for c in found if c.name.casefold() == typed.casefold()]
    if len(wanted) != 1:
        known = "; ".join(f"{c.name} ({c.id})" for c in (wanted or found)[:20]) or "none yet"
        raise NotFound(f"There is {'no cohort' if not wanted else 'more than one cohort'} {typed}. There are: {known}.")
    return wanted[0]


_ACTS: Final[dict[str, Callable[[Process, argparse.Namespace, TextIO], int]]] = {
    "add": _add,
    "invite": _invite,
    "import": _import,
    "export": _export,
    "erase": _erase,
}
