"""Preview: the content in every state, before learners see it."""

from course.services.authoring.authoring import Authoring
from course.services.authoring.findings import Findings
from course.services.authoring.rehearsal import PREFIX, Rehearsal, Stage, Tried

__all__ = ["PREFIX", "Authoring", "Findings", "Rehearsal", "Stage", "Tried"]
