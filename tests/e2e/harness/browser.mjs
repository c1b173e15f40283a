// One Chromium for a spec file. Every name resolves to our own TLS server, so
// nothing can leave the machine, and what tries to is recorded.

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

/** Starts Chromium; `internet` is the TLS byte server that plays all hosts. */
export function launch(internet) {
  const rules = [`MAP * 127.0.0.1:${internet.port}`, 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost'];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: process.env.HEADFUL !== '1',
    args: [...FLAGS, `--host-resolver-rules=${rules.join(', ')}`],
  });
}
