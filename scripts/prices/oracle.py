"""Makes tests/fixtures/prices/oracle.json: usage records with what genai-prices' own
calc_price() makes of them, from the same price rows and at the same time.

    python3 scripts/prices/oracle.py

The rows are genai-prices' in our form, with their whole history. SEED makes it the same
file every time. `oracle_tests.rs` in core/pricing computes each record with our arithmetic
and demands the same number of picodollars.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import convert
import sources
from build import is_chat
from lists import LISTS

SEED = 20261124
MODELS_PER_LIST = 12
RECORDS_PER_MODEL = 10
TARGET = sources.ROOT / "tests" / "fixtures" / "prices" / "oracle.json"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def interest(row):
    """Rows with tiers, periods, variants and dearer hours come first."""
    text = json.dumps(row["prices"])
    return sum(word in text for word in ('"over"', '"from"', '"variants"', '"peak"', '"write_long"', '"request"'))


def pick(provider, random_):
    rows = []
    for model in provider.models:
        prices = convert.periods(model)
        if is_chat([model.id.lower()], prices) and "*" not in model.id:
            rows.append((model, {"ids": [model.id.lower()], "prices": prices}))
    random_.shuffle(rows)
    rows.sort(key=lambda pair: -interest(pair[1]))
    return rows[:MODELS_PER_LIST]


def windows(model):
    """The dearer hours of a row, in minutes of the day."""
    conditions = model.prices if isinstance(model.prices, list) else []
    times = [c.constraint for c in conditions if hasattr(c.constraint, "start_time")]
    minute = lambda time: time.hour * 60 + time.minute
    return [[minute(t.start_time), minute(t.end_time)] for t in times]


def as_genai_means_it(model, row):
    """In genai-prices dearer hours hold on every day and in every period. Ours hold on
    working days, from the day on that they were introduced."""
    peaks = [p["peak"] for p in row["prices"] if "peak" in p]
    for period in row["prices"]:
        if peaks:
            period["peak"] = peaks[-1]
    return windows(model)


def moments(row, random_):
    """Any time of the last months and the next, and the edges of periods and windows."""
    edges = [datetime.fromisoformat(p["from"]).replace(tzinfo=UTC) for p in row["prices"] if "from" in p]
    edges += [edge - timedelta(seconds=1) for edge in edges]
    if "peak" in json.dumps(row["prices"]):
        day = NOW.replace(hour=0)
        edges += [day + timedelta(minutes=m, seconds=s) for m in (30, 60, 240, 360, 600, 990) for s in (-1, 0)]
    for number in range(RECORDS_PER_MODEL):
        if edges and number % 3 == 0:
            yield random_.choice(edges)
        else:
            yield NOW + timedelta(minutes=random_.randint(-120 * 1440, 60 * 1440))


def tokens(row, random_):
    """Input (all of it), cached, written for long, written, and output."""
    edges = [tier["above"] for p in row["prices"] for tier in p.get("over", [])]
    if edges and random_.random() < 0.6:
        total = random_.choice(edges) + random_.choice([-1, 0, 1, 1000])
    else:
        total = int(10 ** random_.uniform(0, 6))
    cached = random_.choice([0, random_.randint(0, total)])
    write = random_.choice([0, random_.randint(0, total - cached)])
    long = random_.choice([0, random_.randint(0, write)])
    return total, cached, write - long, long, int(10 ** random_.uniform(0, 5.3))


def variant_at(model, moment, random_):
    """A service tier or speed that has a price at that time; mostly the usual one."""
    active = [v for v in model.price_variants or [] if not v.constraint or v.constraint.active(moment)]
    named = [kv for v in active for kv in v.when.items() if kv[0] in ("service_tier", "speed") and kv[1] != "default"]
    return random_.choice(named) if named and random_.random() < 0.4 else None


def is_long_without_price(row, variant, total):
    """Above a threshold of the usual prices, a variant without tiers of its own has no known
    price here, while genai-prices takes that of short prompts. Such records are left out."""
    if not variant:
        return False
    return any(
        "over" not in p.get("variants", {}).get(variant[1], {"over": 1})
        and any(total > tier["above"] for tier in p.get("over", []))
        for p in row["prices"]
    )


def main():
    sources.fetch()
    genai = sources.genai()
    from genai_prices.types import Usage

    random_ = random.Random(SEED)
    lists, records = [], []
    for list_id, name, genai_id, *_ in LISTS:
        if genai_id is None or genai_id == "openrouter":
            continue
        provider = genai[genai_id]
        convert.ROUNDED.clear()
        picked = pick(provider, random_)
        assert not convert.ROUNDED, convert.ROUNDED
        by_hours = {}
        for model, row in picked:
            hours = as_genai_means_it(model, row)
            entry = by_hours.setdefault(str(hours), {"id": f"{list_id}-{len(by_hours)}", "name": name, "rows": [], "models": []})
            entry.update({"rows": [entry["id"]], **({"peak": {"hours": hours}} if hours else {})})
            entry["models"].append(row)
        lists += by_hours.values()
        for model, row in picked:
            list_of = next(entry["id"] for entry in by_hours.values() if row in entry["models"])
            for moment in moments(row, random_):
                total, cached, write, long, output = tokens(row, random_)
                variant = variant_at(model, moment, random_)
                usage = Usage(
                    input_tokens=total, cache_read_tokens=cached, cache_write_tokens=write + long,
                    cache_write_1h_tokens=long, output_tokens=output,
                )
                searches = random_.choice([0, 0, 0, 3]) if all("search" in p for p in row["prices"]) else 0
                usage.web_searches = searches
                price = model.calc_price(
                    usage, provider, genai_request_timestamp=moment, price_context=dict([variant]) if variant else None
                ).total_price
                pico = Fraction(price) * convert.PICO
                assert pico.denominator == 1, (model.id, price)
                if is_long_without_price(row, variant, total):
                    continue
                records.append([
                    list_of, row["ids"][0], int(moment.timestamp()), total, cached, write, long, output, searches,
                    *(variant or ("", "")), int(pico),
                ])
    fixture = {
        "touchstone": "prices/1",
        "as_of": "2026-11-09",
        "made": f"scripts/prices/oracle.py, genai-prices 0.2.3 calc_price(), seed {SEED}",
        "fields": ["list", "model", "unix_s", "input", "cached", "write", "write_long", "output", "searches", "kind", "variant", "pico_usd"],
        "lists": lists,
        "records": records,
    }
    text = json.dumps(fixture, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text.replace('{"ids":', '\n{"ids":').replace('],["', '],\n["') + "\n")
    models = sum(len(entry["models"]) for entry in lists)
    print(f"oracle: {len(records)} records of {models} models in {len(lists)} lists, {TARGET.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
