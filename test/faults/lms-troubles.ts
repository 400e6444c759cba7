// What can be wrong with an LMS, as troubles that last a while.
import type { Faults } from '../../src/practice/state.ts';
import { endFaults, type FaultyLms } from './lms.ts';
import { pause } from './pause.ts';
import type { Trouble } from './saboteur.ts';

/** Longer than the tool waits for an answer: it gives up, and the LMS acts all the same. */
const tooSlowMs = 6_000;

/** As long as a trouble is kept up at most until the tool runs into it. */
const patienceMs = 4_000;

/** By name; each is met if the tool asked something of the LMS meanwhile. @param lastingMs how long the next one is to last */
export function lmsTroubles(faulty: FaultyLms, lastingMs: () => number): Record<string, Trouble> {
  const { lms } = faulty;

  const during =
    (begin: () => void, isHit: () => boolean = () => true): Trouble =>
    async (signal) => {
      const before = lms.received.at(-1);
      const isMet = () => lms.received.at(-1) !== before && isHit();
      begin();
      await pause(lastingMs(), signal);
      for (const end = Date.now() + patienceMs; !isMet() && Date.now() < end;) await pause(50, signal);
      const wasMet = isMet();
      endFaults(faulty);
      return wasMet;
    };
  const withFaults = (faults: Partial<Faults>) => during(() => Object.assign(lms.faults, faults));

  return {
    'the LMS: services down': withFaults({ down: 'services' }),
    'the LMS: all of it down': withFaults({ down: 'everything' }),
    'the LMS: too slow': withFaults({ slowMs: tooSlowMs }),
    'the LMS: a little slow': withFaults({ slowMs: 400 }),
    'the LMS: 401': withFaults({ status: 401 }),
    'the LMS: 409': withFaults({ status: 409 }),
    'the LMS: 429': withFaults({ status: 429, retryAfterSeconds: 2 }),
    'the LMS: 500': withFaults({ status: 500 }),
    'the LMS: 503': withFaults({ status: 503 }),
    'the LMS: no key set': withFaults({ jwksDown: true }),
    'the LMS: answers lost': during(() => {
      faulty.losesAnswers = true;
    }),
    'the LMS: tokens lost': during(() => {
      lms.state.accessTokens = [];
    }),
    'the LMS: one student refused': during(
      () => {
        faulty.refusesNext = true;
      },
      () => lms.faults.refusedPersonId !== null,
    ),
  };
}
