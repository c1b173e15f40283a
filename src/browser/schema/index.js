// Checks an answer against its JSON Schema: a module of its own, loaded with the first
// answer that was to follow one. The validator interprets the schema and needs no eval.
import { Validator } from "@cfworker/json-schema";

const DRAFTS = [
  ["draft-04", "4"],
  ["draft-06", "7"],
  ["draft-07", "7"],
  ["2019-09", "2019-09"],
];

/**
 * @param {string} schemaText the schema as JSON
 * @param {string} json the answer
 * @returns {string[]} first `valid`, `invalid`, or `bad_schema` with the reason after it;
 *   for `invalid` pairs follow: the place as a JSON pointer, and what is wrong there
 */
export function check(schemaText, json) {
  const schema = JSON.parse(schemaText);
  const value = JSON.parse(json);
  let result;
  try {
    result = new Validator(schema, draftOf(schema), false).validate(value);
  } catch (error) {
    return ["bad_schema", String(error?.message ?? error).split("\n")[0]];
  }
  if (result.valid) return ["valid"];
  const places = new Set();
  const pairs = [];
  for (const { instanceLocation, error, keyword } of causes(result.errors)) {
    const text = keyword === "false" ? "is not allowed here" : error;
    const key = `${instanceLocation} ${text}`;
    if (!places.has(key)) pairs.push(instanceLocation, text);
    places.add(key);
  }
  return ["invalid", ...pairs];
}

/** A schema that names no draft is read as of today's. */
function draftOf(schema) {
  const named = typeof schema.$schema === "string" ? schema.$schema : "";
  return DRAFTS.find(([part]) => named.includes(part))?.[1] ?? "2020-12";
}

/** Without those that only say that something inside is wrong. */
function causes(errors) {
  const isOuter = (one) =>
    errors.some(
      (other) =>
        other !== one &&
        other.keywordLocation.startsWith(one.keywordLocation) &&
        (other.keywordLocation.length > one.keywordLocation.length ||
          other.instanceLocation.length > one.instanceLocation.length),
    );
  // "Property x does not match": what x is not allowed to be stands below it.
  const isForbidden = (one) =>
    errors.some((other) => other.keyword === "false" && other.instanceLocation.startsWith(`${one.instanceLocation}/`));
  const inner = errors.filter(
    (one) => !isOuter(one) && !(/^(additional|unevaluated|prefix|items)/.test(one.keyword) && isForbidden(one)),
  );
  return inner.length > 0 ? inner : errors;
}
