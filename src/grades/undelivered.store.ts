// Grades that are not in the gradebook as they are here, one by one: for the command line.
import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { deliveryLanes, gradebookCells } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { isCellOwed } from './claims.ts';
import { gradeStatus, type GradeStatus } from './grade-status.ts';
import { cellState, cellStateOf } from './gradebook-cell.store.ts';

/** Which grades are meant: all, or those of some LMSs, of one placement, of one learner. */
export interface GradeChoice {
  /** Null: every LMS. */
  registrationIds: readonly number[] | null;
  /** Null: every one. */
  placementId: number | null;
  /** Null: everybody. */
  personId: number | null;
}

/** One grade, without the name of whose it is. */
export interface Undelivered {
  issuer: string;
  clientId: string;
  platform: string;
  course: string;
  activity: string | null;
  placement: number;
  /** Our key of the learner. */
  person: number;
  /** Null: the gradebook should show none. */
  points: number | null;
  maximumPoints: number;
  /** `switched-off`: nothing is sent to this LMS, or to this deployment of it. */
  state: GradeStatus['state'] | 'switched-off';
  /** One of `deliveryCauses`; null where there is none yet, or none is needed. */
  cause: string | null;
  /** Of an owed one: since when it is. Of another: when the LMS said its last word. */
  since: Date | null;
  /** Since the LMS last had its say. */
  tries: number;
  /** Null: not by itself. */
  nextTryAt: Date | null;
}

/**
 * What is owed to a column, what was refused, and where the gradebook shows something else, by LMS, placement and learner. An
 * activity without a column owes nobody anything.
 */
export async function listUndelivered(db: Database, choice: GradeChoice): Promise<Undelivered[]> {
  const isSettledOtherwise = inArray(gradebookCells.lastOutcome, ['refused', 'overridden', 'superseded']);
  const { scoreGiven, scoreMaximum, tries, placementId, personId } = gradebookCells;
  const rows = await db
    .select({
      ...{ issuer: registrations.issuer, clientId: registrations.clientId, platform: registrations.name },
      course: sql<string>`coalesce(${courses.label}, ${courses.title}, ${courses.contextId})`,
      activity: placements.title,
      ...{ placementId, personId, scoreGiven, scoreMaximum, tries },
      isActive: sql<boolean>`${registrations.state} = 'active' and ${deployments.state} = 'active'`,
      nextTryAt: sql`greatest(${gradebookCells.nextTryAt}, ${deliveryLanes.pausedUntil})`.mapWith(
        gradebookCells.nextTryAt,
      ),
      state: cellState,
    })
    .from(gradebookCells)
    .innerJoin(placements, eq(placements.id, placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, gradebookCells.registrationId))
    .leftJoin(deliveryLanes, eq(deliveryLanes.registrationId, gradebookCells.registrationId))
    .where(and(isChosen(choice), or(and(isCellOwed, isNotNull(placements.lineItemUrl)), isSettledOtherwise)))
    .orderBy(asc(registrations.id), asc(placementId), asc(personId));
  const listed = rows.map(
    ({ placementId: placement, personId: person, scoreGiven: given, scoreMaximum: maximum, ...row }): Undelivered => {
      const { isActive, nextTryAt, state: stateRow, ...shown } = row;
      const cell = cellStateOf(stateRow);
      const status = gradeStatus(cell, true);
      const isWaiting = cell.deliveredRevision < cell.revision;
      return {
        ...shown,
        ...{ placement, person, points: given === null ? null : Number(given), maximumPoints: Number(maximum) },
        state: isWaiting && !isActive ? 'switched-off' : status.state,
        cause: 'cause' in status ? status.cause : null,
        since: isWaiting ? cell.owedSince : cell.lastTriedAt,
        nextTryAt: isWaiting && isActive ? nextTryAt : null,
      };
    },
  );
  // A zero that was taken back leaves nobody anything to do, whatever stands there now.
  return listed.filter(({ state }) => state !== 'taken-back');
}

/** The cells that are meant. */
export function isChosen({ registrationIds, placementId, personId }: GradeChoice) {
  return and(
    registrationIds === null ? undefined : inArray(gradebookCells.registrationId, [...registrationIds]),
    placementId === null ? undefined : eq(gradebookCells.placementId, placementId),
    personId === null ? undefined : eq(gradebookCells.personId, personId),
  );
}
