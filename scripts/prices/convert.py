"""genai-prices' rows in the form of our table. The table's form is told in docs/cost.md."""

from copy import copy
from fractions import Fraction

# Our names of prices, theirs, and how many units theirs are for.
KEYS = [
    ("in", "input_mtok", 10**6),
    ("cached", "cache_read_mtok", 10**6),
    ("write", "cache_write_mtok", 10**6),
    ("write_long", "cache_write_1h_mtok", 10**6),
    ("out", "output_mtok", 10**6),
    ("request", "requests_kcount", 10**3),
    ("search", "web_searches_kcount", 10**3),
]
PICO = 10**12


# Prices that were no whole number of picodollars: others' conversions and their rounding.
ROUNDED = []


def pico(price, per):
    """A price of so many units as whole picodollars for one, rounded half up."""
    value = Fraction(str(price)) * PICO / per
    if value.denominator != 1:
        ROUNDED.append(str(price))
    return int(value + Fraction(1, 2))


def price_set(model_price, keys=KEYS):
    """One ModelPrice: base prices, and for each threshold the prices above it."""
    base, over = {}, {}
    for ours, theirs, per in keys:
        value = getattr(model_price, theirs)
        if value is None:
            continue
        tiers = getattr(value, "tiers", [])
        base[ours] = pico(getattr(value, "base", value), per)
        for tier in tiers:
            over.setdefault(tier.start, {})[ours] = pico(tier.price, per)
    if over:
        seen = {}
        base["over"] = []
        for start in sorted(over):
            # A threshold replaces the one below it, so each repeats what that one changed.
            seen = {**seen, **over[start]}
            base["over"].append({"above": start, **seen})
    return base


def periods(model, keys=KEYS):
    """All periods of a model, the earliest first, with dearer hours and variants in them."""
    conditions = model.prices if isinstance(model.prices, list) else [None]
    out, standard = [], []
    for condition in conditions:
        of_model = condition.prices if condition else model.prices
        prices = price_set(of_model, keys)
        constraint = condition.constraint if condition else None
        if constraint is None or hasattr(constraint, "start_date"):
            standard.append(of_model)
        if constraint is None:
            out.append(prices)
        elif hasattr(constraint, "start_date"):
            out.append({"from": constraint.start_date.isoformat(), **prices})
        else:
            # A time of the day: dearer hours of every period before it in the list whose
            # prices it doubles. All windows of a model have the same prices.
            out[-1]["peak"] = {k: v for k, v in prices.items() if k in ("in", "cached", "out")}
    add_variants(model, out, standard, keys)
    return out


def add_variants(model, out, standard, keys):
    """Named price sets: service tiers and the fast mode. Batch is no request that a page makes."""
    for variant in model.price_variants or []:
        kind, name = next(iter(variant.when.items()))
        if kind not in ("service_tier", "speed") or name == "default":
            continue
        start = variant.constraint.start_date.isoformat() if variant.constraint else ""
        # It belongs to the period that held when it was checked, and to those after it
        # that had begun by then.
        for number, period in enumerate(out):
            last = number + 1 == len(out) or out[number + 1].get("from", "9") > start
            if last and name not in period.get("variants", {}):
                # What the variant does not say is as usual, its tiers included.
                whole = copy(standard[number])
                whole.__dict__.update({k: v for k, v in variant.prices.__dict__.items() if v is not None})
                prices = price_set(whole, keys)
                same = {k for k, v in prices.items() if k != "over" and v == period.get(k)}
                period.setdefault("variants", {})[name] = {k: v for k, v in prices.items() if k not in same}


def clauses(match):
    """The ids and patterns of a match rule, where they are plain enough."""
    kind = type(match).__name__
    if kind in ("ClauseOr", "ClauseAnd"):
        parts = match.or_ if kind == "ClauseOr" else match.and_
        for part in parts:
            yield from clauses(part)
    elif kind == "ClauseEquals":
        yield match.equals.lower()
    elif kind == "ClauseStartsWith":
        yield match.starts_with.lower() + "*"
    elif kind == "ClauseEndsWith":
        yield "*" + match.ends_with.lower()
    elif kind == "ClauseContains":
        yield "*" + match.contains.lower() + "*"
    # Regular expressions all say "this id with a date", which our look-up knows by itself.
