// Entries as they come: sealed by the page of an attempt. What opens under that attempt's key was written there, whoever brings it.
import { unseal } from '../../lti/sealed.ts';
import { journalEntrySchema, journalPurpose, type JournalEntry } from './entry.ts';

/**
 * @param key of the attempt (`journalKey`)
 * @returns `unopened`: the places of those that this attempt's page did not seal, or that are no entries
 */
export async function openEntries(
  key: Uint8Array,
  sealed: readonly string[],
): Promise<{ entries: JournalEntry[]; unopened: number[] }> {
  const opened = await Promise.all(sealed.map((one) => openEntry(key, one)));
  return {
    entries: opened.flatMap((entry) => entry ?? []),
    unopened: opened.flatMap((entry, place) => (entry ? [] : [place])),
  };
}

async function openEntry(key: Uint8Array, sealed: string): Promise<JournalEntry | null> {
  const text = await unseal(journalPurpose, sealed, key);
  return text === null ? null : (journalEntrySchema.safeParse(parseJson(text)).data ?? null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
