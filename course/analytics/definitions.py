"""How every statistic is computed, from whom, and whose formula it is. docs/statistics.md is written from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Definition:
    """`name`: the field that holds it. `computed`: one or two sentences with the formula. `needs`: when it is missing."""

    name: str
    title: str
    computed: str
    needs: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    about: str
    definitions: tuple[Definition, ...]


_TEN: Final = "10 answers"
_SPREAD: Final = "10 answers; scores and rest scores that differ"

QUESTION: Final = Section(
    "A question",
    "Over the first graded attempt of each learner, or the last, or all. *Rest* is the attempt's points on the other questions.",
    (
        Definition("n", "Answers", "Answers that count: answered and graded, or omitted (0 points). Not reached, not presented and not yet graded are missing.", "always there", ""),
        Definition("facility", "Facility", "Mean points / maximum, 0 to 1, with Wilson's interval (a little too wide where there is partial credit).", "10 answers; points to get", "Wilson 1927"),
        Definition("sd", "Standard deviation", "Of the points, n - 1.", "10 answers; points to get", ""),
        Definition("item_rest", "Item-rest correlation", "r = cov(points, rest) / (SD x SD), with Fisher's interval tanh(atanh r ± 1.96 / sqrt(n - 3)).", _SPREAD, "Fisher 1921"),
        Definition("discrimination_index", "Discrimination index", "100 x item-rest correlation.", _SPREAD, "Moodle, quiz statistics"),
        Definition("discriminative_efficiency", "Discriminative efficiency", "100 x cov(points, rest) / cov(sorted points, sorted rest): the share of the discrimination that its facility allows.", _SPREAD, "Moodle, quiz statistics"),
        Definition("intended_weight", "Intended weight", "100 x maximum / sum of all maxima.", "points to get in the quiz", "Moodle, quiz statistics"),
        Definition("effective_weight", "Effective weight", "100 x sqrt(cov(points, total)) / sum of the same over the questions.", "10 answers; a covariance that is not negative", "Moodle, quiz statistics"),
        Definition("d27", "Upper less lower", "Share of the points in the best 27 % by total, less that in the weakest 27 %. People tied at the border enter with equal fractions.", "10 answers; totals that differ", "Kelley 1939"),
        Definition("guess", "Random guess score", "Share of the points that choosing blindly earns, from the question itself.", "a question of choices", "Moodle, quiz statistics"),
        Definition("options", "Options", "For each: n, share with Wilson's interval, and the correlation of choosing it with the rest. A wrong option is functional when at least 5 % choose it and r < 0. `above_key`: mean rest of those who chose it less that of those who chose the key, Welch's interval.", _TEN, "Haladyna and Downing 1993; Welch 1947"),
        Definition("rapid", "Rapid guesses", "Answers faster than a tenth of the question's mean time and than 10 seconds; left out of everything else. Only where times are known.", "10 timed answers", "Wise and Ma 2012"),
    ),
)  # fmt: skip

QUIZ: Final = Section(
    "A quiz",
    "Over the totals, in points, of the same attempts.",
    (
        Definition("mean", "Mean", "With the t interval.", "10 attempts", ""),
        Definition("skewness", "Skewness", "k3 / k2^1.5 from the k-statistics.", "10 attempts; totals that differ", "Fisher 1930"),
        Definition("kurtosis", "Kurtosis", "k4 / k2^2; 0 for a normal distribution.", "10 attempts; totals that differ", "Fisher 1930"),
        Definition("alpha", "Cronbach's alpha", "k/(k-1) x (1 - sum of the questions' variances / variance of the total), with Feldt's interval; KR-20 where answers are right or wrong; Moodle's coefficient of internal consistency is 100 times it. Over attempts in which every question counts.", "two questions with points; 10 such attempts", "Cronbach 1951; Feldt 1965"),
        Definition("sem", "Standard error of measurement", "SD x sqrt(1 - alpha), in points.", "alpha", ""),
        Definition("error_ratio", "Error ratio", "100 x sqrt(1 - alpha).", "alpha", "Moodle, quiz statistics"),
        Definition("questions_needed", "Questions needed", "k x 0.8 (1 - alpha) / (alpha x 0.2), rounded up: questions like these for an alpha of 0.8.", "alpha above 0", "Spearman 1910; Brown 1910"),
    ),
)  # fmt: skip

MODELS: Final = Section(
    "Item response models",
    "P(right) = 1 / (1 + exp(-a (theta - b))), theta normal with mean 0 and SD 1. Right is full points. Marginal maximum likelihood: EM over 61 nodes from -6 to 6, then Newton's method. More than 10,000 people are thinned evenly. There is no 3PL.",
    (
        Definition("one_pl", "1PL", "All questions share one a.", "30 learners; three questions that some have right and some not", "Bock and Aitkin 1981"),
        Definition("two_pl", "2PL", "Each question has its a.", "200 learners; three such questions", "Bock and Aitkin 1981"),
        Definition("difficulty_se", "Standard errors", "From the inverse of the observed information; of b by the delta method.", "the model", "Louis 1982"),
    ),
)  # fmt: skip

FLAGS: Final = Section(
    "Flags",
    "Said in words, from 30 answers on, and only when the 95 % interval leaves no other reading.",
    (
        Definition("option-above-key", "An option above the key", "Those who chose a wrong option scored higher on the rest than those who chose the key: the interval of `above_key` lies above 0.", "30 answers", ""),
        Definition("against", "Against the others", "The interval of the item-rest correlation lies below 0.", "30 answers", ""),
        Definition("weak", "Weak", "The interval of the item-rest correlation lies below 0.2.", "30 answers", "Ebel and Frisbie 1991"),
        Definition("easy", "Easy", "The interval of the facility lies above 0.95.", "30 answers", ""),
        Definition("below-guessing", "Below guessing", "The interval of the facility lies below the random guess score.", "30 answers; a question of choices", ""),
        Definition("option-unused", "An option that hardly anybody takes", "The interval of its share lies below 5 %.", "30 answers", "Haladyna and Downing 1993"),
    ),
)  # fmt: skip

VIEWS: Final = Section(
    "Side by side",
    "",
    (
        Definition("by_variant", "Variants", "Facility of each set of drawn numbers, and its mean share less that of the other variants with Welch's interval.", "10 answers to the variant", "Welch 1947"),
        Definition("by_attempt", "Attempts", "Facility in first, second, third ... attempts. Fewer people make each next one: it is no growth curve.", "10 attempts of that number", ""),
    ),
)  # fmt: skip

SECTIONS: Final[tuple[Section, ...]] = (QUESTION, QUIZ, MODELS, FLAGS, VIEWS)


def definition(name: str) -> Definition:
    """The definition of a statistic by its field. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME: Final = {each.name: each for section in SECTIONS for each in section.definitions}
