"""The pages. One file a page; `PAGES` below is the menu, in order. Adding a page is a file, a line, and its address in course/web/page.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from course.access.permissions import Action, may_somewhere
from course.access.roles import Actor
from course.ui.components import closed
from course.ui.pages.admin import audit, site
from course.ui.pages.instructor import (
    assigning,
    assignment,
    attempt,
    cohort,
    cohorts,
    corrections,
    gradebook,
    learner_page,
    mark,
    marking,
    preview,
    teach,
)
from course.ui.pages.lead import certainty, compare, gain, objective, objectives, overview, questions, support
from course.ui.pages.lead import question as lead_question
from course.ui.pages.learner import about, glossary, help_page, home, module, problem, progress, quiz, references, result, search, you
from course.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its address (one segment, "" for the start page), its name in the menu, what draws it.

    `needs_database` False: it is also drawn while the database does not answer, for somebody unknown. `actions`: to somebody who
    has none of them anywhere, the page is in no menu and does not exist; its services ask again, for the place. `menu_actions`:
    it stands in the menu of those alone who have one of these; the others come to it from another page.
    """

    url: str
    title: str
    draw: Callable[[Visit], None]
    menu: bool = True
    needs_database: bool = True
    actions: tuple[Action, ...] = ()
    menu_actions: tuple[Action, ...] = ()
    authors: bool = False
    """Whether it is also open to everybody where the process runs for authors (`COURSE_AUTHOR`)."""

    def opens_to(self, actor: Actor, *, author: bool = False) -> bool:
        return not self.actions or (self.authors and author) or any(may_somewhere(actor, action) for action in self.actions)

    def stands_in_menu(self, actor: Actor, *, author: bool = False) -> bool:
        mine = not self.menu_actions or any(may_somewhere(actor, action) for action in self.menu_actions)
        return self.menu and mine and self.opens_to(actor, author=author)

    def show(self, visit: Visit) -> None:
        """Draw the page; to somebody to whom it is not open, what an address that does not exist looks like."""
        (self.draw if self.opens_to(visit.actor, author=visit.process.settings.author) else closed.draw)(visit)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("", "Home", home.draw),
    PageSpec("module", "Notebook", module.draw),
    PageSpec("quiz", "Quiz", quiz.draw, menu=False),
    PageSpec("result", "Result", result.draw, menu=False),
    PageSpec("progress", "Progress", progress.draw),
    PageSpec("problem", "Report a problem", problem.draw, menu=False),
    PageSpec("search", "Search", search.draw),
    PageSpec("glossary", "Glossary", glossary.draw, needs_database=False),
    PageSpec("references", "References", references.draw, needs_database=False),
    PageSpec("about", "About", about.draw, needs_database=False),
    PageSpec("teach", "Teach", teach.draw, actions=(Action.ASSIGNMENT_FOLLOW,)),
    PageSpec("assign", "Assign", assigning.draw, menu=False, actions=(Action.ASSIGNMENT_EDIT,)),
    PageSpec("assignment", "Assignment", assignment.draw, menu=False, actions=(Action.ASSIGNMENT_FOLLOW,)),
    PageSpec("gradebook", "Gradebook", gradebook.draw, menu=False, actions=(Action.GRADEBOOK_EXPORT,)),
    PageSpec("learner", "Learner", learner_page.draw, menu=False, actions=(Action.ASSIGNMENT_FOLLOW,)),
    PageSpec("attempt", "Attempt", attempt.draw, menu=False, actions=(Action.ASSIGNMENT_FOLLOW,)),
    PageSpec("marking", "Marking", marking.draw, actions=(Action.ESSAY_MARK,)),
    PageSpec("mark", "Mark an answer", mark.draw, menu=False, actions=(Action.ESSAY_MARK,)),
    PageSpec(
        "corrections",
        "Corrections",
        corrections.draw,
        actions=(Action.QUESTION_REGRADE, Action.QUESTION_VOID),
        menu_actions=(Action.QUESTION_VOID,),
    ),
    PageSpec("cohorts", "Cohorts", cohorts.draw, actions=(Action.COHORT_CREATE, Action.MEMBER_LIST)),
    PageSpec("cohort", "Cohort", cohort.draw, menu=False, actions=(Action.MEMBER_LIST, Action.SITE_COHORTS)),
    PageSpec("preview", "Preview", preview.draw, actions=(Action.CONTENT_PREVIEW,), authors=True),
    PageSpec("insight", "Insight", overview.draw, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-questions", "Questions", questions.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-question", "Question", lead_question.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-objectives", "Objectives", objectives.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-objective", "Objective", objective.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-gain", "Before and after", gain.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-certainty", "Confident and wrong", certainty.draw, menu=False, actions=(Action.INSIGHT_VIEW,)),
    PageSpec("insight-support", "Study support", support.draw, menu=False, actions=(Action.INSIGHT_PEOPLE,)),
    PageSpec("insight-compare", "Compare", compare.draw, menu=False, actions=(Action.INSIGHT_COMPARE,)),
    PageSpec("audit", "Audit", audit.draw, menu=False, actions=(Action.AUDIT_VIEW,)),
    PageSpec("site", "Site", site.draw, actions=(Action.SITE_PEOPLE,)),
    PageSpec("you", "You", you.draw),
    PageSpec("help", "Get help", help_page.draw, needs_database=False),
)
