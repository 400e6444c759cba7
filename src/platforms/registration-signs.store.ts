// Signs of life of each registration: when it last launched us, gave us a token, took a score, and what last went wrong.
import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { registrationSigns } from '../database/tables/platforms.ts';

/** What is noted; the two failures bear a code. */
export type SignKind = (typeof registrationSigns.$inferSelect)['kind'];

/** The last of its kind. */
export type Sign = Omit<typeof registrationSigns.$inferSelect, 'registrationId'>;

export interface Signs {
  /** Notes that it happened now. Something that happens all the time is written at most once a minute. */
  note(registrationId: number, kind: SignKind, failure?: { code: string; detail: string | null }): Promise<void>;
}

const atMostEveryMs = 60_000;
const mostRemembered = 5_000;

/** What this process has written lately is remembered, so that a busy LMS costs no write for each launch. */
export function createSigns({ db, now }: { db: Database; now: () => Date }): Signs {
  const written = new Map<string, number>();
  return {
    async note(registrationId, kind, failure) {
      const at = now();
      const key = `${registrationId} ${kind} ${failure?.code ?? ''}`;
      if (at.getTime() - (written.get(key) ?? -Infinity) < atMostEveryMs) return;
      if (written.size > mostRemembered) written.clear();
      written.set(key, at.getTime());
      const sign = { at, code: failure?.code ?? null, detail: failure?.detail?.slice(0, 300) ?? null };
      await db
        .insert(registrationSigns)
        .values({ registrationId, kind, ...sign })
        .onConflictDoUpdate({ target: [registrationSigns.registrationId, registrationSigns.kind], set: sign });
    },
  };
}

/** The last sign of each kind of one registration. */
export async function listSigns(db: Database, registrationId: number): Promise<Map<SignKind, Sign>> {
  const rows = await db.select().from(registrationSigns).where(eq(registrationSigns.registrationId, registrationId));
  return new Map(rows.map(({ kind, at, code, detail }) => [kind, { kind, at, code, detail }]));
}
