// Which of two answers stands, wherever and in whatever order they arrive: the one of the client that came to the attempt later, and
// of one client the one that it said later. So nothing depends on the network, on any device's clock, or on what was sent twice.
import type { EntryOf } from './entry.ts';

/** By what answers are compared: the number of a client in its attempt, and how much that client had said by then. */
export interface EntryPlace {
  number: number;
  sequence: number;
}

/** A page or device at which an attempt is answered. */
export interface Client extends Pick<EntryPlace, 'number'> {
  clientId: string;
  kind: 'script' | 'form';
  browserHash: string | null;
  /** When we first heard of it. */
  openedAt: Date;
}

/** Below zero: `one` is older; zero: they are the same entry. */
export function comparePlaces(one: EntryPlace, other: EntryPlace): number {
  return one.number - other.number || one.sequence - other.sequence;
}

/** Whether what was said at a place changes what stands; `mark` is where that was said, if anything was. */
export function isNewer(place: EntryPlace, mark: EntryPlace | undefined): boolean {
  return mark === undefined || comparePlaces(place, mark) > 0;
}

/** Where an attempt goes on: its client of the highest number; undefined while nobody was heard of. */
export function currentClient<One extends Pick<Client, 'number'>>(clients: readonly One[]): One | undefined {
  return clients.reduce<One | undefined>(
    (highest, client) => (highest && highest.number > client.number ? highest : client),
    undefined,
  );
}

/**
 * The number of a client that nobody had heard of. The first is 1. It stands above all others if it takes the attempt over, or is in the
 * browser where the attempt goes on, whose own store was lost; else below them: what it wrote before we knew of it fills what nobody
 * else has touched, and wins over nothing.
 */
export function newNumber(
  { isTakeOver, browserHash }: { isTakeOver: boolean; browserHash: string | null },
  clients: readonly Pick<Client, 'number' | 'browserHash'>[],
): number {
  const current = currentClient(clients);
  if (!current) return 1;
  const isSameBrowser = browserHash !== null && browserHash === current.browserHash;
  if (isTakeOver || isSameBrowser) return current.number + 1;
  return Math.min(...clients.map(({ number }) => number)) - 1;
}

/**
 * What a handing in waits for: of what it rests on, the entries that neither arrived nor were overtaken.
 *
 * @param number of the client that hands in
 * @param markOf where the answer that stands to a question was said, `q7`
 */
export function notArrived(
  basis: EntryOf<'hand-in'>['basis'],
  number: number,
  markOf: (field: string) => EntryPlace | undefined,
): [field: string, sequence: number][] {
  return Object.entries(basis).filter(([field, sequence]) => {
    const mark = markOf(field);
    return mark === undefined || comparePlaces(mark, { number, sequence }) < 0;
  });
}
