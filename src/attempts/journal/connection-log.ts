// What a teacher reads of how an attempt reached us: where it was open, when its device was cut off, what came late. It says who says
// so: a phone can claim anything about its network, what reached us when is our own word.

import { graceMs } from '../time-limit.ts';

/** How long nothing must have come before that is worth a line. */
const silenceMs = 5 * 60_000;

const minuteMs = 60_000;

/** A signal as it is kept, and what its detail says. */
export interface LoggedSignal {
  /** Of its device (`readHeard`). */
  clientNumber: number;
  kind:
    | 'opened'
    | 'taken-over'
    | 'gap'
    | 'came-late'
    | 'handed-in-on-phone'
    | 'handed-in-elsewhere'
    | 'rescued'
    | 'not-as-shown';
  saidAt: Date;
  until: Date | null;
  arrivedAt: Date;
  /** Of a gap. */
  cause: 'offline' | 'server' | 'hidden' | null;
}

/** All that is known of one attempt. */
export interface Heard {
  startedAt: Date;
  /** When it was closed; null while it is open. */
  closedAt: Date | null;
  signals: readonly LoggedSignal[];
  /** When something of it reached us, from which device: answers, and whatever else. */
  arrivals: readonly { clientNumber: number; at: Date }[];
}

/** One line. */
export interface LogLine {
  kind: Exclude<LoggedSignal['kind'], 'gap'> | 'gap-offline' | 'gap-server' | 'gap-hidden' | 'silence';
  from: Date;
  /** Null for a moment. */
  until: Date | null;
  /** How long, begun minutes counted as whole ones; null for a moment. */
  minutes: number | null;
  /**
   * `phone`: nothing but its word. `both`: its word, and nothing reached us from it meanwhile. `doubtful`: its word, though something
   * did. `server`: we saw it ourselves.
   */
  by: 'phone' | 'both' | 'doubtful' | 'server';
  /** Which device, counted from 1 as they were first heard of; null where it speaks of all. */
  device: number | null;
  /** How many of the kind are told in this line. */
  count: number;
}

/**
 * The lines, in the order of their beginnings. What came late, or in another state than the page had shown, is one line a device.
 *
 * @param now while it is open, the end of what can be said
 */
export function connectionLog(heard: Heard, now: Date): LogLine[] {
  const devices = [
    ...new Set(inOrder(heard.signals, ({ arrivedAt }) => arrivedAt).map((signal) => signal.clientNumber)),
  ];
  const deviceOf = (clientNumber: number) => devices.indexOf(clientNumber) + 1;
  const lines = [
    ...heard.signals.flatMap((signal) => single(signal, heard, deviceOf(signal.clientNumber))),
    ...devices.flatMap((clientNumber) => collected(heard.signals, clientNumber, deviceOf(clientNumber))),
    ...silences(heard, now),
  ];
  return inOrder(lines, ({ from }) => from);
}

/**
 * How many minutes of an attempt went by in which its page, as it says, reached nobody: together, begun ones as whole ones; what two
 * pages say of the same minute is counted once. A page that was not looked at lost nothing.
 */
export function minutesLost({ startedAt, closedAt, signals }: Heard): number {
  const gaps = signals.flatMap(({ kind, cause, saidAt, until }) => {
    if (kind !== 'gap' || cause === 'hidden' || until === null) return [];
    return [{ from: Math.max(+saidAt, +startedAt), until: Math.min(+until, +(closedAt ?? until)) }];
  });
  let [lostMs, reached] = [0, 0];
  for (const { from, until } of gaps.sort((one, other) => one.from - other.from)) {
    lostMs += Math.max(0, until - Math.max(from, reached));
    reached = Math.max(reached, until);
  }
  return Math.ceil(lostMs / minuteMs);
}

function single(signal: LoggedSignal, { arrivals }: Heard, device: number): LogLine[] {
  const { kind, saidAt: from, until, arrivedAt, clientNumber, cause } = signal;
  switch (kind) {
    case 'came-late':
    case 'not-as-shown':
      return [];
    case 'gap': {
      if (until === null) return [];
      // What a page sends as its network comes back is on its way before it knows.
      const [inside, outside] = [new Date(+from + graceMs), new Date(+until - graceMs)];
      const isDoubtful = arrivals.some(
        (arrival) => arrival.clientNumber === clientNumber && isWithin(arrival.at, inside, outside),
      );
      const by = cause === 'hidden' ? 'phone' : isDoubtful ? 'doubtful' : 'both';
      return [
        { kind: `gap-${cause ?? 'offline'}`, from, until, minutes: minutesIn(from, until), by, device, count: 1 },
      ];
    }
    case 'handed-in-on-phone':
    case 'handed-in-elsewhere':
    case 'rescued':
      return [{ kind, from, until: arrivedAt, minutes: minutesIn(from, arrivedAt), by: 'phone', device, count: 1 }];
    case 'opened':
    case 'taken-over':
      return [{ kind, from: arrivedAt, until: null, minutes: null, by: 'server', device, count: 1 }];
  }
}

function collected(signals: readonly LoggedSignal[], clientNumber: number, device: number): LogLine[] {
  return (['came-late', 'not-as-shown'] as const).flatMap((kind): LogLine[] => {
    const those = signals.filter((signal) => signal.kind === kind && signal.clientNumber === clientNumber);
    const [first] = inOrder(those, ({ saidAt }) => saidAt);
    const last = inOrder(those, ({ arrivedAt }) => arrivedAt).at(-1);
    if (!first || !last) return [];
    const [from, until] = [first.saidAt, last.arrivedAt];
    return [{ kind, from, until, minutes: minutesIn(from, until), by: 'phone', device, count: those.length }];
  });
}

/** When nothing came for so long: of answers that were changed since we no longer know. */
function silences({ startedAt, closedAt, signals, arrivals }: Heard, now: Date): LogLine[] {
  const heardAt = [...arrivals.map(({ at }) => at), ...signals.map(({ arrivedAt }) => arrivedAt)];
  const end = closedAt ?? now;
  const within = inOrder(heardAt, (at) => at).filter((at) => isWithin(at, startedAt, end));
  const moments = [startedAt, ...within, end];
  return moments.slice(1).flatMap((until, index): LogLine[] => {
    const from = moments[index] ?? startedAt;
    if (+until - +from < silenceMs) return [];
    return [{ kind: 'silence', from, until, minutes: minutesIn(from, until), by: 'server', device: null, count: 1 }];
  });
}

function isWithin(at: Date, from: Date, until: Date): boolean {
  return at > from && at < until;
}

function minutesIn(from: Date, until: Date): number {
  return Math.ceil(Math.max(0, +until - +from) / minuteMs);
}

function inOrder<Item>(items: readonly Item[], momentOf: (item: Item) => Date): Item[] {
  return [...items].sort((one, other) => +momentOf(one) - +momentOf(other));
}
