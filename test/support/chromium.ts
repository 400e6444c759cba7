// A real browser without a window.
import { chromium, type Browser } from 'playwright-core';

/** @throws if there is no Chromium: the tests that need one cannot do without */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Third-party cookies are kept out, as in the browsers of many of our users.
      '--test-third-party-cookie-phaseout',
    ],
  });
}
