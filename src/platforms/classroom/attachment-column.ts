// An attachment as a gradebook column. What Classroom shows of it is what we sent: a teacher's own change of the grade is not in it.
import { and, eq } from 'drizzle-orm';
import { readAttachmentGrade, sendAttachmentGrade } from '../../classroom/attachment-grades.ts';
import { changeAttachment, readAttachment, type AttachmentPlace } from '../../classroom/attachments.ts';
import { scope } from '../../classroom/scopes.ts';
import type { Database } from '../../database/database.ts';
import { classroomSubmissions } from '../../database/tables/classroom.ts';
import { people, placements } from '../../database/tables/courses.ts';
import { notThere, type AsTeacher, type GradeColumn } from './grade-column.ts';

/**
 * Only work that was opened here is known by its id: Classroom lists nobody else's.
 *
 * @param of.courseId our key of the course
 * @see classroom.md §2.6
 */
export function attachmentColumn(
  { db, courseId, lineItemUrl }: { db: Database; courseId: number; lineItemUrl: string },
  place: AttachmentPlace,
  asTeacher: AsTeacher,
): GradeColumn {
  const submissions = () => listSubmissions(db, { courseId, lineItemUrl });
  const gradeOf = (submissionId: string) =>
    asTeacher(scope.addOnTeacher, (call) => readAttachmentGrade(call, { ...place, submissionId }));

  return {
    read: () => asTeacher(scope.addOnTeacher, (call) => readAttachment(call, place)),
    change: (change) => asTeacher(scope.addOnTeacher, (call) => changeAttachment(call, place, change)),
    async pointsOf(subject) {
      const submissionId = (await submissions()).get(subject);
      if (submissionId === undefined) return { kind: 'read', value: null };
      const read = await gradeOf(submissionId);
      return read.kind === 'read' ? { kind: 'read', value: read.value.points } : read;
    },
    async points() {
      const points = new Map<string, number>();
      for (const [subject, submissionId] of await submissions()) {
        const read = await gradeOf(submissionId);
        if (read.kind !== 'read') return read;
        if (read.value.points !== null) points.set(subject, read.value.points);
      }
      return { kind: 'read', value: points };
    },
    async send(subject, points) {
      const submissionId = (await submissions()).get(subject);
      if (submissionId === undefined) return notThere;
      return asTeacher(scope.addOnTeacher, (call) => sendAttachmentGrade(call, { ...place, submissionId }, points));
    },
  };
}

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
