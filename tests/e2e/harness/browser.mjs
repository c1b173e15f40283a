// One Chromium for a spec file. Every name resolves to our own TLS server, so
// nothing can leave the machine, and what tries to is recorded.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const SHELL = '/usr/bin/chromium-headless-shell';

/** The browser without its windows, its profile and its permissions, if this machine has it apart. */
function shell() {
  return process.env.CHROMIUM_SHELL ?? (existsSync(SHELL) ? SHELL : undefined);
}

function settings(internet) {
  const rules = [`MAP * 127.0.0.1:${internet.port}`, 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost'];
  return {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: process.env.HEADFUL !== '1',
    args: [...FLAGS, `--host-resolver-rules=${rules.join(', ')}`],
  };
}

/** Starts Chromium; `internet` is the TLS byte server that plays all hosts. */
export function launch(internet) {
  return chromium.launch(settings(internet));
}

/**
 * Starts Chromium's engine: the same code for pages, scripts and the network as in the
 * whole browser, in half the time for each fresh context. Without it, the whole browser.
 */
export function launchEngine(internet) {
  const whole = settings(internet);
  const executablePath = (whole.headless && shell()) || whole.executablePath;
  return chromium.launch({ ...whole, executablePath });
}

/** A Chromium whose person lets no site keep data; gives its one context. */
export async function launchWithoutStorage(internet) {
  const folder = await mkdtemp(path.join(tmpdir(), 'touchstone-'));
  await mkdir(path.join(folder, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(folder, { ...settings(internet), acceptDownloads: true });
  context.on('close', () => rm(folder, { recursive: true, force: true }).catch(() => {}));
  return context;
}
