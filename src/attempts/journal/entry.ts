// What the page of an open attempt writes down about it, one thing an entry. Each is sealed by the page (journal-key.ts) and stays
// as it is from then on: in the browser's store, on the wire and in a rescue file.
import { z } from 'zod';

/** For what entries are sealed: `typ` of the JWE. Its `kid` is our key of the attempt. */
export const journalPurpose = 'mustaqil-journal';

const position = z.string().regex(/^q\d{1,4}$/);
const sequence = z.int32().min(1);
/** Milliseconds since 1970, by the server's clock as the page reckons it. */
const moment = z.int().min(0);

const told = {
  version: z.literal(1),
  /** What the page calls itself; a page that takes an attempt over begins a new one. */
  client: z.uuid(),
  /** Rises by at least one with every entry of that client. */
  sequence,
  at: moment,
};

/** One entry, as it was sealed. */
export const journalEntrySchema = z.discriminatedUnion('kind', [
  /** The whole answer to one question from now on; no values: none any more. */
  z.object({
    ...told,
    kind: z.literal('answer'),
    field: position,
    /** How often the question was asked anew before (checking/round-field.ts). */
    round: z.int32().min(0),
    /** Fields of the page's form, as FormData has them: `[['q7', '2'], ['q7.certainty', '3']]`. */
    values: z.array(z.tuple([z.string().max(100), z.string().max(100_000)])).max(500),
  }),
  /** The learner hands in. */
  z.object({
    ...told,
    kind: z.literal('hand-in'),
    /** The last entry of this client about each question that it has said anything of: what must have arrived before. */
    basis: z.record(position, sequence),
    /** How many points the learner expects, as they wrote it. */
    guess: z.string().max(20).optional(),
  }),
  /** This page is open, or goes on from here. */
  z.object({ ...told, kind: z.literal('here'), isTakeOver: z.boolean() }),
  /** For so long the page reached nobody. */
  z.object({
    ...told,
    kind: z.literal('gap'),
    from: moment,
    until: moment,
    /** No network; a server that did not answer; a page that was not looked at. */
    cause: z.enum(['offline', 'server', 'hidden']),
  }),
  /** How much time is left? It is never kept. */
  z.object({ ...told, kind: z.literal('ask') }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Those of one kind. */
export type EntryOf<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;

/** By what an entry is known: no two of an attempt have the same. */
export type EntryId = [client: string, sequence: number];

/** What the page is told about what it sent. It never holds anything that was answered. */
export interface JournalReply {
  /** Milliseconds since 1970, by our clock. */
  now: number;
  state: 'open' | 'handed-in' | 'abandoned';
  /** The number of the client where the attempt goes on, and of the one that asks; a page whose own is lower only reads. */
  current: number;
  own: number;
  /** Settled: the page forgets them. */
  taken: EntryId[];
  /** Kept for the teacher, for they came too late to count: the page forgets them and says so. */
  late: EntryId[];
  /** Among the entries sent, by place: those that do not open under this attempt's key. */
  unopened: number[];
  /** Why a `hand-in` waits: entries that it rests on and that have not arrived. The page sends them, and it, again. */
  missing: Record<string, number>;
  /** Null without a limit. */
  left: { secondsLeft: number; until: string } | null;
}
