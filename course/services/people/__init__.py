"""Use cases about people: guests and accounts, coming in, cohorts and their rosters, the site's admin, the audit."""

from course.services.people.desk import OPERATOR, Caller, Desk
from course.services.people.guests import Visitor
from course.services.people.people import Cohorts, People, Site
from course.storage.stores.people import Learner

__all__ = ["OPERATOR", "Caller", "Cohorts", "Desk", "Learner", "People", "Site", "Visitor"]
