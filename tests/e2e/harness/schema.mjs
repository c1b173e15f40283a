// The part of JSON Schema 2020-12 that our schemas use. A keyword that it
// does not know is an error, so that nothing passes unread.

const IGNORED = new Set([
  '$schema', '$id', '$comment', '$defs', 'title', 'description', 'default', 'examples', 'format',
]);

const TYPES = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
};

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const KEYWORDS = {
  type: (value, wanted) => [wanted].flat().some((type) => TYPES[type](value)),
  const: same,
  enum: (value, list) => list.some((one) => same(one, value)),
  required: (value, names) => !TYPES.object(value) || names.every((name) => name in value),
  minimum: (value, least) => typeof value !== 'number' || value >= least,
  maximum: (value, most) => typeof value !== 'number' || value <= most,
  exclusiveMinimum: (value, least) => typeof value !== 'number' || value > least,
  minLength: (value, least) => typeof value !== 'string' || value.length >= least,
  maxLength: (value, most) => typeof value !== 'string' || value.length <= most,
  pattern: (value, source) => typeof value !== 'string' || new RegExp(source, 'u').test(value),
  minItems: (value, least) => !Array.isArray(value) || value.length >= least,
  minProperties: (value, least) => !TYPES.object(value) || Object.keys(value).length >= least,
  uniqueItems: (value, wanted) => !wanted || !Array.isArray(value) || new Set(value.map((one) => JSON.stringify(one))).size === value.length,
  maxItems: (value, most) => !Array.isArray(value) || value.length <= most,
};

/**
 * What is wrong with `value` under `schema`, as `path: keyword` lines.
 * `others` are the schemas that it refers to, by file name.
 */
export function violations(schema, value, others = {}) {
  return inspect(schema, value, { root: schema, others }, '$');
}

function follow(reference, { root, others }) {
  const [file, pointer = ''] = reference.split('#');
  const document = file ? others[file] : root;
  const target = pointer
    .split('/')
    .filter(Boolean)
    .reduce((part, name) => part?.[name], document);
  if (!target) throw new Error(`the schema refers to ${reference}, which is not there`);
  return [target, { root: document, others }];
}

function inspect(schema, value, scope, path) {
  if (schema === true) return [];
  if (schema === false) return [`${path}: nothing is allowed here`];
  const wrong = [];
  const deeper = (part, item, place) => wrong.push(...inspect(part, item, scope, place));
  const valid = (part) => inspect(part, value, scope, path).length === 0;
  for (const [keyword, rule] of Object.entries(schema)) {
    if (IGNORED.has(keyword)) continue;
    if (keyword in KEYWORDS) {
      if (!KEYWORDS[keyword](value, rule)) wrong.push(`${path}: ${keyword} ${JSON.stringify(rule)}`);
    } else if (keyword === '$ref') {
      const [target, there] = follow(rule, scope);
      wrong.push(...inspect(target, value, there, path));
    } else if (keyword === 'properties') {
      if (!TYPES.object(value)) continue;
      for (const [name, part] of Object.entries(rule)) {
        if (name in value) deeper(part, value[name], `${path}.${name}`);
      }
    } else if (keyword === 'additionalProperties') {
      if (!TYPES.object(value)) continue;
      for (const name of Object.keys(value)) {
        if (name in (schema.properties ?? {})) continue;
        deeper(rule, value[name], `${path}.${name}`);
      }
    } else if (keyword === 'items') {
      if (!Array.isArray(value)) continue;
      value.forEach((item, index) => deeper(rule, item, `${path}[${index}]`));
    } else if (keyword === 'allOf') {
      for (const part of rule) deeper(part, value, path);
    } else if (keyword === 'anyOf') {
      if (!rule.some(valid)) wrong.push(`${path}: anyOf`);
    } else if (keyword === 'oneOf') {
      if (rule.filter(valid).length !== 1) wrong.push(`${path}: oneOf`);
    } else if (keyword === 'not') {
      if (valid(rule)) wrong.push(`${path}: not`);
    } else {
      throw new Error(`the schema uses ${keyword}, which the check does not know`);
    }
  }
  return wrong;
}
