// The validator's module without a browser: cases of our own for each part of JSON Schema
// 2020-12 that answers are asked to follow, and the form of what it says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "../../src/browser/schema/index.js";

const verdict = (schema, value) => check(JSON.stringify(schema), JSON.stringify(value))[0];

/** Schema, values that follow it, values that do not. */
const CASES = [
  [true, [1, null, {}], []],
  [{ type: "string" }, ["", "a"], [1, null, [], {}]],
  [{ type: "integer" }, [1, 1.0, -3], [1.5, "1"]],
  [{ type: ["number", "null"] }, [1.5, null], ["", true]],
  [{ type: "boolean" }, [true, false], [0, "true", null]],
  [{ const: { a: [1] } }, [{ a: [1] }], [{ a: [2] }, {}]],
  [{ enum: [1, "a", null] }, [1, "a", null], [2, "b", false]],
  [{ minimum: 1, exclusiveMaximum: 3 }, [1, 2.9, "text"], [0.9, 3]],
  [{ multipleOf: 2 }, [0, 4, -2], [3]],
  [{ multipleOf: 0.5 }, [4.5], [4.35]],
  [{ minLength: 2, maxLength: 3 }, ["ab", "äöü"], ["a", "abcd"]],
  [{ maxLength: 1 }, ["😀"], ["ab"]],
  [{ pattern: "^a+$" }, ["aa", 3], ["b", "ab"]],
  [{ required: ["a"] }, [{ a: 1 }, [], "x"], [{}, { b: 1 }]],
  [{ properties: { a: { type: "string" } } }, [{}, { a: "" }], [{ a: 1 }]],
  [{ properties: { a: true }, additionalProperties: false }, [{}, { a: 1 }], [{ b: 1 }]],
  [{ patternProperties: { "^x": { type: "number" } } }, [{ x1: 1, y: "" }], [{ x1: "" }]],
  [{ propertyNames: { maxLength: 1 } }, [{ a: 1 }], [{ ab: 1 }]],
  [{ minProperties: 1, maxProperties: 2 }, [{ a: 1 }], [{}, { a: 1, b: 2, c: 3 }]],
  [{ dependentRequired: { a: ["b"] } }, [{ b: 1 }, { a: 1, b: 1 }], [{ a: 1 }]],
  [{ items: { type: "number" } }, [[], [1, 2]], [[1, "a"]]],
  [{ prefixItems: [{ type: "number" }], items: false }, [[1], []], [[1, 2], ["a"]]],
  [{ contains: { const: 1 }, minContains: 2 }, [[1, 0, 1]], [[1], []]],
  [{ minItems: 1, maxItems: 2 }, [[1]], [[], [1, 2, 3]]],
  [{ uniqueItems: true }, [[1, 2, "1"]], [[{ a: 1 }, { a: 1 }]]],
  [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1, 2], [0, 3]],
  [{ anyOf: [{ type: "string" }, { minimum: 2 }] }, ["", 2], [1]],
  [{ oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }, [2, 3], [6, 1]],
  [{ not: { type: "null" } }, [0, ""], [null]],
  [{ if: { properties: { k: { const: 1 } } }, then: { required: ["a"] }, else: { required: ["b"] } },
    [{ k: 1, a: 0 }, { k: 2, b: 0 }], [{ k: 1 }, { k: 2 }]],
  [{ $defs: { n: { type: "number" } }, properties: { a: { $ref: "#/$defs/n" } } }, [{ a: 1 }], [{ a: "" }]],
  [{ $ref: "#/$defs/tree", $defs: { tree: { properties: { left: { $ref: "#/$defs/tree" }, v: { type: "number" } } } } },
    [{ left: { left: { v: 1 } } }], [{ left: { left: { v: "" } } }]],
  [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, [{ a: 1 }], [{ b: 1 }]],
  [{ format: "date" }, ["2026-11-24", 3], ["24 November"]],
  [{ $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: "number" }] }, [[1, "a"]], [["a"]]],
];

for (const [schema, good, bad] of CASES) {
  test(`${JSON.stringify(schema)}`, () => {
    for (const value of good) assert.equal(verdict(schema, value), "valid", JSON.stringify(value));
    for (const value of bad) assert.equal(verdict(schema, value), "invalid", JSON.stringify(value));
  });
}

test("each violation is said once, at its place", () => {
  const schema = {
    type: "object",
    additionalProperties: false,
    required: ["b"],
    properties: { a: { items: { type: "object", properties: { n: { type: "integer" } } } } },
  };
  const [state, ...pairs] = check(JSON.stringify(schema), '{"a": [{"n": 1}, {"n": 1.5}], "x": 1}');
  assert.equal(state, "invalid");
  const places = pairs.filter((_, at) => at % 2 === 0);
  assert.deepEqual(places.sort(), ["#", "#/a/1/n", "#/x"]);
  assert.match(pairs[pairs.indexOf("#") + 1], /"b"/);
});

test("a schema that points elsewhere cannot be used, and says why", () => {
  const [state, why] = check('{"$ref": "https://example.org/other"}', "1");
  assert.equal(state, "bad_schema");
  assert.match(why, /example\.org/);
});
