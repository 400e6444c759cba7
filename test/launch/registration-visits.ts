// Visits of a made-up LMS to a Mustaqil with an open invite, and what they leave behind.
import { expect, jest } from '@jest/globals';
import { createOutboundFetch } from '../../src/outbound/outbound-fetch.ts';
import { createInvite } from '../../src/platforms/invites.store.ts';
import { ask, type Asked } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { allRows } from '../support/tables.ts';
import { startMadeUpLms, type MadeUpLms } from './registration-lms.ts';

/** Names that resolve into our own network, as a stranger may make any name of theirs do. */
const guardedFetch = createOutboundFetch(
  { allowHttpLoopback: true, allowedPrivateHosts: [] },
  (hostname, _, callback) => {
    callback(null, [{ address: hostname === 'inside.example' ? '10.0.0.7' : '127.0.0.1', family: 4 }]);
  },
);

/** What the LMS gives along, and must get back alone. */
export const token = 'one-time-token';

export interface Visits {
  lms: MadeUpLms;
  mustaqil: TestMustaqil;
  /** Of the invite. */
  secret: string;
  /** The LMS opens our link in its dialog. */
  open(options?: { configurationUrl?: string; secret?: string }): Promise<Asked>;
  /** The administrator presses "Connect" on the page. */
  connect(page: Asked, changed?: Record<string, string>): Promise<Asked>;
  /** Checks that the database is afterwards as it was before. */
  leavesNothing(visit: () => Promise<Asked>): Promise<Asked>;
  stop(): Promise<void>;
}

export async function startVisits(): Promise<Visits> {
  const mustaqil = await startMustaqil({ fetch: guardedFetch });
  const lms = await startMadeUpLms();
  const { db, clock, url } = mustaqil;
  const invite = { name: 'KSU', needsApproval: true, lifetimeMs: 60 * 60 * 1000, now: clock.now() };
  const { secret } = await createInvite(db, invite);
  return {
    lms,
    mustaqil,
    secret,
    open: ({ configurationUrl = lms.configurationUrl, secret: other = secret } = {}) => {
      const given = { invite: other, openid_configuration: configurationUrl, registration_token: token };
      return ask(`${url}/lti/register?${new URLSearchParams(given)}`);
    },
    connect: ({ $ }, changed = {}) => {
      const fields = $('form')
        .serializeArray()
        .map(({ name, value }): [string, string] => [name, value]);
      return ask(`${url}/lti/register`, { form: { ...Object.fromEntries(fields), ...changed } });
    },
    leavesNothing: async (visit) => {
      const before = await allRows(db);
      const shown = await visit();
      expect(await allRows(db)).toEqual(before);
      return shown;
    },
    stop: async () => {
      await lms.stop();
      await mustaqil.stop();
    },
  };
}

/** From now on our deadlines go by another clock, which `hang` moves. */
export function fakeDeadlines(): void {
  jest.useFakeTimers({
    doNotFake: [
      ...(['Date', 'nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
      ...(['queueMicrotask', 'performance', 'hrtime'] as const),
    ],
  });
}

/** Answers nothing, for longer than anybody waits. */
export function hang(): void {
  jest.advanceTimersByTime(60_000);
}
