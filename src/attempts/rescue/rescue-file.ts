// A rescue file: what a device could not send, as its page offers it to be saved (public/rescue-file.js). Some lines for people come
// first, then one sealed entry a line. It is carried by anybody and read by nobody: each entry opens under its attempt's key alone.
import { z } from 'zod';
import { journalPurpose } from '../journal/entry.ts';

/** A device that was away for a whole exam has said less. */
const mostEntries = 5000;

/** Compact JWE with direct encryption: its second part is empty. */
const sealedLine = /^([\w-]+)\.\.[\w-]+\.[\w-]+\.[\w-]+$/;

const header = z.object({
  typ: z.literal(journalPurpose),
  kid: z.string().regex(/^\d{1,15}$/),
});

/**
 * The sealed entries in a text, by our key of the attempt that each says it is of; none where it is no rescue file. What is lost of a
 * text that was copied in part is lost by whole entries.
 */
export function sealedIn(text: string): Map<number, string[]> {
  const byAttempt = new Map<number, string[]>();
  for (const line of new Set(text.split(/\s+/).slice(0, mostEntries))) {
    const attemptId = attemptOf(line);
    if (attemptId !== null) byAttempt.set(attemptId, [...(byAttempt.get(attemptId) ?? []), line]);
  }
  return byAttempt;
}

function attemptOf(line: string): number | null {
  const [, first] = sealedLine.exec(line) ?? [];
  if (first === undefined) return null;
  const read = header.safeParse(parseJson(Buffer.from(first, 'base64url').toString('utf8')));
  return read.success ? Number(read.data.kid) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
