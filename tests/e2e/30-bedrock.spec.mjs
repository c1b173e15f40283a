// Amazon Bedrock: ConverseStream from aimock, which nobody here wrote, with a key that is
// sent and with keys that sign. What aimock cannot do (refuse a clock, break a message off)
// our byte server does.

import assert from 'node:assert/strict';
import { authorization, converse, event, exception, momentOf, stamp } from './harness/aws.mjs';
import { ownHeaders } from './harness/bodies.mjs';
import { json } from './harness/byte_server.mjs';
import { recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { until } from './harness/wait.mjs';

const ANSWER = 'Rain falls on the hills.\n\nIt ends with **selenium**.';
const THOUGHT = 'They want rain.';
const USAGE = { input_tokens: 21, output_tokens: 120 };
const FIXTURES = [
  { match: { userMessage: 'race' }, response: { content: ANSWER, usage: USAGE }, chunkSize: 4 },
  { match: { userMessage: 'ponder' }, response: { content: ANSWER, reasoning: THOUGHT, usage: USAGE } },
  { match: { userMessage: 'cut' }, response: { content: 'This was cut', finishReason: 'length' } },
];

const { world, scene } = stage({ aimock: FIXTURES, bytes: true });

const MODEL = 'amazon.nova-lite-v1:0';
const BEARER = 'ABSKQmVkcm9ja0FQSUtleS10ZXN0LTAwMDE=';
const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = 'AQoDYXdzEPT//////////wEXAMPLE==';
const SCOPE = { id: ID, secret: SECRET, region: 'us-east-1', service: 'bedrock' };
const PATH = `/model/${encodeURIComponent(MODEL)}/converse-stream`;

function bedrock(prompt, base, rest = {}) {
  return {
    allow: [new URL(base).origin],
    fragment: recipeLink({ prompt, panes: [{ provider: 'bedrock', model: MODEL, base_url: base }], ...rest }),
  };
}

const onAimock = (prompt, rest) => ({ aimock }) => bedrock(prompt, aimock.origin, rest);

/** Scene options: a lane that gives these replies one after another. */
const onLane = (...replies) => ({ bytes }) => {
  const lane = bytes.lane().replies(replies);
  return { ...bedrock('Go.', lane.root), hand: { lane } };
};

const frames = (steps, rest = {}) => ({ headers: { 'content-type': 'application/vnd.amazon.eventstream' }, steps, ...rest });
const refusal = (status, type, message) => json(status, { message }, { headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/` } });

/** Consent, the key, and go. Returns the pane. */
async function go(app, key) {
  const [pane] = await app.panes(1);
  await app.approve();
  const field = pane.root.locator('input[data-key-for=bedrock]').first();
  await app.key('bedrock', await field.getAttribute('data-origin'), key);
  await app.run();
  return pane;
}

/** What a request said, as the server got it. */
async function left(app, origin) {
  const [request, ...more] = app.sent({ method: 'POST', origin });
  assert.equal(more.length, 0, 'one request');
  return {
    method: request.method(),
    path: new URL(request.url()).pathname,
    headers: await request.allHeaders(),
    body: request.postData(),
  };
}

scene('a Bedrock key streams an answer, with its usage and nothing extra sent', onAimock('race', { system: 'Be terse.', params: { temperature: 0.5, max_output_tokens: 300 } }), async ({ app }) => {
  const pane = await go(app, BEARER);
  await pane.reaches('done');
  assert.equal(await pane.raw(), ANSWER);
  assert.equal(await pane.finish(), 'stop');
  const figures = await pane.metrics();
  assert.equal(figures.input_tokens.value, USAGE.input_tokens);
  assert.equal(figures.output_tokens.value, USAGE.output_tokens);
  assert.equal(figures.output_tokens.source, 'reported');
  const [entry, ...more] = await world.aimock.journal();
  assert.equal(more.length, 0);
  assert.equal(entry.path, PATH);
  assert.deepEqual(Object.keys(ownHeaders(entry.headers)), ['authorization', 'content-type']);
  const request = await left(app, world.aimock.origin);
  assert.equal(request.headers.authorization, `Bearer ${BEARER}`);
  assert.deepEqual(JSON.parse(request.body), {
    system: [{ text: 'Be terse.' }],
    messages: [{ role: 'user', content: [{ text: 'race' }] }],
    inferenceConfig: { maxTokens: 300, temperature: 0.5 },
  });
  await world.aimock.forget();
});

scene('thinking stands apart from the answer, and a limit is told', onAimock('ponder'), async ({ app }) => {
  const pane = await go(app, BEARER);
  await pane.reaches('done');
  assert.equal(await pane.raw(), ANSWER);
  assert.match(await pane.root.getByTestId('thinking').textContent(), new RegExp(THOUGHT));
  await app.page.getByTestId('prompt').fill('cut');
  await app.run();
  await pane.reaches('done');
  assert.equal(await pane.finish(), 'length');
  await world.aimock.forget();
});

for (const [name, token] of [['keys that sign', ''], ['keys of a session', TOKEN]]) {
  scene(`${name} sign what leaves, and no secret leaves`, onAimock('race'), async ({ app }) => {
    const pane = await go(app, [ID, SECRET, token].filter(Boolean).join(':'));
    await pane.reaches('done');
    assert.equal(await pane.raw(), ANSWER);
    const [entry] = await world.aimock.journal();
    const names = ['authorization', 'content-type', 'x-amz-date', ...(token ? ['x-amz-security-token'] : [])];
    assert.deepEqual(Object.keys(ownHeaders(entry.headers)), names);
    const request = await left(app, world.aimock.origin);
    request.headers.host ??= new URL(world.aimock.origin).host;
    assert.equal(request.headers.authorization, authorization(request, SCOPE));
    assert.match(request.headers.authorization, new RegExp(`SignedHeaders=content-type;host;x-amz-date${token ? ';x-amz-security-token' : ''},`));
    assert.ok(Math.abs(momentOf(request.headers['x-amz-date']) - Date.now()) < 60_000);
    if (token) assert.equal(request.headers['x-amz-security-token'], token);
    assert.ok(!JSON.stringify([request.headers, request.body]).includes(SECRET));
    const { text } = await pane.sent();
    assert.match(text, /Credential=<your key>\/<day>\/us-east-1\/bedrock\/aws4_request/);
    assert.match(text, /Signature=<signature>/);
    for (const secret of [ID, SECRET, TOKEN, request.headers.authorization.slice(-64)]) assert.ok(!text.includes(secret), secret);
    await world.aimock.forget();
  });
}

const AHEAD = 20 * 60_000;

/** What AWS says to a signature of another time. */
function tooOld(entry) {
  const now = momentOf(entry.headers['x-amz-date']) + AHEAD;
  const times = `${entry.headers['x-amz-date']} is now earlier than ${stamp(now - 300_000)} (${stamp(now)} - 5 min.)`;
  return refusal(403, 'InvalidSignatureException', `Signature expired: ${times}`);
}

scene('a wrong clock is mended by what the refusal says, once, and told', onLane(tooOld, frames(converse('Hello there.'))), async ({ app, lane }) => {
  const pane = await go(app, `${ID}:${SECRET}`);
  await app.tells(/clock is 20 min slow/);
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'Hello there.');
  assert.equal(lane.posts.length, 2);
  const [first, second] = lane.posts.map((post) => momentOf(post.headers['x-amz-date']));
  assert.ok(Math.abs(second - first - AHEAD) < 30_000, `${second - first} ms later`);
  for (const post of lane.posts) assert.equal(post.headers.authorization, authorization(post, SCOPE));
  assert.match((await pane.sent()).text, /x-amz-date was changed: this device’s clock is 20 min slow/);
  // What was learnt holds for the next run.
  await app.page.getByTestId('prompt').fill('And again.');
  await app.run();
  await pane.reaches('done');
  assert.equal(lane.posts.length, 3);
});

scene('a wrong secret is refused once, whatever the clock', onLane(refusal(403, 'InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.')), async ({ app, lane }) => {
  const pane = await go(app, `${ID}:${SECRET}`);
  await pane.fails('auth');
  assert.equal(lane.posts.length, 1);
});

scene('a refused clock that is mended and refused again stops there', onLane(tooOld, tooOld), async ({ app, lane }) => {
  const pane = await go(app, `${ID}:${SECRET}`);
  await pane.fails('auth');
  assert.equal(lane.posts.length, 2);
});

scene('half of a key says what is missing, and nothing is sent', onLane(frames(converse('never'))), async ({ app, lane }) => {
  const [pane] = await app.panes(1);
  await app.approve();
  const field = pane.root.locator('input[data-key-for=bedrock]').first();
  await field.fill(ID);
  await field.locator('xpath=ancestor::form[1]').getByTestId('save-key').click();
  await until(async () => /secret/.test(await pane.root.innerText()), { what: 'a word on the secret' });
  assert.equal(await field.inputValue(), ID, 'nothing typed is lost');
  await app.run();
  assert.match(await pane.fails('auth'), /needs a key/);
  assert.equal(lane.posts.length, 0);
});

scene('no access to a model is no wrong key', onLane(refusal(403, 'AccessDeniedException', "You don't have access to the model with the specified model ID.")), async ({ app }) => {
  const pane = await go(app, BEARER);
  assert.match(await pane.fails('permission'), /access to the model/);
});

const UNPREFIXED = 'anthropic.claude-opus-5-5';
const lacking = refusal(400, 'ValidationException', `Invocation of model ID ${UNPREFIXED} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`);

scene('a model that lacks its prefix gets it with one click', ({ bytes }) => {
  const lane = bytes.lane().replies([lacking, frames(converse('Hello there.'))]);
  const panes = [{ provider: 'bedrock', model: UNPREFIXED, base_url: lane.root }];
  return { ...bedrock('Go.', lane.root, { panes }), hand: { lane } };
}, async ({ app, lane }) => {
  const pane = await go(app, BEARER);
  assert.match(await pane.fails('bad_request'), new RegExp(`prefix.*Use global\\.${UNPREFIXED}`, 's'));
  await pane.root.getByTestId('use-prefix').click();
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'Hello there.');
  assert.equal(await pane.mark('model'), `global.${UNPREFIXED}`);
  assert.equal(lane.posts.length, 2);
});

scene('messages cut anywhere by the network give the same answer', onLane(frames(shredded(converse('Grüße an die Welt 🌍.')))), async ({ app }) => {
  const pane = await go(app, BEARER);
  await pane.reaches('done');
  assert.equal(await pane.raw(), 'Grüße an die Welt 🌍.');
});

/** The bytes of messages in pieces of seven, with pauses between some. */
function shredded(messages) {
  const pieces = [];
  const bytes = Buffer.concat(messages);
  for (let at = 0; at < bytes.length; at += 7) pieces.push(bytes.subarray(at, at + 7));
  return pieces.flatMap((piece, at) => (at % 20 === 0 ? [piece, { wait: 5 }] : [piece]));
}

const START = [event('messageStart', { role: 'assistant' }), event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'So far' } })];

scene('a stream that breaks off within a message is truncated, with its text kept', onLane(frames([...START, event('messageStop', {}).subarray(0, 30)])), async ({ app }) => {
  const pane = await go(app, BEARER);
  await pane.fails('truncated');
  assert.equal(await pane.raw(), 'So far');
});

scene('an exception inside the stream fails with its own kind, with its text kept', onLane(frames([...START, exception('throttlingException', { message: 'Too many tokens, please wait.' })])), async ({ app }) => {
  const pane = await go(app, BEARER);
  assert.match(await pane.fails('rate_limited'), /Too many tokens/);
  assert.equal(await pane.raw(), 'So far');
});
