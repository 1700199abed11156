"""A synthetic cohort of known abilities, so that every page has something true to show. Nobody in it exists."""

from course.services.demo.filling import Demo, Filled

__all__ = ["Demo", "Filled"]
