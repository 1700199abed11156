"""`python -m benchmarks.plain.item_statistics FILE.csv`: the classical statistics of a quiz, with read_csv and groupby."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import numpy as np
import pandas as pd


def statistics(path: str) -> dict[str, Any]:
    """First attempts; the numbers of `item-analysis` but for intervals of alpha, flags, reasons and models."""
    table = pd.read_csv(path)
    table = table[table["state"].fillna("answered").isin(["answered", "omitted"])]
    table.loc[table["state"] == "omitted", "score"] = 0.0
    firsts = table.drop_duplicates("learner")["attempt"]
    table = table[table["attempt"].isin(firsts)]
    table["total"] = table.groupby("attempt")["score"].transform("sum")
    table["rest"] = table["total"] - table["score"]
    maxima = table.groupby("question")["max"].first()
    roots = {name: root(group) for name, group in table.groupby("question")}
    questions = {
        name: question(group, 100 * maxima[name] / maxima.sum(), 100 * roots[name] / sum(roots.values()))
        for name, group in table.groupby("question")
    }
    return {"quiz": quiz(table), "questions": questions}


def quiz(table: pd.DataFrame) -> dict[str, float]:
    totals = table.groupby("attempt")["score"].sum()
    wide = table.pivot_table(index="attempt", columns="question", values="score").dropna()
    k = wide.shape[1]
    alpha = k / (k - 1) * (1 - wide.var().sum() / wide.sum(axis=1).var())
    sd = totals.std()
    return {
        "n": len(totals),
        "mean": totals.mean(),
        "sd": sd,
        "skewness": totals.skew(),
        "kurtosis": totals.kurt(),
        "alpha": alpha,
        "sem": sd * math.sqrt(1 - alpha),
        "error_ratio": 100 * math.sqrt(1 - alpha),
    }


def root(group: pd.DataFrame) -> float:
    return math.sqrt(max(0.0, group["score"].cov(group["total"])))


def question(group: pd.DataFrame, intended: float, effective: float) -> dict[str, Any]:
    n, score, rest = len(group), group["score"], group["rest"]
    p = score.mean() / group["max"].iloc[0]
    z = 1.959963984540054
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    r = score.corr(rest)
    return {
        "n": n,
        "facility": p,
        "facility_interval": [middle - half, middle + half],
        "sd": score.std(),
        "item_rest": r,
        "item_rest_interval": [math.tanh(math.atanh(r) + sign * z / math.sqrt(n - 3)) for sign in (-1, 1)],
        "discrimination_index": 100 * r,
        "discriminative_efficiency": 100 * score.cov(rest) / np.cov(np.sort(score), np.sort(rest))[0, 1],
        "intended_weight": intended,
        "effective_weight": effective,
        "d27": upper_lower(group),
        "options": {name: option(group, name) for name in sorted(group["option"].dropna().unique())},
    }


def option(group: pd.DataFrame, name: str) -> dict[str, float]:
    chose = (group["option"] == name).astype(float)
    return {"n": int(chose.sum()), "share": chose.mean(), "item_rest": chose.corr(group["rest"])}


def upper_lower(group: pd.DataFrame) -> float:
    size = 0.27 * len(group)
    means = []
    for ascending in (False, True):
        by_total = group.groupby("total")["score"].agg(["sum", "count"]).sort_index(ascending=ascending)
        before = by_total["count"].cumsum() - by_total["count"]
        taken = (size - before).clip(lower=0, upper=by_total["count"])
        means.append((by_total["sum"] / by_total["count"] * taken).sum() / size)
    return (means[0] - means[1]) / group["max"].iloc[0]


if __name__ == "__main__":
    print(json.dumps(statistics(sys.argv[1]), default=float))
