// Files of answers, kept apart for each attempt: whoever asks for one says of which.
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { answerFiles } from '../../database/tables/marking.ts';
import type { CheckedAsset } from '../../questions/assets/check-asset.ts';

/** A file without its bytes. */
export interface AnswerFile {
  attemptId: number;
  position: number;
  sha256: string;
  /** What its learner calls it. */
  name: string;
  mediaType: string;
  width: number | null;
  height: number | null;
  byteLength: number;
}

type Place = Pick<AnswerFile, 'attemptId' | 'position'>;

const { attemptId, position, sha256, name, mediaType, width, height, byteLength } = answerFiles;
const withoutBytes = { attemptId, position, sha256, name, mediaType, width, height, byteLength };

/** The files of attempts, those of one answer in the order in which they were handed in. */
export async function listFiles(db: Database, attemptIds: readonly number[]): Promise<AnswerFile[]> {
  if (attemptIds.length === 0) return [];
  return db
    .select(withoutBytes)
    .from(answerFiles)
    .where(inArray(attemptId, [...attemptIds]))
    .orderBy(asc(attemptId), asc(position), asc(answerFiles.keptAt), asc(sha256));
}

/** One file of an answer; null if it has none of that key. */
export async function findFile(db: Database, place: Place, key: string): Promise<AnswerFile | null> {
  const [file] = await db.select(withoutBytes).from(answerFiles).where(isAt(place, key));
  return file ?? null;
}

/** Whose an attempt is, and where; null if there is none. */
export async function findOwner(db: Database, id: number): Promise<{ personId: number; placementId: number } | null> {
  const { personId, placementId } = attempts;
  const [owner] = await db.select({ personId, placementId }).from(attempts).where(eq(attempts.id, id));
  return owner ?? null;
}

/** Keeps a file; the same bytes a second time change nothing. */
export async function insertFile(
  tx: Transaction,
  place: Place,
  { name: called, asset, now }: { name: string; asset: CheckedAsset; now: Date },
): Promise<void> {
  const { bytes, size } = asset;
  await tx
    .insert(answerFiles)
    .values({
      ...place,
      ...{ sha256: asset.sha256, name: called, mediaType: asset.mediaType },
      ...{ width: size?.width ?? null, height: size?.height ?? null, byteLength: bytes.length },
      ...{ bytes, keptAt: now },
    })
    .onConflictDoNothing();
}

/** Takes a file away for good. Returns whether there was one. */
export async function deleteFile(tx: Transaction, place: Place, key: string): Promise<boolean> {
  const taken = await tx.delete(answerFiles).where(isAt(place, key)).returning({ sha256 });
  return taken.length > 0;
}

/** So much of a file is in memory at once while it is sent. */
const sliceBytes = 512 * 1024;

/** The bytes of a file from `start` to `end` (both included, from 0), in slices. @throws if there is no such file */
export async function* readFile(
  db: Database,
  file: AnswerFile,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  for (let from = start; from <= end; from += sliceBytes) {
    const length = Math.min(sliceBytes, end - from + 1);
    const slice = sql`encode(substring(${answerFiles.bytes} from ${from + 1}::int for ${length}::int), 'base64')`;
    const [row] = await db
      .select({ slice: slice.mapWith((text: string) => new Uint8Array(Buffer.from(text, 'base64'))) })
      .from(answerFiles)
      .where(isAt(file, file.sha256));
    if (!row) throw new Error(`The answer has no file ${file.sha256}`);
    yield row.slice;
  }
}

function isAt(place: Place, key: string) {
  return and(eq(attemptId, place.attemptId), eq(position, place.position), eq(sha256, key));
}
