// What the page of an open attempt keeps its journal by.
import type { QuizVersion } from '../../quizzes/quiz.ts';
import type { Attempt } from '../attempt.ts';
import { currentClient, type Client } from './entry-order.ts';
import { journalKey } from './journal-key.ts';

export interface JournalOfPage {
  /** 32 bytes in base64url, for this page's script alone. */
  key: string;
  /** Where entries are sent. */
  url: string;
  /** Milliseconds since 1970, by our clock. */
  now: number;
  /** How long what was answered in time may be on its way. */
  graceSeconds: number;
  /** Whether the attempt goes on in this browser, or nobody was heard of yet. */
  isHere: boolean;
}

/** @param browser of who sees the page (`browserHash`) */
export function journalOfPage(
  {
    attempt,
    version,
    clients,
    browser,
  }: {
    attempt: Pick<Attempt, 'id' | 'seed'>;
    version: Pick<QuizVersion, 'networkGraceSeconds'>;
    clients: readonly Client[];
    browser: string | null;
  },
  { journalSecret, now }: { journalSecret: Uint8Array; now: Date },
): JournalOfPage {
  const current = currentClient(clients);
  return {
    key: Buffer.from(journalKey(journalSecret, attempt)).toString('base64url'),
    url: `/attempts/${attempt.id}/journal`,
    now: now.getTime(),
    graceSeconds: version.networkGraceSeconds,
    isHere: !current || (browser !== null && current.browserHash === browser),
  };
}
