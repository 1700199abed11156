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
        Definition("options", "Options", "For each: n, share with Wilson's interval, and the correlation of choosing it with the rest. A wrong option is functional when at least 5 % choose it and r < 0. `above_key`: mean rest of those who chose it less that of those who chose the key, Welch's interval, from 5 people on each side.", _TEN, "Haladyna and Downing 1993; Welch 1947"),
        Definition("rapid", "Rapid guesses", "Answers faster than a tenth of the question's mean time and than 10 seconds; left out of everything else. Only where times are known.", "10 timed answers", "Wise and Ma 2012"),
    ),
)  # fmt: skip

QUIZ: Final = Section(
    "A quiz",
    "Over the totals, in points, of the same attempts.",
    (
        Definition("mean", "Mean", "Mean of the totals, with its t interval.", "10 attempts", ""),
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
        Definition("option-above-key", "An option above the key", "Those who chose a wrong option scored higher on the rest than those who chose the key: the interval of `above_key` lies above 0. With two to four people on a side that interval misses up to twice as often as it says, so each side needs five.", "30 answers; 5 who chose it and 5 who chose the key", ""),
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

PICTURES: Final = Section(
    "Pictures of a model",
    "From the 1PL or the 2PL model.",
    (
        Definition("item_curve", "Item curve", "The model's P(right) by ability, and eight groups of people of equal size by estimated ability with the share of each that was right, Wilson's interval.", "the model; groups of five", "Wilson 1927"),
        Definition("wright_map", "Wright map", "Estimated abilities (mean of the posterior) as counts, and difficulties, on one scale.", "the model", "Wright and Stone 1979"),
        Definition("at_pass", "Ability at the pass mark", "Where the expected share of the points is the pass mark.", "an expected share that rises and crosses it", ""),
        Definition("information_at_pass", "Information at the pass mark", "Sum of a^2 P (1 - P) over the questions, there.", "the same", "Birnbaum 1968"),
        Definition("error_at_pass", "Standard error at the pass mark", "1 / sqrt(information).", "the same", "Birnbaum 1968"),
    ),
)  # fmt: skip

DRIFT: Final = Section(
    "Drift between cohorts",
    "The same question in an earlier and a later cohort; people are matched on their points in the other questions, in at most ten levels.",
    (
        Definition("odds_ratio", "Common odds ratio", "Mantel-Haenszel: sum of right x wrong / n over the levels, crosswise; interval by Robins, Breslow and Greenland. Above 1 it has become easier.", "30 answers in each cohort; some right and some wrong in both", "Mantel and Haenszel 1959; Robins et al. 1986"),
        Definition("delta", "Delta", "-2.35 ln(odds ratio). A: below 1, or not surely different from 0. C: at least 1.5 and surely above 1. B: between.", "the same", "Holland and Thayer 1988; Zwick 2012"),
        Definition("chi_squared", "Mantel-Haenszel chi-squared", "With continuity correction, 1 degree of freedom.", "the same", "Mantel and Haenszel 1959"),
    ),
)  # fmt: skip

MASTERY: Final = Section(
    "Mastery",
    "Per learner and objective. Ability has a standard normal prior on 41 points from -4 to 4; a question is answered right with chance g + (1 - g) / (1 + exp(-1.2 (theta - b))), g = 1 / options for choice types, else 0. First tries count 1, later or hinted ones 0.3. It is computed from the log of answers alone, in any order, and assumes one ability an objective and this prior: for a learner far outside of it the interval is too sure at first.",
    (
        Definition("mastery", "Expected share right", "Posterior mean of the share right over all questions of the objective, with an 80 % interval from the quantiles of theta, interpolated between grid points.", "questions in the objective", "Bock and Mislevy 1982"),
        Definition("state", "State", "Not enough evidence: fewer than 3 distinct questions answered, or an interval wider than 0.40. Mastered: P(share >= 0.70) >= 0.8. Nearly: >= 0.5. Else developing.", "always there", ""),
        Definition("difficulty", "Difficulty b", "The author's label (easy -0.8, medium 0, hard 0.8) until 30 first attempts, then the estimate of a dated calibration: marginal maximum likelihood with slope 1.2 and the question's own g. It is made by `python -m course calibrate`, or by the running course at most once a day and when there is a tenth more to make it of. Its id stands beside every estimate; until the next one nobody's mastery moves by the answers of others.", "30 first attempts", "Bock and Aitkin 1981"),
        Definition("mean_share", "Cohort's mean", "Mean of the expected shares of learners with enough evidence, t interval; learners in each state beside it.", "5 learners with enough evidence", ""),
    ),
)  # fmt: skip

GAIN: Final = Section(
    "Gain",
    "From a first to a second test, for the whole and by objective. Only learners with both scores; the others are counted. A follow-up "
    "asks the anchors alone, so only the questions that both ask are compared with it: what stayed since the closing test, and what is "
    "known more than at the beginning.",
    (
        Definition("before", "Before", "Mean share of the points in the first test, of those with both; t interval.", "10 pairs", "Student 1908"),
        Definition("after", "After", "The same in the second test.", "10 pairs", "Student 1908"),
        Definition("difference", "Difference", "Mean of after less before, with its t interval. It comes first.", "10 pairs", "Student 1908"),
        Definition("g_z", "Hedges' g_z", "Mean change / SD of the changes x J, J = gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)); interval by the noncentral t.", "10 pairs; changes that differ", "Hedges 1981; Cumming and Finch 2001"),
        Definition("class_gain", "Class gain", "(after - before) / (1 - before) of the means. Secondary: without an interval, and it flatters classes that began high.", "10 pairs; something to gain", "Hake 1998"),
        Definition("correlation", "Before and after", "Pearson's r with Fisher's interval.", "10 pairs; scores that differ", "Fisher 1921"),
        Definition("drop_out_difference", "Drop-outs", "First scores of those who came back less those of the drop-outs, Welch's interval.", "10 pairs; two drop-outs", "Welch 1947"),
    ),
)  # fmt: skip

CERTAINTY: Final = Section(
    "Certainty",
    "Levels 1, 2, 3 stand for a chance of 0.5, 0.75, 0.9 of being right.",
    (
        Definition("accuracy", "Accuracy by level", "Share right among the answers with that certainty. Answers of one person go together, so Wilson's interval is from the effective number of answers. Well calibrated when what the level stands for lies within.", "10 answers at the level, of 5 learners", "Gardner-Medwin 2006; Wilson 1927; Korn and Graubard 1998"),
        Definition("brier", "Brier score", "Mean of (stated chance - right)^2 of each learner, then over learners, t interval. 0 is best; 0.25 is what one half said to everything gets.", "10 answers, of 5 learners", "Brier 1950"),
        Definition("over", "Overconfidence", "Mean of stated chance less right, the same way. Above 0: surer than right.", "10 answers, of 5 learners", "Lichtenstein and Fischhoff 1977"),
        Definition("confidently_wrong", "Confident and wrong", "Learners who chose an option of the misconception with certainty 3, of those who were asked a question that offers it; Wilson's interval.", "10 learners asked", ""),
    ),
)  # fmt: skip

SUPPORT: Final = Section(
    "Study support and small groups",
    "From graded questions, assigned work and days since the last visit alone; nothing about use is an argument of it. Thresholds can be changed and are then the cohort's; here are the usual ones.",
    (
        Definition("struggling", "Struggling", "The 80 % interval of the share of the points in first tries lies below 60 %, or three attempts in a row at a quiz without passing.", "10 answers, or 3 attempts", "Wilson 1927"),
        Definition("silent", "Silent", "Not here for 14 days, or never with work assigned, or two pieces overdue; not when all that is assigned is done.", "a visit, or assigned work", ""),
        Definition("excelling", "Excelling", "The interval lies above 85 %, and 90 % of what is assigned is done.", "10 answers", "Wilson 1927"),
        Definition("on_track", "On track", "None of these, from 10 answers on; below, not enough information.", "10 answers", ""),
        Definition("suppression", "Small groups", "Groups of 1 to 4 are hidden from those without the right to individual data; so are the next smallest until at least two groups and five people are hidden together.", "a whole of 5", ""),
    ),
)  # fmt: skip

SECTIONS: Final[tuple[Section, ...]] = (QUESTION, QUIZ, FLAGS, VIEWS, MODELS, PICTURES, DRIFT, MASTERY, GAIN, CERTAINTY, SUPPORT)


def definition(name: str) -> Definition:
    """The definition of a statistic by its field. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME: Final = {each.name: each for section in SECTIONS for each in section.definitions}
