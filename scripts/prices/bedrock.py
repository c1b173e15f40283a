"""Rows for the prefixes of Bedrock's ids that genai-prices has none for.

A prefix says where a model may run, and the price hangs on it. New ones appear before any
catalogue has them, and the maker's own price would be too low for each of them.
"""

import re
from copy import deepcopy

# Ids of this kind are the table's own name for the prices of all regions.
REGIONAL = "regional."
GOV = "us-gov."
# What GovCloud asks of what the `global.` id costs, for Claude from 4.5 on: litellm's rows.
GOV_TIMES = (6, 5)


def with_prefixes(rows, date):
    """The rows, with GovCloud's apart and one more for all prefixes that are not named."""
    for row in rows:
        yield row
        if not row["ids"][0].startswith(REGIONAL):
            continue
        own = row["ids"][0].removeprefix(REGIONAL)
        bare = [i for i in row["ids"] if i.startswith(own.split(".")[0] + ".")]
        bare = bare or [own, re.sub(r"-v\d(:\d)?$", "", own) + "*"]
        if is_dearer_than_global(row, rows, own):
            if own.startswith("anthropic."):
                row["ids"] = [i for i in row["ids"] if not i.lstrip("*").startswith(GOV)]
                yield govcloud(row, own, bare, date)
            # The name that people read: any prefix.
            yield {**deepcopy(row), "ids": ["*." + i for i in bare]}


def is_dearer_than_global(row, rows, own):
    """Whether the place changes the price. Where it does not, the row has patterns for all."""
    of_all = next((other for other in rows if other["ids"][0] == "global." + own), None)
    return of_all and of_all["prices"][-1]["in"] < row["prices"][-1]["in"]


def govcloud(row, own, bare, date):
    """A tenth more than the place is a fifth more than `global.`."""
    over, under = GOV_TIMES[0] * 10, GOV_TIMES[1] * 11
    ids = [GOV + own] + [f"*{GOV}{i}" for i in bare]
    return {**deepcopy(row), "ids": ids, "source": 1, "date": date, "prices": times(row["prices"], over, under)}


def times(prices, over, under):
    """All numbers but thresholds, exactly."""
    if isinstance(prices, list):
        return [times(each, over, under) for each in prices]
    return {key: scaled(key, value, over, under) for key, value in prices.items()}


def scaled(key, value, over, under):
    if isinstance(value, (list, dict)):
        return times(value, over, under)
    if key in ("above", "from", "until", "search"):
        return value
    product, rest = divmod(value * over, under)
    assert rest == 0, (key, value)
    return product
