"""From columns of storage to the table that statistics are computed of: what became of each question, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from course.analytics.analysis import Known
from course.analytics.responses import Answer, Responses
from course.questions import Question, by_name
from course.questions.base import State
from course.services.study.mastering import guess_of
from course.storage.stores.answers import NONE, AnswerColumns

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERED: Final = ("single_choice", "multiple_choice")
ONE_CHOICE: Final = (*_LETTERED, "true_false", "hotspot")
"""Types whose options stand against one another, so that a wrong one can be held against the key."""


def option_names(question: Question) -> Mapping[str, str]:
    """Option id -> what it is called in tables: a letter in authored order for choices, else its own text."""
    options = by_name(question.type).options(question.body)
    if question.type in _LETTERED and len(options) <= len(LETTERS):
        return {option.id: LETTERS[number] for number, option in enumerate(options)}
    return {option.id: option.text or option.id for option in options}


def option_texts(question: Question) -> Mapping[str, str]:
    """What an option is called -> its text."""
    names = option_names(question)
    return {names[option.id]: option.text for option in by_name(question.type).options(question.body)}


def known(questions: Mapping[str, Question]) -> Known:
    """What the questions' files know. Typed answers have no options; which of them are right shows in their scores."""
    guesses = {q.id: share for q in questions.values() if (share := guess_of(q)) is not None}
    return Known(guesses, {q.id: _keys(q) for q in questions.values() if by_name(q.type).options(q.body)})


def responses(columns: AnswerColumns, questions: Mapping[str, Question]) -> Responses:
    """`questions`: by id, for what the options are called; of one that is not there no option is known.

    A question that was left blank at the end of an attempt which the clock handed in was not reached.
    """
    option, more_rows, more_options, names = _chosen(columns, questions)
    return Responses(
        questions=columns.questions,
        attempt=columns.attempt,
        learner=columns.learner,
        question=columns.question,
        score=columns.score * columns.max,
        max=columns.max,
        state=_states(columns),
        options=names,
        option=option,
        more_rows=more_rows,
        more_options=more_options,
        seconds=np.where(np.isnan(columns.seconds), -1.0, columns.seconds),
        variants=columns.variants,
        variant=columns.variant,
    )


def _states(columns: AnswerColumns) -> npt.NDArray[np.int8]:
    omitted = columns.states.index(State.OMITTED) if State.OMITTED in columns.states else NONE - 1
    state = np.full(len(columns), int(Answer.ANSWERED), dtype=np.int8)
    blank = columns.state == omitted
    state[blank] = Answer.OMITTED
    last = np.zeros(len(columns.attempts), dtype=np.int32)
    given = columns.response != NONE
    np.maximum.at(last, columns.attempt[given], columns.position[given])
    state[blank & columns.by_clock & (columns.position > last[columns.attempt])] = Answer.NOT_REACHED
    state[columns.state == NONE] = Answer.NOT_PRESENTED
    return state


def _chosen(
    columns: AnswerColumns, questions: Mapping[str, Question]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], npt.NDArray[np.int32], tuple[str, ...]]:
    """First choice a row, further ones, and the names. Each different answer to a question is read once."""
    codes: dict[str, int] = {}
    pair = columns.question.astype(np.int64) * (len(columns.responses) + 1) + columns.response
    given = columns.response != NONE
    different, place = np.unique(pair[given], return_inverse=True)
    rows = np.flatnonzero(given)
    first = np.full(len(different), NONE, dtype=np.int32)
    further: list[tuple[int, int]] = []
    for number, one in enumerate(different.tolist()):
        question = questions.get(columns.questions[one // (len(columns.responses) + 1)])
        if question is None:
            continue
        names = option_names(question)
        chosen = by_name(question.type).chosen(question.body, columns.responses[one % (len(columns.responses) + 1)])
        found = [codes.setdefault(names[option], len(codes)) for option in chosen if option in names]
        if found:
            first[number] = found[0]
            further += [(number, code) for code in found[1:]]
    option = np.full(len(columns), NONE, dtype=np.int32)
    option[rows] = first[place]
    more_rows, more_options = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for number, code in further:
        mine = rows[place == number]
        more_rows.append(mine)
        more_options.append(np.full(len(mine), code, dtype=np.int32))
    return option, np.concatenate(more_rows), np.concatenate(more_options), tuple(codes)


def _keys(question: Question) -> frozenset[str]:
    names, kind = option_names(question), by_name(question.type)
    return frozenset(names[one] for one in kind.chosen(question.body, kind.key(question.body)) if one in names)
