// A course of Google Classroom behind the vocabulary of LTI Advantage: columns are attachments, or assignments that we made.
import { and, eq } from 'drizzle-orm';
import type { Answered, ClassroomCall } from '../../classroom/api.ts';
import { readAttachmentGrade, sendAttachmentGrade } from '../../classroom/attachment-grades.ts';
import { changeAttachment, readAttachment } from '../../classroom/attachments.ts';
import { changeCourseWork, gradeSubmission, listSubmissions, readCourseWork } from '../../classroom/course-work.ts';
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
import { columnPlace, type ColumnPlace } from './column-address.ts';

/** Does something in the name of a teacher who has agreed to that; of several, of one after the other until one may. */
export type AsTeacher = <Value>(
  needed: string,
  act: (call: ClassroomCall) => Promise<Answered<Value>>,
) => Promise<{ kind: 'read'; value: Value } | ServiceFailure>;

/** @param of.courseId our key of the course */
export function classroomCourse(
  { db, courseId }: { db: Database; courseId: number },
  asTeacher: AsTeacher,
): CourseAccess {
  const item = async (lineItemUrl: string): Promise<{ kind: 'read'; value: Column } | ServiceFailure> => {
    const place = columnPlace(lineItemUrl);
    if (!place) return notThere;
    const read = place.attachmentId
      ? await asTeacher(scope.addOnTeacher, (call) => readAttachment(call, place))
      : await asTeacher(scope.courseWorkOfStudents, (call) => readCourseWork(call, place.courseId, place.itemId));
    if (read.kind !== 'read') return read;
    const { title, maxPoints } = read.value;
    return { kind: 'read', value: { place, title, maxPoints } };
  };

  /** The submission of a learner; null where we have not met them there, and Classroom does not say. */
  async function submissionOf(lineItemUrl: string, userId: string, { place }: Column): Promise<Found> {
    const known = await findSubmission(db, { courseId, lineItemUrl, subject: userId });
    if (known !== null || place.attachmentId) return { kind: 'read', value: known };
    const { courseId: googleCourse, itemId } = place;
    const listed = await asTeacher(scope.courseWorkOfStudents, (call) =>
      listSubmissions(call, { courseId: googleCourse, itemId, userId }),
    );
    return listed.kind === 'read' ? { kind: 'read', value: listed.value[0]?.id ?? null } : listed;
  }

  const pointsOf = async ({ place }: Column, submissionId: string) => {
    if (place.attachmentId) {
      return asTeacher(scope.addOnTeacher, (call) => readAttachmentGrade(call, { ...place, submissionId }));
    }
    const { courseId: googleCourse, itemId } = place;
    const listed = await asTeacher(scope.courseWorkOfStudents, (call) =>
      listSubmissions(call, { courseId: googleCourse, itemId }),
    );
    if (listed.kind !== 'read') return listed;
    const found = listed.value.find(({ id }) => id === submissionId);
    return { kind: 'read' as const, value: { points: found?.assignedGrade ?? found?.draftGrade ?? null } };
  };

  return {
    async postScore({ lineItemUrl, score }) {
      const column = await item(lineItemUrl);
      if (column.kind !== 'read') return column;
      const { place, maxPoints } = column.value;
      if (maxPoints === null) return ungraded;
      const submission = await submissionOf(lineItemUrl, score.userId, column.value);
      if (submission.kind !== 'read') return submission;
      const submissionId = submission.value;
      if (submissionId === null) return notThere;
      const { scoreGiven, scoreMaximum } = score;
      const points = scoreGiven === null ? null : scaledPoints(scoreGiven, scoreMaximum, maxPoints);
      const sent = place.attachmentId
        ? await asTeacher(scope.addOnTeacher, (call) => sendAttachmentGrade(call, { ...place, submissionId }, points))
        : await asTeacher(scope.courseWorkOfStudents, (call) =>
            gradeSubmission(call, { courseId: place.courseId, itemId: place.itemId, submissionId }, points),
          );
      return sent.kind === 'read' ? { kind: 'delivered', status: 200 } : sent;
    },
    async readResult({ lineItemUrl, userId }) {
      const column = await item(lineItemUrl);
      if (column.kind !== 'read') return column;
      const submission = await submissionOf(lineItemUrl, userId, column.value);
      if (submission.kind !== 'read') return submission;
      if (submission.value === null) return { kind: 'read', result: null };
      const read = await pointsOf(column.value, submission.value);
      return read.kind === 'read' ? { kind: 'read', result: resultOf(read.value.points, column.value) } : read;
    },
    async readResults({ lineItemUrl }) {
      const column = await item(lineItemUrl);
      if (column.kind !== 'read') return column;
      const { place } = column.value;
      if (!place.attachmentId) {
        const { courseId: googleCourse, itemId } = place;
        const listed = await asTeacher(scope.courseWorkOfStudents, (call) =>
          listSubmissions(call, { courseId: googleCourse, itemId }),
        );
        if (listed.kind !== 'read') return listed;
        const graded = listed.value.map(
          ({ userId, assignedGrade, draftGrade }) =>
            [userId, resultOf(assignedGrade ?? draftGrade, column.value)] as const,
        );
        return { kind: 'read', results: new Map(graded) };
      }
      const results = new Map<string, Result>();
      for (const { subject, submissionId } of await listKnownSubmissions(db, { courseId, lineItemUrl })) {
        const read = await pointsOf(column.value, submissionId);
        if (read.kind !== 'read') return read;
        results.set(subject, resultOf(read.value.points, column.value));
      }
      return { kind: 'read', results };
    },
    async readLineItem({ lineItemUrl }) {
      const column = await item(lineItemUrl);
      return column.kind === 'read' ? { kind: 'read', item: lineItemOf(lineItemUrl, column.value) } : column;
    },
    async updateLineItem({ item: { url }, change }) {
      const place = columnPlace(url);
      if (!place) return notThere;
      const { label, scoreMaximum } = change;
      const wanted = {
        ...(label !== undefined && { title: label }),
        ...(scoreMaximum !== undefined && { maxPoints: scoreMaximum }),
      };
      const changed = place.attachmentId
        ? await asTeacher(scope.addOnTeacher, (call) => changeAttachment(call, place, wanted))
        : await asTeacher(scope.courseWorkOfStudents, (call) => changeCourseWork(call, place, wanted));
      return changed.kind === 'read' ? { kind: 'read', item: lineItemOf(url, { place, ...changed.value }) } : changed;
    },
    // An activity has the one column that it was made with: nothing is offered to be listed or made beside it.
    listLineItems: () => Promise.resolve(notThere),
    createLineItem: () => Promise.resolve(notThere),
    async readRoster({ membershipsUrl }) {
      const [, googleCourse = ''] = /\/v1\/courses\/([\w-]+)$/.exec(membershipsUrl) ?? [];
      const read = await asTeacher(scope.rosters, (call) => listMembers(call, googleCourse));
      if (read.kind !== 'read') return read;
      const members = read.value.map(({ userId, role, name, givenName, familyName, email }) => ({
        ...{ subject: userId, roles: [role === 'teacher' ? 'Instructor' : 'Learner'], isActive: true },
        ...{ name, givenName, familyName, email, sourcedId: null },
      }));
      return { kind: 'read', members };
    },
  };
}

interface Column {
  place: ColumnPlace;
  title: string;
  /** Points; null where nothing is graded there. */
  maxPoints: number | null;
}

type Found = { kind: 'read'; value: string | null } | ServiceFailure;

function lineItemOf(url: string, { title, maxPoints }: Column): LineItem {
  const identity = { resourceId: null, tag: null, resourceLinkId: null };
  return { url, label: title, scoreMaximum: maxPoints, ...identity, document: {} };
}

function resultOf(points: number | null, { maxPoints }: Column): Result {
  return { resultScore: points, resultMaximum: maxPoints, comment: null };
}

const notThere: ServiceFailure = {
  ...{ kind: 'refused', status: 404, fault: null, retryAfterSeconds: null },
  detail: 'nothing of ours at that address',
};

/** A teacher has made it one that is not graded. */
const ungraded: ServiceFailure = { ...notThere, status: null, detail: 'it is not graded there' };

function listKnownSubmissions(db: Database, { courseId, lineItemUrl }: { courseId: number; lineItemUrl: string }) {
  return db
    .select({ subject: people.subject, submissionId: classroomSubmissions.submissionId })
    .from(classroomSubmissions)
    .innerJoin(placements, eq(placements.id, classroomSubmissions.placementId))
    .innerJoin(people, eq(people.id, classroomSubmissions.personId))
    .where(and(eq(placements.courseId, courseId), eq(placements.lineItemUrl, lineItemUrl)))
    .then((rows) => rows.flatMap(({ subject, submissionId }) => (subject === null ? [] : [{ subject, submissionId }])));
}

async function findSubmission(
  db: Database,
  { courseId, lineItemUrl, subject }: { courseId: number; lineItemUrl: string; subject: string },
): Promise<string | null> {
  const [row] = await db
    .select({ submissionId: classroomSubmissions.submissionId })
    .from(classroomSubmissions)
    .innerJoin(placements, eq(placements.id, classroomSubmissions.placementId))
    .innerJoin(people, eq(people.id, classroomSubmissions.personId))
    .where(
      and(eq(placements.courseId, courseId), eq(placements.lineItemUrl, lineItemUrl), eq(people.subject, subject)),
    );
  return row?.submissionId ?? null;
}
