// A course of Google Classroom behind the vocabulary of LTI Advantage: its columns are the attachments that we put into posts, and the
// assignments that we made.
import { listMembers } from '../../classroom/courses.ts';
import { scaledPoints } from '../../classroom/points.ts';
import { scope } from '../../classroom/scopes.ts';
import type { Database } from '../../database/database.ts';
import type { LineItem } from '../../lti/line-item.ts';
import type { Result } from '../../lti/results.ts';
import type { ServiceFailure } from '../../outbound/service-failure.ts';
import type { CourseAccess } from '../course-access.ts';
import { assignmentColumn } from './assignment-column.ts';
import { attachmentColumn } from './attachment-column.ts';
import { columnPlace } from './column-address.ts';
import { notThere, type AsTeacher, type ColumnFacts, type GradeColumn } from './grade-column.ts';

/**
 * A course as its teachers may see and grade it. Classroom keeps no moment and no comment of a score.
 *
 * @param of.courseId our key of the course
 */
export function classroomCourse(of: { db: Database; courseId: number }, asTeacher: AsTeacher): CourseAccess {
  const columnAt = (lineItemUrl: string): GradeColumn | null => {
    const place = columnPlace(lineItemUrl);
    if (!place) return null;
    if (place.attachmentId === null) return assignmentColumn(of, place, asTeacher);
    return attachmentColumn({ ...of, lineItemUrl }, place, asTeacher);
  };

  return {
    async postScore({ lineItemUrl, score: { userId, scoreGiven, scoreMaximum } }) {
      const column = columnAt(lineItemUrl);
      if (!column) return notThere;
      const facts = await column.read();
      if (facts.kind !== 'read') return facts;
      const { maxPoints } = facts.value;
      if (maxPoints === null) return ungraded;
      const points = scoreGiven === null ? null : scaledPoints(scoreGiven, scoreMaximum, maxPoints);
      const sent = await column.send(userId, points);
      return sent.kind === 'read' ? { kind: 'delivered', status: 200 } : sent;
    },
    async readResult({ lineItemUrl, userId }) {
      const column = columnAt(lineItemUrl);
      if (!column) return notThere;
      const facts = await column.read();
      if (facts.kind !== 'read') return facts;
      const read = await column.pointsOf(userId);
      if (read.kind !== 'read') return read;
      return { kind: 'read', result: resultOf(read.value, facts.value) };
    },
    async readResults({ lineItemUrl }) {
      const column = columnAt(lineItemUrl);
      if (!column) return notThere;
      const facts = await column.read();
      if (facts.kind !== 'read') return facts;
      const read = await column.points();
      if (read.kind !== 'read') return read;
      const results = [...read.value].flatMap(([subject, points]): [string, Result][] => {
        const result = resultOf(points, facts.value);
        return result ? [[subject, result]] : [];
      });
      return { kind: 'read', results: new Map(results) };
    },
    async readLineItem({ lineItemUrl }) {
      const facts = (await columnAt(lineItemUrl)?.read()) ?? notThere;
      return facts.kind === 'read' ? { kind: 'read', item: lineItemOf(lineItemUrl, facts.value) } : facts;
    },
    async updateLineItem({ item: { url }, change: { label, scoreMaximum } }) {
      const change = {
        ...(label !== undefined && { title: label }),
        ...(scoreMaximum !== undefined && { maxPoints: scoreMaximum }),
      };
      const changed = (await columnAt(url)?.change(change)) ?? notThere;
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

/** Points out of nothing, left over from when it was graded there, are none. */
function resultOf(points: number | null, { maxPoints }: ColumnFacts): Result | null {
  if (points === null || maxPoints === null) return null;
  return { resultScore: points, resultMaximum: maxPoints, comment: null };
}

function lineItemOf(url: string, { title, maxPoints }: ColumnFacts): LineItem {
  const identity = { resourceId: null, tag: null, resourceLinkId: null };
  return { url, label: title, scoreMaximum: maxPoints, ...identity, document: {} };
}

/** A teacher has made it one that is not graded. */
const ungraded: ServiceFailure = { ...notThere, status: null, detail: 'it is not graded there' };
