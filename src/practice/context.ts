// What every part of the practice LMS is handed: the outside world, the state, and how to keep it.
import type { ChangePage } from './memberships.routes.ts';
import type { Quirks } from './quirks/quirks.ts';
import type { ReceivedRequest } from './received.ts';
import type { State } from './state.ts';
import type { TokenDraft } from './token-draft.ts';
import type { ToolAddresses } from './tools.ts';

export interface LmsContext {
  url: string;
  /** Of the tool that the LMS is started with; read at every use. */
  preregistered: ToolAddresses | null;
  quirks: Quirks;
  /** Where data for the tool may be kept by postMessage: a frame's name or `_parent`. */
  storageTarget: () => string | null;
  timeZone: string;
  language: string;
  state: State;
  /** Keeps the state as it is now; to be called after every change. */
  save: () => void;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  fetch: typeof fetch;
  received: ReceivedRequest[];
  /** The test's hook for the next id_token, taken out by asking. */
  takeNextToken: () => ((draft: TokenDraft) => string) | undefined;
  /** The same for the next page of a roster. */
  takeNextRosterPage: () => ChangePage | undefined;
}

/** Whole seconds since 1970, the only time Moodle's grades and tokens know. */
export function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
