"""What answers say about questions, quizzes and cohorts. Pure: columns in, records out; no clock, no database, no pages.

Every number is a `Statistic`: it carries how many answers it is from, and a reason where it is missing.
docs/statistics.md lists them with formula and source.
"""
