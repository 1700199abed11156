"""Synthetic classes of known abilities, so that every page has something true to show. Nobody in them exists."""

from course.services.demo.filling import Demo, Filled
from course.services.demo.plan import Odd

__all__ = ["Demo", "Filled", "Odd"]
