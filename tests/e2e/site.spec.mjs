// What programs that show a card beside a link find in the page.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withSite } from '../../scripts/web/site.mjs';

const page = await readFile(new URL('../../index.html', import.meta.url), 'utf8');

/** The tags of a page, by their names and properties. */
const tags = (html) => Object.fromEntries(
  [...html.matchAll(/<meta [^>]*>/g)].flatMap(([tag]) => {
    const content = tag.match(/content="([^"]*)"/)?.[1];
    return [...tag.matchAll(/(?:name|property)="([^"]+)"/g)].map(([, name]) => [name, content]);
  }),
);

test('the page says what it is, wherever it is hosted', () => {
  const found = tags(withSite(page, undefined));
  assert.equal(found['og:title'], 'Touchstone');
  assert.equal(found['og:type'], 'website');
  assert.match(found['og:description'], /Compare language models/);
  assert.equal(found['og:description'], found.description);
  assert.equal(found['og:image'], 'preview.jpg');
  assert.equal(found['twitter:card'], 'summary_large_image');
  assert.equal('og:url' in found, false);
});

test('a build for a known address has it in the page, and the whole address of the picture', () => {
  const found = tags(withSite(page, 'https://touchstone.example/lab/?a="b'));
  assert.equal(found['og:url'], 'https://touchstone.example/lab/?a=%22b');
  assert.equal(found['og:image'], 'https://touchstone.example/lab/preview.jpg');
  assert.throws(() => withSite('<html>', 'https://touchstone.example/'), /lacks/);
  assert.throws(() => withSite(page, 'touchstone'), /Invalid URL/);
});
