// `isOpen` (attempt-state.ts), for queries of attempts.
import { and, isNull } from 'drizzle-orm';
import { attempts } from '../database/tables/attempts.ts';

export const isOpenRow = and(isNull(attempts.submittedAt), isNull(attempts.abandonedAt));
