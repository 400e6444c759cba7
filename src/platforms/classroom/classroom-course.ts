// A course of Google Classroom behind the vocabulary of LTI Advantage: its columns are the attachments that we put into posts.
import { and, eq } from 'drizzle-orm';
import type { Answered, ClassroomCall } from '../../classroom/api.ts';
import { readAttachmentGrade, sendAttachmentGrade } from '../../classroom/attachment-grades.ts';
import { changeAttachment, readAttachment, type AttachmentPlace } from '../../classroom/attachments.ts';
import { listMembers } from '../../classroom/courses.ts';
import { scaledPoints } from '../../classroom/points.ts';
import { scope } from '../../classroom/scopes.ts';
import type { Database } from '../../database/database.ts';
import { classroomSubmissions } from '../../database/tables/classroom.ts';
import { people, placements } from '../../database/tables/courses.ts';
import type { LineItem } from '../../lti/line-item.ts';
import type { Result } from '../../lti/results.ts';
import type { ServiceFailure } from '../../outbound/service-failure.ts';
import type { CourseAccess } from '../course-access.ts';
import { columnPlace } from './column-address.ts';

/** Does something in the name of a teacher who has agreed to that scope; of several, of one after the other until one may. */
export type AsTeacher = <Value>(
  needed: string,
  act: (call: ClassroomCall) => Promise<Answered<Value>>,
) => Promise<{ kind: 'read'; value: Value } | ServiceFailure>;

interface Column {
  place: AttachmentPlace;
  title: string;
  /** Points; null where nothing is graded there. */
  maxPoints: number | null;
}

/**
 * A course as its teachers may see and grade it. Classroom keeps no moment and no comment of a score; what it shows for an attachment is
 * what we sent, and a teacher's own change of the grade is not in it.
 *
 * @param of.courseId our key of the course
 * @see classroom.md §2.6
 */
export function classroomCourse(
  { db, courseId }: { db: Database; courseId: number },
  asTeacher: AsTeacher,
): CourseAccess {
  const columnAt = async (lineItemUrl: string): Promise<{ kind: 'read'; value: Column } | ServiceFailure> => {
    const place = columnPlace(lineItemUrl);
    if (!place) return notThere;
    const read = await asTeacher(scope.addOnTeacher, (call) => readAttachment(call, place));
    if (read.kind !== 'read') return read;
    const { title, maxPoints } = read.value;
    return { kind: 'read', value: { place, title, maxPoints } };
  };

  const resultOf = async ({ place, maxPoints }: Column, submissionId: string) => {
    const read = await asTeacher(scope.addOnTeacher, (call) => readAttachmentGrade(call, { ...place, submissionId }));
    if (read.kind !== 'read') return read;
    const result: Result = { resultScore: read.value.points, resultMaximum: maxPoints, comment: null };
    return { kind: 'read' as const, result };
  };

  return {
    async postScore({ lineItemUrl, score }) {
      const { userId, scoreGiven, scoreMaximum } = score;
      const column = await columnAt(lineItemUrl);
      if (column.kind !== 'read') return column;
      const { place, maxPoints } = column.value;
      if (maxPoints === null) return ungraded;
      const submissionId = (await listSubmissions(db, { courseId, lineItemUrl })).get(userId);
      if (submissionId === undefined) return notThere;
      const points = scoreGiven === null ? null : scaledPoints(scoreGiven, scoreMaximum, maxPoints);
      const sent = await asTeacher(scope.addOnTeacher, (call) =>
        sendAttachmentGrade(call, { ...place, submissionId }, points),
      );
      return sent.kind === 'read' ? { kind: 'delivered', status: 200 } : sent;
    },
    async readResult({ lineItemUrl, userId }) {
      const column = await columnAt(lineItemUrl);
      if (column.kind !== 'read') return column;
      const submissionId = (await listSubmissions(db, { courseId, lineItemUrl })).get(userId);
      return submissionId === undefined ? { kind: 'read', result: null } : resultOf(column.value, submissionId);
    },
    async readResults({ lineItemUrl }) {
      const column = await columnAt(lineItemUrl);
      if (column.kind !== 'read') return column;
      const results = new Map<string, Result>();
      for (const [subject, submissionId] of await listSubmissions(db, { courseId, lineItemUrl })) {
        const read = await resultOf(column.value, submissionId);
        if (read.kind !== 'read') return read;
        results.set(subject, read.result);
      }
      return { kind: 'read', results };
    },
    async readLineItem({ lineItemUrl }) {
      const column = await columnAt(lineItemUrl);
      return column.kind === 'read' ? { kind: 'read', item: lineItemOf(lineItemUrl, column.value) } : column;
    },
    async updateLineItem({ item: { url }, change: { label, scoreMaximum } }) {
      const place = columnPlace(url);
      if (!place) return notThere;
      const change = {
        ...(label !== undefined && { title: label }),
        ...(scoreMaximum !== undefined && { maxPoints: scoreMaximum }),
      };
      const changed = await asTeacher(scope.addOnTeacher, (call) => changeAttachment(call, place, change));
      return changed.kind === 'read' ? { kind: 'read', item: lineItemOf(url, changed.value) } : changed;
    },
    // An activity has the one column that it was made with: nothing is offered to be listed or made beside it.
    listLineItems: () => Promise.resolve(notThere),
    createLineItem: () => Promise.resolve(notThere),
    async readRoster({ membershipsUrl }) {
      const [, googleCourse = ''] = /\/v1\/courses\/([\w-]+)$/.exec(membershipsUrl) ?? [];
      const read = await asTeacher(scope.rosters, (call) => listMembers(call, googleCourse));
      if (read.kind !== 'read') return read;
      const members = read.value.map(({ userId, role, ...names }) => ({
        ...{ subject: userId, roles: [role === 'teacher' ? 'Instructor' : 'Learner'], isActive: true },
        ...{ ...names, sourcedId: null },
      }));
      return { kind: 'read', members };
    },
  };
}

function lineItemOf(url: string, { title, maxPoints }: Pick<Column, 'title' | 'maxPoints'>): LineItem {
  const identity = { resourceId: null, tag: null, resourceLinkId: null };
  return { url, label: title, scoreMaximum: maxPoints, ...identity, document: {} };
}

const notThere: ServiceFailure = {
  ...{ kind: 'refused', status: 404, fault: null, retryAfterSeconds: null },
  detail: 'nothing of ours at that address',
};

/** A teacher has made it one that is not graded. */
const ungraded: ServiceFailure = { ...notThere, status: null, detail: 'it is not graded there' };

/** What Google calls the work of each learner whom we have met at a column, by the id of their account. */
async function listSubmissions(
  db: Database,
  { courseId, lineItemUrl }: { courseId: number; lineItemUrl: string },
): Promise<Map<string, string>> {
  const rows = await db
    .select({ subject: people.subject, submissionId: classroomSubmissions.submissionId })
    .from(classroomSubmissions)
    .innerJoin(placements, eq(placements.id, classroomSubmissions.placementId))
    .innerJoin(people, eq(people.id, classroomSubmissions.personId))
    .where(and(eq(placements.courseId, courseId), eq(placements.lineItemUrl, lineItemUrl)));
  return new Map(rows.flatMap(({ subject, submissionId }) => (subject === null ? [] : [[subject, submissionId]])));
}
