// Erases a person: all that is personal goes at once, and every sum stays what it was.
import { lockForErasure, rememberErased } from '../courses/erased.store.ts';
import { getPerson } from '../courses/course.store.ts';
import type { Database } from '../database/database.ts';
import { eraseIdentity, eraseWords, eraseWork, lockPerson } from './erasure.store.ts';

/**
 * Takes away, for good and in one transaction, names, ids, answers, files, logs and words of somebody, whatever they are doing at
 * that moment: their sessions end, an open attempt is closed without a result, and what a gradebook is still owed of them is settled
 * unsent. Points, credits and revisions stay under a number. A later launch of the same account is a new person's, and until then no
 * list of the LMS brings them back.
 *
 * What an LMS, a gradebook or a backup has, is not ours to erase.
 *
 * @returns whether there was anything left to erase
 * @throws if there is no such person
 */
export async function erasePerson(
  { db, now }: { db: Database; now: () => Date },
  personId: number,
): Promise<'erased' | 'erased-before'> {
  return db.transaction(async (tx) => {
    const { deploymentId } = await getPerson(tx, personId);
    await lockForErasure(tx, deploymentId);
    const person = await lockPerson(tx, personId);
    if (!person || person.erasedAt !== null) return 'erased-before';
    const erasedAt = now();
    const { subject } = person;
    if (subject !== null) await rememberErased(tx, { deploymentId, subject }, erasedAt);
    await eraseIdentity(tx, person, erasedAt);
    await eraseWork(tx, personId, erasedAt);
    await eraseWords(tx, person);
    return 'erased';
  });
}
