"""Makes public/prices.json and docs/price-differences.md from the pinned catalogues and ours.json.

    python3 scripts/prices/build.py          (make prices)

The same inputs give the same bytes. docs/cost.md tells the form of the table.
"""

import json
import re
import sys
from datetime import date, timedelta

import bedrock
import check
import convert
import sources
from lists import CONTESTED, HUGGINGFACE, LISTS, OPENROUTER, PREMIUMS, SKIP

# The day of which the table as a whole is true: that of the newest row.
AS_OF = max(source["date"] for source in sources.SOURCES.values())
# Periods that ended longer ago than this are left out.
HISTORY_DAYS = 60


def is_chat(ids, prices):
    """Text in, text out, priced by tokens."""
    named = any(check.matches(pattern, i) for i in ids[:1] for pattern in SKIP)
    return not named and all("in" in p and "out" in p for p in prices)


def is_guess(model):
    comment = model.price_comments or ""
    return "OpenRouter pricing" in comment or "trusting open router" in comment or "trusting these prices" in comment


def recent(periods):
    cutoff = (date.fromisoformat(AS_OF) - timedelta(days=HISTORY_DAYS)).isoformat()
    first = max([n for n, p in enumerate(periods) if p.get("from", "") <= cutoff], default=0)
    return periods[first:]


def rows_of(provider, list_id, keys):
    for model in provider.models:
        first = model.id.lower()
        listed = list(dict.fromkeys(convert.clauses(model.match)))
        if list_id in ("openai", "anthropic", "google", "mistral", "perplexity") and is_guess(model):
            continue
        if list_id == "openrouter" and not re.fullmatch(OPENROUTER, first):
            continue
        if list_id == "together" and model.context_window is None:
            continue
        prices = convert.periods(model, keys)
        if not is_chat([first], prices):
            continue
        # Beside its own id a row needs those that the look-up would not come to by itself.
        ids = [first] + [i for i in listed if i not in (first, first + "*") or i == first + "*"]
        ids = [i for n, i in enumerate(ids) if i not in ids[:n]]
        ids = [i for i in ids if i == first or check.without_date(i) not in ids]
        row = {"ids": ids, "prices": recent(prices)}
        if model.context_window:
            row["context"] = model.context_window
        yield row


def own_rows(ours, list_id):
    for entry in ours["rows"]:
        if entry["list"] == list_id:
            prices = [{k: v if k in ("from", "until") else convert.pico(v, 10**6) for k, v in p.items()} for p in entry["prices"]]
            row = {k: entry[k] for k in ("ids", "context", "max_output", "date", "url") if k in entry}
            yield {**row, "source": 1, "prices": prices}


def amend(row, list_id, ours):
    """The end of a variant, and limits that no catalogue has, or that one has wrong."""
    mine = lambda entries: [e for e in entries if (e["list"], e["id"]) == (list_id, row["ids"][0])]
    for entry in mine(ours["limits"]):
        row["max_output"] = entry["max_output"]
    # The two come from two catalogues, and no answer is longer than the window.
    if "max_output" in row and "context" in row:
        row["max_output"] = min(row["max_output"], row["context"])
    for entry in mine(ours["variant_ends"]):
        last = row["prices"][-1]
        variants = {k: v for k, v in last["variants"].items() if k != entry["variant"]}
        after = {"from": entry["from"], **{k: v for k, v in last.items() if k not in ("from", "variants")}}
        row["prices"].append({**after, "variants": variants} if variants else after)


def add_tiers(row, list_id, ours, limits):
    """Service tiers that cost a fraction of the usual price. Where litellm has a dearer price of
    a class (it halves no cached input of some models at flex), that one stands."""
    for entry in ours["tiers"]:
        if entry["list"] != list_id or not any(check.matches(pattern, row["ids"][0]) for pattern in entry["models"]):
            continue
        for period in row["prices"]:
            plain = {k: v for k, v in period.items() if k not in ("from", "until", "variants")}
            for name, (over, under) in entry["times"].items():
                prices = bedrock.times(plain, over, under)
                named = check.of_litellm(limits or {}, "_" + name)
                if named and check.of_litellm(limits).get("in") == period["in"]:
                    prices |= {k: max(v, named.get(k, 0)) for k, v in prices.items() if k != "over"}
                period.setdefault("variants", {})[name] = prices


def huggingface(genai, keys):
    """One row for each model and the provider that the router is told to use."""
    for suffix, name in sorted(HUGGINGFACE.items()):
        for row in rows_of(genai[f"huggingface_{name}"], "huggingface", keys):
            yield {**row, "ids": [f"{row['ids'][0]}:{suffix}"]}


def peak_hours(schedules):
    """DeepSeek's dearer hours: those of the newest schedule, with the holidays of its country."""
    newest = [s for s in schedules["schedule"] if s["provider"] == "deepseek"][-1]
    minutes = lambda text: int(text[:2]) * 60 + int(text[3:])
    holidays = schedules["holidays"][newest["holidays"]]["dates"]
    return {
        "hours": [[minutes(a), minutes(b)] for a, b in newest["peak_hours_utc"]],
        "weekdays": newest["weekdays_only"],
        "except": [day for day in holidays if day >= AS_OF[:8] + "01"],
    }


def build():
    sources.fetch()
    genai, litellm, dated, ours = sources.genai(), sources.litellm(), sources.model_prices(), sources.ours()
    unknown = {(entry["list"], entry["id"]) for entry in ours["unknown"]}
    table = {
        "touchstone": "prices/1",
        "as_of": AS_OF,
        "unit": "picodollars (10^-12 USD) for one token, request or search",
        "skip": SKIP,
        "sources": [{k: v for k, v in s.items() if v} for s in sources.SOURCES.values()],
        "lists": [],
    }
    for config in LISTS:
        list_id, name, genai_id, rows, hosts, makers, fallback, url, _, _ = config
        keys = [key for key in convert.KEYS if key[0] != "search" or list_id == "anthropic"]
        convert.ROUNDED.clear()
        models = list(rows_of(genai[genai_id], list_id, keys)) if genai_id else []
        if list_id == "huggingface":
            models = list(huggingface(genai, keys))
        if convert.ROUNDED:
            print(f"prices: {name}: rounded to whole picodollars: {sorted(set(convert.ROUNDED))}", file=sys.stderr)
        mine = list(own_rows(ours, list_id))
        taken = {i for row in mine for i in row["ids"]}
        models = [row for row in models if row["ids"][0] not in taken and (list_id, row["ids"][0]) not in unknown] + mine
        for row in models:
            limits = check.litellm_row(litellm, config, row["ids"])
            if limits and isinstance(limits.get("max_output_tokens"), int):
                row.setdefault("max_output", limits["max_output_tokens"])
            amend(row, list_id, ours)
            add_tiers(row, list_id, ours, limits)
        if list_id == "bedrock":
            models = list(bedrock.with_prefixes(models, AS_OF))
        models.sort(key=lambda row: row["ids"][0])
        entry = {"id": list_id, "name": name, "url": url, "rows": rows, "hosts": hosts}
        if makers:
            entry["makers"] = makers
        if fallback:
            entry["else"] = fallback
        if list_id == "anthropic":
            entry["regions"] = {"us": [11, 10]}
        if list_id in PREMIUMS:
            entry["premiums"] = PREMIUMS[list_id]
        if list_id in CONTESTED:
            entry["contested"] = CONTESTED[list_id]
        if list_id == "deepseek":
            entry["peak"] = peak_hours(dated["schedules"])
        table["lists"].append({**entry, "models": models})
    return table, genai, litellm, dated, ours


def main():
    table, genai, litellm, dated, ours = build()
    problems = check.problems(table, genai, LISTS)
    text = json.dumps(table, separators=(",", ":"), ensure_ascii=False)
    # A line for each model, so that a change of the table can be read.
    text = text.replace('{"ids":', '\n{"ids":').replace('{"id":', '\n{"id":')
    (sources.ROOT / "public" / "prices.json").write_text(text + "\n")
    document, count = check.differences(table, litellm, dated, ours, LISTS)
    (sources.ROOT / "docs" / "price-differences.md").write_text(document)
    total = sum(len(entry["models"]) for entry in table["lists"])
    print(f"prices: {total} models in {len(table['lists'])} lists, {len(text)} bytes; {count} differences", file=sys.stderr)
    for problem in problems:
        print(f"prices: {problem}", file=sys.stderr)


if __name__ == "__main__":
    main()
