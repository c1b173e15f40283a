// Documents that come in: what cannot be opened says why and leaves the page as it is, and
// nothing is fetched before the person has said so.

import assert from 'node:assert/strict';
import http from 'node:http';
import { findings } from './harness/axe.mjs';
import { close, listen } from './harness/listen.mjs';
import { document, recipeLink } from './harness/recipe.mjs';
import { stage } from './harness/stage.mjs';
import { gate, until } from './harness/wait.mjs';

const { scene } = stage({
  besides: {
    shelf: async () => {
      const shelf = { replies: {}, seen: [] };
      const server = http.createServer((request, response) => {
        shelf.seen.push({ url: request.url, headers: request.headers });
        const reply = shelf.replies[request.url.split('?')[0]] ?? { status: 404 };
        const open = reply.cors === false ? {} : { 'access-control-allow-origin': '*' };
        response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...open, ...reply.headers });
        if (reply.play) reply.play(response);
        else response.end(reply.body ?? '');
      });
      const port = await listen(server);
      return Object.assign(shelf, { origin: `http://127.0.0.1:${port}`, stop: () => close(server) });
    },
  },
});

const at = (app, id) => app.page.getByTestId(id);
const demo = [{ provider: 'demo', model: 'demo-fast' }];
const RECIPE = document({ prompt: 'From elsewhere.', panes: demo });

/** The packed form of a recipe, made by the page itself. */
async function packed(app) {
  await at(app, 'share').click();
  const field = at(app, 'share-link');
  await until(async () => (await field.inputValue()) !== '', { what: 'the link' });
  const value = (await field.inputValue()).split('#c=')[1];
  await app.page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
  return value;
}

const filled = { fragment: recipeLink({ prompt: 'The work of an hour.', panes: demo }) };

/** What the page says to a fragment; the page must stay as it is. */
async function refuses(app, fragment, pattern) {
  const old = app.page.getByTestId('notice').getByRole('button');
  while (await old.count()) await old.first().click();
  await app.follow(fragment);
  await app.tells(pattern);
  assert.equal(await at(app, 'prompt').inputValue(), 'The work of an hour.');
  assert.equal(await at(app, 'pane').count(), 1);
}

scene('links that were cut or changed say so and change nothing', filled, async ({ app }) => {
  await app.panes(1);
  const whole = await packed(app);
  await refuses(app, `#c=${whole.slice(0, Math.floor(whole.length / 2))}`, /cut short/i);
  await refuses(app, `#c=${whole.slice(0, -4)}`, /cut short: \d+ of its \d+ characters are missing/i);
  const middle = Math.floor(whole.length / 2);
  const other = whole[middle] === 'A' ? 'B' : 'A';
  await refuses(app, `#c=${whole.slice(0, middle)}${other}${whole.slice(middle + 1)}`, /changed on the way/i);
  await refuses(app, `#c=${whole.slice(0, 20)}*${whole.slice(21)}`, /does not belong/i);
  await refuses(app, `#c=z${whole.slice(1)}`, /newer version/i);
  await refuses(app, '#c=1', /cut short|no document/i);
  await refuses(app, '#recipe=%7B%22touchstone%22%3A%22recipe%2F9%22%7D', /recipe\/9/);
  await refuses(app, '#recipe=%7B%22touchstone%22%3A%22recipe%2F1%22%2C%22panes%22%3A%5B%7B%22provider%22%3A5%7D%5D%7D', /panes\[0\]\.provider/);
});

scene('a link that was encoded twice or got a full stop opens', filled, async ({ app }) => {
  await app.panes(1);
  const whole = await packed(app);
  for (const fragment of [`#c%3D${whole}`, `#c=${whole}).`, `#c=${whole.slice(0, 30)}%0A${whole.slice(30)}`]) {
    await app.page.goto('about:blank');
    await app.goto(`${app.origin}/${fragment}`);
    await app.panes(1);
    assert.equal(await at(app, 'prompt').inputValue(), 'The work of an hour.', fragment.slice(0, 40));
  }
});

scene('a packed link over work asks first', filled, async ({ app }) => {
  await app.panes(1);
  const whole = await packed(app);
  await app.prompt('Not saved anywhere.');
  await app.follow(`#c=${whole}`);
  await at(app, 'replace-no').click();
  assert.equal(await at(app, 'prompt').inputValue(), 'Not saved anywhere.');
  await app.follow(`#c=${whole}`);
  await at(app, 'replace-yes').click();
  await until(async () => (await at(app, 'prompt').inputValue()) === 'The work of an hour.', { what: 'the link' });
});

scene('hostile content is text', {
  fragment: recipeLink({
    title: '<img src=x onerror=alert(1)>',
    prompt: '"><script>alert(1)</script>',
    panes: [{ provider: '__proto__', model: 'javascript:alert(1)', base_url: 'javascript:alert(1)' }],
  }),
}, async ({ app }) => {
  await app.panes(1);
  await at(app, 'share').click();
  const preview = at(app, 'share-preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /<script>alert\(1\)<\/script>/);
  assert.equal(await app.page.locator('img[src=x]').count(), 0);
});

const source = (path) => ({ shelf }) => ({
  allow: [shelf.origin],
  fragment: `#src=${encodeURIComponent(shelf.origin + path)}`,
  hand: { shelf },
});

scene('a document from elsewhere is fetched after the host was shown', source('/recipe.json'), async ({ app, shelf }) => {
  shelf.replies['/recipe.json'] = { body: JSON.stringify(RECIPE) };
  await at(app, 'incoming-host').waitFor();
  assert.ok((await at(app, 'incoming-host').innerText()).includes(new URL(shelf.origin).host));
  assert.deepEqual(shelf.seen, [], 'nothing is fetched unasked');
  assert.deepEqual(await findings(app.page), []);
  await at(app, 'incoming-fetch').click();
  await app.panes(1);
  assert.equal(await at(app, 'prompt').inputValue(), 'From elsewhere.');
  const [{ headers }] = shelf.seen;
  assert.equal(headers.referer, undefined);
  assert.equal(headers.cookie, undefined);
});

scene('the text of a link opens too', source('/link.txt'), async ({ app, shelf }) => {
  shelf.replies['/link.txt'] = { body: `https://touchstone.example/${recipeLink(RECIPE)}\n` };
  await at(app, 'incoming-fetch').click();
  await app.panes(1);
  assert.equal(await at(app, 'prompt').inputValue(), 'From elsewhere.');
});

for (const [name, path, reply, pattern] of [
  ['that is not there', '/none.json', { status: 404 }, /no such document/i],
  ['that is not for everyone', '/closed.json', { status: 403 }, /not give this document to everyone/i],
  ['that other pages may not read', '/cors.json', { cors: false, body: '{}' }, /Access-Control-Allow-Origin/],
  ['that leads on', '/on.json', { status: 302, headers: { location: '/landed.json' } }, /leads on/i],
  ['of another tool', '/tool.json', { body: '{"prompts": []}' }, /no document of Touchstone/i],
  ['of another kind', '/kind.json', { body: '{"touchstone": "ballot/1"}' }, /another kind/i],
  ['that is cut', '/cut.json', { body: '{"touchstone": "recipe/1", "pan' }, /ends too early/i],
  ['of a wrong type', '/type.json', { body: '{"touchstone": "recipe/1", "system": 5}' }, /system: expected text/i],
  ['that is no text', '/bytes.json', { body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) }, /no text/i],
  ['that is too large', '/large.json', { headers: { 'content-length': String(20 << 20) }, play: (response) => response.write('{') }, /larger than 16 MB/i],
  ['that leads to a further one', '/nested.txt', { body: '#src=https://elsewhere.example/x' }, /leads on/i],
]) {
  scene(`a document ${name} says so`, source(path), async ({ app, shelf }) => {
    shelf.replies[path] = reply;
    await at(app, 'incoming-fetch').click();
    await at(app, 'incoming-fault').waitFor();
    assert.match(await at(app, 'incoming-fault').innerText(), pattern);
    assert.ok(!shelf.seen.some(({ url }) => url === '/landed.json'), 'nothing else is fetched');
    await at(app, 'incoming-cancel').click();
    await at(app, 'start-demo').waitFor();
  });
}

scene('a long document shows how far it is and can be given up', source('/slow.json'), async ({ app, shelf }) => {
  const more = gate();
  let gone = false;
  shelf.replies['/slow.json'] = {
    play: (response) => {
      response.on('close', () => { gone = true; });
      response.write('{"touchstone": '.padEnd(4000));
      more.opened.then(() => response.write(' '.repeat(4000)));
    },
  };
  await at(app, 'incoming-fetch').click();
  await until(async () => /4 kB/.test(await at(app, 'incoming-progress').innerText()), { what: 'the first bytes' });
  more.open();
  await until(async () => /8 kB/.test(await at(app, 'incoming-progress').innerText()), { what: 'more of them' });
  await at(app, 'incoming-cancel').click();
  await until(() => gone, { what: 'the request to end' });
  await at(app, 'start-demo').waitFor();
});

for (const address of ['http://docs.example/a.json', 'javascript:alert(1)', 'https://me:secret@docs.example/']) {
  scene(`an address like ${address} is refused`, { fragment: `#src=${encodeURIComponent(address)}` }, async ({ app }) => {
    await app.tells(/^src: /m);
    assert.equal(await at(app, 'incoming-fetch').count(), 0);
  });
}
