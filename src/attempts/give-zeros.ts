// A teacher gives zeros for nothing handed in, and takes them back: each a decision that is written down with what it changed.
import Fraction from 'fraction.js';
import { findPlacementFor, lockPlacementQuiz } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { insertDecision, type DecisionKind, type ScoreChange } from '../grades/decision.store.ts';
import { listCells, takeBackScore, wantScore } from '../grades/gradebook-cell.store.ts';
import { lockCellsAt } from '../grades/lock-cells.store.ts';
import { translator } from '../i18n/i18n.ts';
import { maximumPoints } from '../quizzes/quiz.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { zeroStanding, type RosterPerson, type Timing } from './zeros.ts';
import { listRosterPeople } from './zeros.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
}

/** Whom a teacher chose, in the groups in which they saw them: our keys of people. */
export interface ChosenForZero {
  notBegun: readonly number[];
  begun: readonly number[];
}

/**
 * Gives a zero, of the points of the quiz that stands there, to each of the chosen who still stands where the teacher saw them;
 * who has one already keeps it. Nobody gets any while no quiz with points is published there.
 *
 * @returns how many zeros were given just now, and how many of the chosen were left out because they began, handed in, got more time
 * or left meanwhile
 */
export async function giveZeros(
  { db, now }: Tools,
  { placementId, decidedBy, chosen }: { placementId: number; decidedBy: number; chosen: ChosenForZero },
): Promise<{ given: number; leftOut: number }> {
  return db.transaction(async (tx) => {
    await holdGrades(tx, placementId);
    const placement = await findPlacementFor(tx, decidedBy, placementId);
    const version = placement?.quizId == null ? null : await findCurrentVersion(tx, placement.quizId);
    const maximum = version ? maximumPoints(version.questions, version) : new Fraction(0);
    const asked = new Set([...chosen.notBegun, ...chosen.begun]);
    if (!placement || !version || maximum.compare(0) <= 0) return { given: 0, leftOut: asked.size };
    const timing = { dueAt: placement.dueAt, timeLimitMinutes: version.timeLimitMinutes, now: now() };
    const zero = { points: new Fraction(0), maximumPoints: maximum };
    const people = (await listRosterPeople(tx, placement)).filter(({ personId }) => asked.has(personId));
    const having = people.filter((person) => zeroStanding(person, timing) === 'has-zero');
    const changes: ScoreChange[] = [];
    for (const person of people.filter((one) => isWhereChosen(one, chosen, timing))) {
      const { personId } = person;
      const t = translator(person.language);
      const wanted = { ...zero, scoredAt: timing.now, comment: t('zeros.comment') };
      const isGiven = await wantScore(tx, { placementId, personId }, wanted, { now: timing.now, basis: 'zero' });
      if (isGiven) changes.push({ personId, attemptId: null, before: null, after: zero });
    }
    if (changes.length > 0) await insertDecision(tx, decision('zeros', placementId, decidedBy, timing.now), changes);
    return { given: changes.length, leftOut: asked.size - changes.length - having.length };
  });
}

/**
 * Takes back those of the zeros that still stand: whoever handed in meanwhile has points of their own, which stay.
 *
 * @returns how many that were
 */
export async function takeZerosBack(
  { db, now }: Tools,
  { placementId, decidedBy, personIds }: { placementId: number; decidedBy: number; personIds: readonly number[] },
): Promise<{ takenBack: number }> {
  return db.transaction(async (tx) => {
    await holdGrades(tx, placementId);
    const changes: ScoreChange[] = [];
    const having = [...(await listCells(tx, placementId))].filter(([, { basis }]) => basis === 'zero');
    for (const personId of having.map(([id]) => id).filter((id) => personIds.includes(id))) {
      const before = await takeBackScore(tx, { placementId, personId }, now());
      if (before) changes.push({ personId, attemptId: null, before, after: null });
    }
    if (changes.length > 0) {
      await insertDecision(tx, decision('zeros-taken-back', placementId, decidedBy, now()), changes);
    }
    return { takenBack: changes.length };
  });
}

/** Two teachers decide one after the other, and wait for nobody in a circle. */
async function holdGrades(tx: Transaction, placementId: number): Promise<void> {
  await lockPlacementQuiz(tx, placementId);
  await lockCellsAt(tx, placementId);
}

function isWhereChosen(person: RosterPerson, chosen: ChosenForZero, timing: Timing): boolean {
  const standing = zeroStanding(person, timing);
  if (standing === 'not-begun') return chosen.notBegun.includes(person.personId);
  return standing === 'begun' && chosen.begun.includes(person.personId);
}

function decision(kind: DecisionKind, placementId: number, decidedBy: number, decidedAt: Date) {
  return { kind, placementId, decidedBy, decidedAt, reason: '' };
}
