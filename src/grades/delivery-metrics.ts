// What Prometheus may know of grades on their way: what each LMS is owed, read when asked for, and what came of the tries of this
// process, counted as they happen.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import type { DeliveryCause } from './delivery-cause.ts';
import type { DeliveryOutcome } from './claimed-cell.store.ts';
import { listOwed } from './owed.store.ts';

/** One try that has come to its end. */
export interface FinishedTry {
  registrationId: number;
  outcome: DeliveryOutcome;
  cause: DeliveryCause | null;
}

/** The figures, as they are asked for. */
export interface Measured {
  contentType: string;
  text: string;
}

export interface DeliveryMetrics {
  /** Counts one more. */
  count: (finished: FinishedTry) => void;
  /** Everything in the registry, with what is owed now. */
  measure: () => Promise<Measured>;
}

const perPlatform = ['platform', 'issuer'] as const;

/**
 * Adds the figures to a registry. `platform` is our key of the registration, `issuer` the host of its issuer. What is owed is the
 * same whichever process is asked; tries are of that process alone, so they are to be summed.
 */
export function createDeliveryMetrics({
  db,
  now,
  registry,
}: {
  db: Database;
  now: () => Date;
  registry: Registry;
}): DeliveryMetrics {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: perPlatform, registers: [registry] });
  const owed = gauge('mustaqil_grades_owed', 'Grades that the gradebook of an LMS is owed');
  const oldest = gauge(
    'mustaqil_grades_oldest_owed_seconds',
    'How long the oldest owed grade has been; 0: none is owed',
  );
  const inHand = gauge('mustaqil_grades_in_hand', 'Owed grades that some process is sending');
  const paused = gauge(
    'mustaqil_grades_paused',
    'Whether the grades of an LMS are held back, because it takes none now',
  );
  const tries = new Counter({
    name: 'mustaqil_grade_deliveries_total',
    help: 'Tries of this process to deliver a grade, by what came of them',
    labelNames: ['platform', 'outcome', 'cause'],
    registers: [registry],
  });

  return {
    count: ({ registrationId, outcome, cause }) => tries.inc({ platform: registrationId, outcome, cause: cause ?? '' }),
    measure: async () => {
      const at = now();
      const platforms = await listOwed(db, at);
      // In one turn, so that two who ask at once do not read each other's half: an LMS that was switched off is gone.
      for (const one of [owed, oldest, inHand, paused]) one.reset();
      for (const one of platforms) {
        const labels = { platform: one.registrationId, issuer: hostOf(one.issuer) };
        owed.set(labels, one.owed);
        oldest.set(labels, one.oldestSince ? (at.getTime() - one.oldestSince.getTime()) / 1000 : 0);
        inHand.set(labels, one.inHand);
        paused.set(labels, one.isPaused ? 1 : 0);
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Most issuers are addresses, and none has to be. */
function hostOf(issuer: string) {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
