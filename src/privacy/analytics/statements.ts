// What was done at an attempt, as xAPI 1.0.3 statements: by a pseudonym, without what anybody typed. Pure: the same attempt always makes
// the same statements under the same ids, so that a store that has them takes nothing twice.
import { createHmac } from 'node:crypto';

/** An attempt as statements need it. */
export interface AnalysedAttempt {
  id: number;
  personId: number;
  placementId: number;
  quizVersionId: number;
  /** Of the quiz, as its version has it. */
  title: string;
  startedAt: Date;
  /** Null while it is open, and where it was abandoned. */
  submittedAt: Date | null;
  /** From 0 to all; null where it has no result yet. */
  score: { points: number; maximumPoints: number } | null;
  /** What was answered, in the order of the version. */
  answers: readonly AnalysedAnswer[];
}

/** An answer as it was marked. */
export interface AnalysedAnswer {
  /** Of its question in the version, from 0. */
  position: number;
  /** What the question is called. */
  name: string;
  /** Null while it waits for a person's mark. */
  score: { points: number; maximumPoints: number } | null;
}

/** One statement: an object of JSON. */
export type Statement = Record<string, unknown>;

const verb = (name: string) => ({ id: `http://adlnet.gov/expapi/verbs/${name}`, display: { en: name } });
const activityType = (name: string) => `http://adlnet.gov/expapi/activities/${name}`;

/**
 * Attempted; and once it was handed in, answered for each answer, and completed with the score.
 *
 * @param house.key makes pseudonyms and ids; who has it can tell whose they are
 * @param house.publicUrl our origin, by which activities are called
 */
export function statementsOf(
  attempt: AnalysedAttempt,
  { key, publicUrl }: { key: Uint8Array; publicUrl: string },
): Statement[] {
  const { id, placementId, quizVersionId, startedAt, submittedAt, title } = attempt;
  const account = { homePage: publicUrl, name: digest(key, `person ${attempt.personId}`).toString('base64url') };
  const quiz = {
    id: `${publicUrl}/placements/${placementId}`,
    definition: { type: activityType('assessment'), name: { und: title } },
  };
  const statement = (what: string, did: string, at: Date, more: Statement): Statement => ({
    id: uuid(digest(key, `statement ${id} ${what}`)),
    actor: { objectType: 'Agent', account },
    verb: verb(did),
    timestamp: at.toISOString(),
    object: { objectType: 'Activity', ...quiz },
    ...more,
  });
  const attempted = statement('attempted', 'attempted', startedAt, {});
  if (!submittedAt) return [attempted];
  const answered = attempt.answers.map(({ position, name, score }) =>
    statement(`answered ${position}`, 'answered', submittedAt, {
      object: {
        objectType: 'Activity',
        id: `${publicUrl}/quiz-versions/${quizVersionId}/questions/${position}`,
        definition: { type: activityType('cmi.interaction'), interactionType: 'other', name: { und: name } },
      },
      context: { contextActivities: { parent: [{ id: quiz.id }] } },
      ...(score && { result: { score: xapiScore(score) } }),
    }),
  );
  const seconds = Math.max(0, Math.round((submittedAt.getTime() - startedAt.getTime()) / 1000));
  const completed = statement('completed', 'completed', submittedAt, {
    result: {
      completion: true,
      duration: `PT${seconds}S`,
      ...(attempt.score && { score: xapiScore(attempt.score) }),
    },
  });
  return [attempted, ...answered, completed];
}

/** Where certainty counts, an answer may earn less than nothing, down to as much as it could have earned. */
function xapiScore({ points, maximumPoints }: { points: number; maximumPoints: number }) {
  if (maximumPoints <= 0) return { raw: points };
  const scaled = Math.min(1, Math.max(-1, points / maximumPoints));
  return { scaled, raw: points, min: Math.min(0, points), max: Math.max(maximumPoints, points) };
}

function digest(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Sixteen bytes of a digest in the form of a UUID that follows from a name. */
function uuid(bytes: Buffer): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own.writeUInt8((own.readUInt8(6) & 0x0f) | 0x50, 6);
  own.writeUInt8((own.readUInt8(8) & 0x3f) | 0x80, 8);
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
