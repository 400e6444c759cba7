// What pages work with where a grade may come of it.
import type { Database } from '../database/database.ts';

export interface GradingTools {
  db: Database;
  now: () => Date;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
}
