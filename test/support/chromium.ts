// A real browser without a window.
import { existsSync } from 'node:fs';
import { test } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { startMustaqil, type TestMustaqil } from './mustaqil.ts';

const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
].find((path) => path && existsSync(path));

/** The `test` of what needs a browser: skipped on a machine that has none, unless that is one where everything must run. */
export const browserTest = executablePath || process.env.CI ? test : test.skip;

/** Of two lists Chromium takes the last, so this one names again what matters to us of Playwright's. */
const featuresOff = [
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  // Two pages of Chromium's own, each in a process of its own, for every window: what drops down from an address bar that nobody sees.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** @throws if there is no Chromium */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${featuresOff.join(',')}`,
      // Third-party cookies are kept out, as in the browsers of many of our users.
      '--test-third-party-cookie-phaseout',
    ],
  });
}

/** Mustaqil with a Chromium for its people; `stop` ends both. */
export interface MustaqilInChromium extends TestMustaqil {
  browser: Browser;
}

/** @throws if there is no Chromium */
export async function startInChromium(): Promise<MustaqilInChromium> {
  const [mustaqil, browser] = [await startMustaqil(), await startChromium()];
  return {
    ...mustaqil,
    browser,
    stop: async () => {
      await browser.close();
      await mustaqil.stop();
    },
  };
}
