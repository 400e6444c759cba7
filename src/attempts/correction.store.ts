// Corrections of published questions: rows are only ever added, and of each question the newest is in force.
import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { questionCorrections } from '../database/tables/grades.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import { listVersions } from '../quizzes/quiz.store.ts';
import type { Correction, CorrectionKind, Corrections } from './correction.ts';

/** One question of one version. */
export interface QuestionPlace {
  quizVersionId: number;
  /** From 0. */
  position: number;
}

/** What is decided for one question; null: it is marked as it was published. */
export interface NewCorrection extends QuestionPlace {
  correction: Correction | null;
}

/** The corrections in force for one version at a placement. */
export async function listCorrections(db: Database, placementId: number, quizVersionId: number): Promise<Corrections> {
  const isOfVersion = eq(questionCorrections.quizVersionId, quizVersionId);
  return (await inForce(db, placementId, isOfVersion)).get(quizVersionId) ?? new Map();
}

/** Those for every version that has any at a placement, by our key of the version. */
export async function listAllCorrections(db: Database, placementId: number): Promise<Map<number, Corrections>> {
  return inForce(db, placementId);
}

/** What was decided for which question by each decision at a placement, by our key of the decision; each question once. */
export async function listDecidedCorrections(
  db: Database,
  placementId: number,
): Promise<Map<number, { kind: CorrectionKind; question: Question }[]>> {
  const rows = await db
    .select()
    .from(questionCorrections)
    .where(eq(questionCorrections.placementId, placementId))
    .orderBy(desc(questionCorrections.quizVersionId), asc(questionCorrections.position));
  const versions = await listVersions(db, [...new Set(rows.map(({ quizVersionId }) => quizVersionId))]);
  const byDecision = new Map<number, Map<string, { kind: CorrectionKind; question: Question }>>();
  for (const { decisionId, quizVersionId, position, kind } of rows) {
    const question = versions.find(({ id }) => id === quizVersionId)?.questions[position];
    if (!question) continue;
    const ofDecision = byDecision.get(decisionId) ?? new Map<string, { kind: CorrectionKind; question: Question }>();
    byDecision.set(decisionId, ofDecision.set(`${kind} ${whatIsAsked(question)}`, { kind, question }));
  }
  return new Map([...byDecision].map(([decisionId, ofDecision]) => [decisionId, [...ofDecision.values()]]));
}

/** Puts corrections in force at a placement, as parts of a decision. */
export async function insertCorrections(
  tx: Transaction,
  { decisionId, placementId }: { decisionId: number; placementId: number },
  corrections: readonly NewCorrection[],
): Promise<void> {
  if (corrections.length === 0) return;
  await tx.insert(questionCorrections).values(
    corrections.map(({ quizVersionId, position, correction }) => ({
      ...{ decisionId, placementId, quizVersionId, position },
      kind: correction?.kind ?? ('as-published' as const),
      question: correction?.kind === 'key' ? correction.question : null,
    })),
  );
}

async function inForce(db: Database, atPlacement: number, where?: SQL): Promise<Map<number, Corrections>> {
  const { placementId, quizVersionId, position, id } = questionCorrections;
  const rows = await db
    .selectDistinctOn([quizVersionId, position])
    .from(questionCorrections)
    .where(and(eq(placementId, atPlacement), where))
    .orderBy(quizVersionId, position, desc(id));
  const byVersion = new Map<number, Map<number, Correction>>();
  for (const row of rows) {
    const correction = parseCorrection(row);
    const version = byVersion.get(row.quizVersionId) ?? new Map<number, Correction>();
    if (correction) byVersion.set(row.quizVersionId, version.set(row.position, correction));
  }
  return byVersion;
}

function parseCorrection({ kind, question }: typeof questionCorrections.$inferSelect): Correction | null {
  switch (kind) {
    case 'as-published':
      return null;
    case 'key':
      return { kind, question: questionSchema.parse(question) };
    case 'full-points':
    case 'dropped':
      return { kind };
  }
}
