// Open attempts at a quiz, with what their pages have sealed: rows as launches would have made them, and entries as phones send them.
import { CompactEncrypt } from 'jose';
import { randomUUID } from 'node:crypto';
import { journalPurpose, type JournalEntry } from '../src/attempts/journal/entry.ts';
import { journalKey } from '../src/attempts/journal/journal-key.ts';
import { deriveKeys } from '../src/config.ts';
import type { Database } from '../src/database/database.ts';
import { attempts } from '../src/database/tables/attempts.ts';
import { courses, memberships, people, placements } from '../src/database/tables/courses.ts';
import { deployments, registrations } from '../src/database/tables/platforms.ts';
import { publishSums, questionCount } from './quiz-of-sums.ts';

/** A student at work: where their page sends what it keeps, and what that is, sealed and in order. */
export interface StudentAtWork {
  attemptId: number;
  path: string;
  entries: string[];
}

/** Begins an attempt for each of `students` at one quiz of twenty questions, of which each answers `answersEach` times. */
export async function openAttempts(
  db: Database,
  { students, answersEach, secret }: { students: number; answersEach: number; secret: string },
): Promise<StudentAtWork[]> {
  const now = new Date();
  const learners = await db.transaction(async (tx) => {
    const address = 'https://lms.example.edu';
    const [registration] = await tx
      .insert(registrations)
      .values({
        ...{ name: 'LMS', issuer: address, clientId: 'bench', authorizationUrl: address, jwksUrl: address },
        ...{ tokenUrl: address, tokenAudience: address, createdAt: now },
      })
      .returning();
    const [deployment] = await tx
      .insert(deployments)
      .values({ registrationId: registration?.id ?? 0, deploymentId: '1', state: 'active', createdAt: now })
      .returning();
    const deploymentId = deployment?.id ?? 0;
    const course = { deploymentId, contextKind: 'context', contextId: '1', title: 'Umumiy fizika' } as const;
    const [{ id: courseId } = { id: 0 }] = await tx.insert(courses).values(course).returning();
    const names = Array.from({ length: students }, (_, index) => `student ${index}`);
    const persons = await tx
      .insert(people)
      .values(names.map((subject) => ({ deploymentId, subject, name: subject, language: 'uz' })))
      .returning();
    const member = { courseId, role: 'learner', launchedAt: now } as const;
    await tx.insert(memberships).values(persons.map(({ id }) => ({ ...member, personId: id })));
    return { courseId, persons: persons.map(({ id }) => id) };
  });
  const { courseId, persons } = learners;
  const rows = await db.transaction(async (tx) => {
    const { quizId, versionId } = await publishSums(tx, { courseId, publishedBy: persons[0] ?? 0, now });
    const place = { courseId, resourceLinkId: '1', quizId, gradebookScopes: [] };
    const [{ id: placementId } = { id: 0 }] = await tx.insert(placements).values(place).returning();
    const begun = { placementId, quizVersionId: versionId, number: 1, startedAt: now };
    return tx
      .insert(attempts)
      .values(persons.map((personId) => ({ ...begun, personId, seed: randomUUID() })))
      .returning();
  });
  const { journal } = deriveKeys(secret);
  return Promise.all(
    rows.map(async (attempt) => ({
      attemptId: attempt.id,
      path: `/attempts/${attempt.id}/journal`,
      entries: await sealedAnswers(journalKey(journal, attempt), attempt.id, answersEach),
    })),
  );
}

function sealedAnswers(key: Uint8Array, attemptId: number, count: number): Promise<string[]> {
  const client = randomUUID();
  const said = Array.from({ length: count }, (_, index): JournalEntry => {
    const field = `q${index % questionCount}`;
    const told = { version: 1, client, sequence: index + 1, at: Date.now() } as const;
    return { ...told, kind: 'answer', field, round: 0, values: [[field, String(index)]] };
  });
  return Promise.all(
    said.map((entry) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(entry)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: journalPurpose, kid: String(attemptId) })
        .encrypt(key),
    ),
  );
}
