// A journal as the page of an open attempt keeps it, for robots: what is said is sealed at once, and sent as often and in whatever order a
// test likes.
import { randomUUID } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import request from 'supertest';
import { journalPurpose, type JournalEntry, type JournalReply } from '../../src/attempts/journal/entry.ts';
import type { RobotPage } from '../../src/practice/robot.ts';

/** An entry without what every entry has. */
export type Said = JournalEntry extends infer Entry
  ? Entry extends JournalEntry
    ? Omit<Entry, 'version' | 'client' | 'sequence' | 'at'>
    : never
  : never;

export interface Journal {
  client: string;
  /** Where it is sent. */
  url: string;
  /** The next entry of this client, sealed. @param at when it is said, in milliseconds; by the clock of the journal unless told */
  seal(said: Said, at?: number): Promise<string>;
  /** The same of an answer in one field: `q1`. */
  answer(field: string, value: string, at?: number): Promise<string>;
  /** How many entries it has sealed. */
  sequence(): number;
}

/**
 * The journal of a page that shows an open attempt.
 *
 * @param now the clock that the page goes by
 */
export function openJournal({ $, url }: Pick<RobotPage, '$' | 'url'>, now: () => Date): Journal {
  const { journal, journalKey } = $('#attempt').data();
  const key = Buffer.from(String(journalKey), 'base64url');
  const client = randomUUID();
  const [, kid = ''] = /(\d+)/.exec(String(journal)) ?? [];
  let sequence = 0;
  const seal = (said: Said, at = now().getTime()) => {
    const entry: JournalEntry = { version: 1, client, sequence: (sequence += 1), at, ...said };
    return sealed(entry, { key, kid });
  };
  return {
    client,
    url: new URL(String(journal), url).href,
    seal,
    answer: (field, value, at) => seal({ kind: 'answer', field, round: 0, values: [[field, value]] }, at),
    sequence: () => sequence,
  };
}

/** Seals as WebCrypto does in the page. */
async function sealed(entry: JournalEntry, { key, kid }: { key: Uint8Array; kid: string }): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(entry)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: journalPurpose, kid })
    .encrypt(key);
}

/** Sends sealed entries as a page does of which nobody is signed in any more. @param cookie of its browser, if it sends any */
export async function send(
  url: string,
  entries: readonly string[],
  cookie = '',
): Promise<{ status: number; body: JournalReply & { code?: string } }> {
  const { origin, pathname } = new URL(url);
  const response = await request(origin)
    .post(pathname)
    .set('Cookie', cookie)
    .accept('application/json')
    .type('form')
    .send(new URLSearchParams(entries.map((entry) => ['sealed', entry])).toString());
  return { status: response.status, body: response.body as JournalReply & { code?: string } };
}
