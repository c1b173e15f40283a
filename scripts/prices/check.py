"""What speaks against a table: look-ups that go elsewhere than genai-prices', and other catalogues."""

import re
from fractions import Fraction

import convert
from lists import LITELLM_PROVIDER


def matches(pattern, text):
    """`*` stands for any characters; everything else for itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


def without_date(text):
    """As core/pricing/matching.rs."""
    found = re.fullmatch(r"(.+?)(?:[-@]\d{4}[-@]\d{2}[-@]\d{2}|[-@]\d{8})", text) or re.fullmatch(r"(gemini-.+)[-@]\d{3}", text)
    return found and found.group(1)


def fit(ids, text):
    best = None
    for own in ids:
        if own == text:
            return (3, 0)
        if own == without_date(text):
            best = max(best or (0, 0), (2, 0))
        elif "*" in own and matches(own, text):
            best = max(best or (0, 0), (1, len(own)))
    return best


def find(entry, text):
    fits = [(fit(row["ids"], text), -n, row) for n, row in enumerate(entry["models"])]
    fits = [f for f in fits if f[0]]
    return max(fits, key=lambda f: f[:2])[2] if fits else None


def problems(table, genai, lists):
    """Ids that our rules and genai-prices' lead to rows of different prices."""
    found = []
    for entry, config in zip(table["lists"], lists):
        provider = genai.get(config[2])
        if not provider:
            continue
        asked = set()
        for row in entry["models"]:
            asked |= {i.replace("*", "") for i in row["ids"]} | {i.replace("*", "-20260101") for i in row["ids"] if i.endswith("*")}
        for text in sorted(asked):
            if any(matches(p, text) for p in table["skip"]):
                continue
            own, theirs = find(entry, text), provider.find_model(text)
            if not own or not theirs or own.get("source"):
                continue
            if own["ids"][0] != theirs.id.lower():
                found.append(f"{entry['id']}: {text} is {own['ids'][0]} here and {theirs.id} in genai-prices")
    return found


def litellm_row(litellm, config, ids):
    """litellm's row of a model, if it is one of the same provider's."""
    for text in ids:
        for prefix in config[8]:
            row = litellm.get(prefix + text.strip("*"))
            if row and row.get("litellm_provider", "").startswith(LITELLM_PROVIDER.get(config[0], "-")):
                return row
    return None


LITELLM = {
    "in": "input_cost_per_token",
    "cached": "cache_read_input_token_cost",
    "write": "cache_creation_input_token_cost",
    "write_long": "cache_creation_input_token_cost_above_1hr",
    "out": "output_cost_per_token",
}
DATED = {"in": "input", "cached": "cache_read", "write": "cache_write", "out": "output"}


def of_litellm(row, tier=""):
    """Its prices, or those of a service tier (`_flex`)."""
    prices = {}
    for ours, theirs in LITELLM.items():
        value = row.get(theirs + tier)
        # A price of 0 for cache writes means there is none.
        if isinstance(value, (int, float)) and (value or ours in ("in", "out")):
            prices[ours] = int(Fraction(str(value)) * convert.PICO + Fraction(1, 2))
    peak = row.get("off_peak_pricing")
    for ours, theirs in LITELLM.items():
        if peak and theirs in peak:
            prices[ours] = int(Fraction(str(peak[theirs])) * convert.PICO + Fraction(1, 2))
    for key, value in row.items():
        above = re.fullmatch(r"input_cost_per_token_above_(\d+)k_tokens", key)
        if above:
            prices[f"in above {above.group(1)}k"] = int(Fraction(str(value)) * convert.PICO + Fraction(1, 2))
    return prices


def of_dated(model, day):
    steps = [s for s in model.get("standard", []) if not s["start"] or s["start"][:10] <= day]
    if not steps:
        return {}
    rates = steps[-1]["rates"]
    return {k: int(Fraction(str(rates[v])) * 10**6 + Fraction(1, 2)) for k, v in DATED.items() if rates.get(v)}


def of_row(row, day):
    period = [p for p in row["prices"] if p.get("from", "") <= day][-1]
    prices = {k: period[k] for k in ("in", "cached", "write", "write_long", "out") if k in period}
    for tier in period.get("over", []):
        if "in" in tier:
            prices[f"in above {round(tier['above'] / 1000)}k"] = tier["in"]
    return prices


def usd(pico):
    return "—" if pico is None else f"{pico / 10**6:.6f}".rstrip("0").rstrip(".")


def differences(table, litellm, dated, ours, lists):
    """docs/price-differences.md, and how many there are."""
    day, lines, compared, agreed = table["as_of"], [], 0, 0
    for entry, config in zip(table["lists"], lists):
        for row in entry["models"]:
            own = of_row(row, day)
            other = litellm_row(litellm, config, row["ids"])
            theirs = {"litellm": of_litellm(other)} if other else {}
            for text in row["ids"]:
                model = dated["prices"].get(config[9], {}).get(text)
                if model:
                    theirs["model-prices"] = of_dated(model, day)
                    break
            if not theirs:
                continue
            compared += 1
            rows = []
            fields = dict.fromkeys([*own, *(k for prices in theirs.values() for k in prices)])
            for field in fields:
                said = {name: prices.get(field) for name, prices in theirs.items()}
                # Who says nothing does not contradict, but for what we would not charge.
                if all(v is None or v == own.get(field) for v in said.values()):
                    continue
                rows.append((field, own.get(field), said.get("litellm"), said.get("model-prices")))
            agreed += not rows
            if not rows:
                continue
            taken = "our notes" if row.get("source") else "genai-prices"
            why = "; ".join(dict.fromkeys(reason(row, entry["id"], *four, other or {}) for four in rows))
            columns = [", ".join(four[0] for four in rows), *(" / ".join(usd(four[n]) for four in rows) for n in (1, 2, 3))]
            lines.append(f"| {entry['name']} | `{row['ids'][0]}` | {' | '.join(columns)} | {taken}: {why} |")
    unknown = [f"| {e['list']} | `{e['id']}` | {e['why']} |" for e in ours["unknown"]]
    added = [f"| {e['list']} | `{e['ids'][0]}` | {e['date']} | {e['why']} |" for e in ours["rows"]]
    notes = [f"| {e['list']} | `{e['id']}` | {e['notes']} | {e['taken']} | {e['why']} |" for e in ours["contradicted"]]
    small = [f"| {e['list']} | `{e['id']}` | {e['why']} |" for e in ours["tiers"] + ours["variant_ends"] + ours["limits"]]
    document = "\n".join([
        "# Where price catalogues differ",
        "",
        "Written by `make prices`; do not edit.",
        f"The table is of {day}.",
        f"{compared} of its rows are also in litellm 1.109.1 or model-prices 0.0.5; in {agreed} of them all agree.",
        "Catalogues copy one another, so agreement is no proof.",
        "Prices in USD for a million tokens, at the usual service tier and outside dearer hours.",
        "A dash means that the catalogue says nothing; that alone is no difference.",
        "",
        "## Rows that differ",
        "",
        "| provider | model | price | taken | litellm | model-prices | from, and why |",
        "|---|---|---|---|---|---|---|",
        *lines,
        "",
        "## Rows of our own",
        "",
        "| list | model | date | why |",
        "|---|---|---|---|",
        *added,
        "",
        "## Where our notes say something else than what was taken",
        "",
        "Input / cached / output.",
        "",
        "| list | model | notes | taken | why |",
        "|---|---|---|---|---|",
        *notes,
        "",
        "## Other facts of our own",
        "",
        "| list | model | what |",
        "|---|---|---|",
        *small,
        "",
        "## Dearer hours",
        "",
        "genai-prices doubles DeepSeek's prices in its peak hours on every day.",
        "DeepSeek's page, quoted by model-prices, does so from Monday to Friday except on Chinese public holidays; that is what the table does.",
        "",
        "## Models without a price, on purpose",
        "",
        "| list | model | why |",
        "|---|---|---|",
        *unknown,
        "",
    ])
    return document, len(lines)


def reason(row, list_id, field, mine, one, two, other):
    """Why genai-prices' value (or our own) stands."""
    if row.get("source"):
        return "newer than the catalogues"
    if list_id == "bedrock" and mine and one and mine * 10 == one * 11:
        return "in one region or one continent Bedrock charges 10 % more than globally, which litellm's row leaves out"
    if mine is None:
        return "a price that only another catalogue has; without it the class costs what plain input does"
    if mine in (one, two):
        return "two of three"
    if other.get("deprecation_date"):
        return f"being retired ({other['deprecation_date']}); last price of the provider's page"
    if one is not None and one == two:
        return "it is the newest of the three and names the day and the page; the other two have an older price"
    return "it names the provider's page; the other does not say when it looked"
