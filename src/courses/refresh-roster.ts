// Asks the LMS who is in a course: by itself after a teacher's launch, and when a teacher presses the button.
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { rosterScope, type RosterMember } from '../lti/roster.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import type { NoAccess } from '../platforms/course-access.ts';
import type { PlatformServices } from '../platforms/services.ts';
import type { AskedOutcome } from './roster-standing.ts';
import { applyRoster } from './roster.store.ts';
import { recordRosterOutcome, takeRosterTurn, type RosterTurn, type TurnOutcome } from './roster-turn.store.ts';

/**
 * Why the list of a course is not fresher than before: `not-offered` (the LMS names none), `asked-just-now`, `not-allowed` (it
 * does not let us have it), `unavailable` (worth another try), `unreadable` (its list came to no end, or is none), `empty`
 * (nobody in it, although somebody launched: not believed).
 */
export type RosterRefusal = Extract<TurnOutcome, { ok: false }>['code'] | Exclude<AskedOutcome, 'read'>;

export type RosterOutcome = { ok: true } | { ok: false; code: RosterRefusal };

export interface RosterRefresher {
  /**
   * Asks without anybody waiting, unless the last asking is less than five minutes ago. For the launch of somebody with the
   * right to run the course. Never throws.
   */
  refreshSoon(courseId: number): void;
  /** Asks, and says what came of it; at least ten seconds after the last asking. Who comes while one is under way waits for it. */
  refreshNow(courseId: number): Promise<RosterOutcome>;
  /** When nothing is under way any more. */
  settled(): Promise<void>;
}

type Services = Pick<PlatformServices, 'now' | 'signs' | 'call'>;

const soonMs = 5 * 60 * 1000;
const nowMs = 10 * 1000;

/**
 * A list that was not read to its end, or not at all, changes nobody (lti.md 112, 115). No transaction is open while the LMS is
 * waited for.
 */
export function createRosterRefresher(tools: { db: Database; services: Services; log: Logger }): RosterRefresher {
  const { db, services, log } = tools;
  const underWay = new Map<number, Promise<RosterOutcome>>();

  const refresh = (courseId: number, minimumAgeMs: number): Promise<RosterOutcome> => {
    const flight = underWay.get(courseId) ?? askInTurn(courseId, minimumAgeMs).finally(() => underWay.delete(courseId));
    underWay.set(courseId, flight);
    return flight;
  };

  const askInTurn = async (courseId: number, minimumAgeMs: number): Promise<RosterOutcome> => {
    const taken = await takeRosterTurn(db, courseId, { now: services.now(), minimumAgeMs });
    if (!taken.ok) return taken;
    const { turn } = taken;
    const outcome = await ask(tools, turn);
    log.info({ course: courseId, outcome }, 'roster asked for');
    return outcome === 'read' ? { ok: true } : { ok: false, code: outcome };
  };

  return {
    refreshSoon: (courseId) => {
      refresh(courseId, soonMs).catch((error: unknown) => log.error({ err: error, course: courseId }, 'roster failed'));
    },
    refreshNow: async (courseId) => {
      // One that began by itself may have found that five minutes are not over; ten seconds may be.
      const joined = await underWay.get(courseId);
      return joined && !isTooSoon(joined) ? joined : refresh(courseId, nowMs);
    },
    settled: async () => {
      await Promise.allSettled(underWay.values());
    },
  };
}

function isTooSoon(outcome: RosterOutcome) {
  return !outcome.ok && outcome.code === 'asked-just-now';
}

async function ask({ db, services }: { db: Database; services: Services }, turn: RosterTurn): Promise<AskedOutcome> {
  const { membershipsUrl, target } = turn;
  const read = await services.call(target, [rosterScope], (course) => course.readRoster({ membershipsUrl }));
  if (read.kind !== 'read' || read.members.length === 0) {
    const outcome = read.kind === 'read' ? 'empty' : refusalOf(read);
    await recordRosterOutcome(db, turn, outcome);
    return outcome;
  }
  await takeIn(db, turn, read.members);
  await services.signs.note(target.registrationId, 'roster');
  return 'read';
}

async function takeIn(db: Database, turn: RosterTurn, members: RosterMember[]): Promise<void> {
  await db.transaction(async (tx) => {
    await applyRoster(tx, { ...turn, members });
    await recordRosterOutcome(tx, turn, 'read');
  });
}

function refusalOf(failure: ServiceFailure | NoAccess): Exclude<AskedOutcome, 'read' | 'empty'> {
  switch (failure.kind) {
    case 'no-access':
      return failure.code === 'unavailable' ? 'unavailable' : 'not-allowed';
    case 'unauthorized':
      return 'not-allowed';
    case 'unavailable':
      return 'unavailable';
    case 'refused':
      return failure.status === 403 ? 'not-allowed' : 'unreadable';
  }
}
