// What happened around an attempt, for its teacher: where it was open, when it was cut off, what came late.
import { z } from 'zod';
import type { attemptSignals } from '../../database/tables/journal.ts';

/** What goes with a signal of one kind or another. */
export const signalDetailSchema = z.object({
  /** Of `came-late` and `not-as-shown`: the question, `q7`. */
  field: z.string().optional(),
  /** Of `gap`: why the page reached nobody, as it says. */
  cause: z.enum(['offline', 'server', 'hidden']).optional(),
});
export type SignalDetail = z.infer<typeof signalDetailSchema>;

/** One signal to be kept. */
export interface Signal {
  clientNumber: number;
  /** The entry that it stands for; null where none does. */
  sequence: number | null;
  kind: (typeof attemptSignals.$inferSelect)['kind'];
  saidAt: Date;
  /** Of `gap`: when it ended. */
  until: Date | null;
  detail: SignalDetail | null;
}
