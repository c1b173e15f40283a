// One Firefox for a spec file, over WebDriver BiDi. Everything but loopback goes
// to a proxy that knows one target only: our own TLS server, so nothing can leave
// the machine. The page object speaks Playwright; `driver.mjs` gives Firefox its
// few words of it.

import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openContext } from './driver.mjs';
import { close, listen } from './listen.mjs';

/** What Firefox would otherwise ask of its makers, and ask the person. */
const QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.download.folderList': 2,
  'browser.download.manager.showWhenStarting': false,
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.provider.mozilla.updateURL': '',
  'browser.shell.checkDefaultBrowser': false,
  'browser.topsites.contile.enabled': false,
  'captivedetect.canonicalURL': '',
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-manager.url': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'network.trr.mode': 5,
  'privacy.trackingprotection.enabled': false,
  'security.OCSP.enabled': 0,
  'security.remote_settings.crlite_filters.enabled': false,
  'security.remote_settings.intermediates.enabled': false,
  'services.settings.server': 'data:,',
  'signon.autofillForms': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': 'data:,',
  'ui.prefersReducedMotion': 1,
};

/** A proxy whose every CONNECT ends at `port`; `asked` are the hosts it was asked for. */
async function startFunnel(port) {
  const asked = new Set();
  const server = http.createServer((_, response) => response.writeHead(502).end());
  server.on('connect', (request, client, head) => {
    asked.add(request.url);
    const target = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    const end = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) socket.on('error', end).on('close', end);
  });
  const own = await listen(server);
  return { port: own, asked, stop: () => close(server) };
}

async function puppeteer() {
  try {
    return (await import('puppeteer-core')).default;
  } catch {
    throw new Error('the package puppeteer-core is not installed: run `make setup`');
  }
}

/** Starts Firefox; `internet` is the TLS byte server that plays all hosts. */
export async function launchFirefox(internet) {
  const pilot = await puppeteer();
  const funnel = await startFunnel(internet.port);
  const downloads = await mkdtemp(path.join(tmpdir(), 'touchstone-firefox-'));
  const proxy = {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': funnel.port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': funnel.port,
  };
  const browser = await pilot.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
    headless: process.env.HEADFUL !== '1',
    acceptInsecureCerts: true,
    // Without this a release build does not let a profile turn its settings server off.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    extraPrefsFirefox: { ...QUIET, ...proxy, 'browser.download.dir': downloads },
  });
  return {
    asked: funnel.asked,
    newContext: (options) => openContext(browser, options, downloads),
    close: async () => {
      await browser.close();
      await funnel.stop();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}
