// A second university on the same installation: an LMS of its own, which knows nothing of the first.
import type { RequestListener } from 'node:http';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { createPracticeLms, type PracticeLms, type PracticeLmsOptions } from '../../src/practice/practice-lms.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { memoryStore } from '../../src/practice/store.ts';
import { listen, portOf, testKeys, type TestMustaqil } from './mustaqil.ts';

/** As much of it as people need, and its end. */
export interface AnotherLms {
  lms: PracticeLms;
  lmsUrl: string;
  /** A person's browser, signed in there; of another make than those of the first LMS, for both live on one host. */
  browserOf(personId: string): Promise<Robot>;
  stop(): Promise<void>;
}

/**
 * Sets up another practice LMS for a running tool, with an issuer of its own and the same sample people under the same ids. Unless
 * it is a clean one (`tool: null`), the tool knows it already.
 */
export async function startAnotherLms(
  { db, clock, url }: TestMustaqil,
  options: Partial<Pick<PracticeLmsOptions, 'tool' | 'quirks'>> = {},
): Promise<AnotherLms> {
  const server = await listen();
  const lmsUrl = `http://127.0.0.1:${portOf(server)}`;
  const { app, lms } = createPracticeLms({
    url: lmsUrl,
    tool: { loginUrl: `${url}/lti/login`, launchUrl: `${url}/lti/launch`, jwksUrl: `${url}/lti/jwks` },
    store: memoryStore(),
    now: clock.now,
    fetch,
    ...options,
  });
  server.on('request', app as RequestListener);
  if (options.tool !== null) {
    const details = { ...lms.registration, tokenAudience: lms.registration.tokenUrl };
    await savePlatform(db, details, { sealingKey: testKeys.toolKeys, now: clock.now() });
  }
  return {
    lms,
    lmsUrl,
    browserOf: async (personId) => {
      const robot = createRobot({ now: clock.now });
      await robot.open(lmsUrl);
      await robot.submit(`button[name="person"][value="${personId}"]`);
      return robot;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
