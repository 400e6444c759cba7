// When which of our keys towards a registration is published, and which one signs: the rules alone.

/** The times of one key; it is published from `createdAt` on. */
export interface KeyTimes {
  createdAt: Date;
  signsFrom: Date;
  /** Null for a key that nothing has replaced. */
  publishedUntil: Date | null;
}

/** A key signs only when every cache of our key set has forgotten the set without it; ours lives for five minutes. */
export const publishedBeforeMs = 60 * 60 * 1000;

/** For how long after its last signature a key stays published: assertions live for minutes, caches of key sets for hours. */
export const publishedAfterMs = 24 * 60 * 60 * 1000;

export function isPublished({ publishedUntil }: Pick<KeyTimes, 'publishedUntil'>, now: Date): boolean {
  return publishedUntil === null || publishedUntil > now;
}

/** The key that signs: of those published, the newest whose time has come. Undefined if there is none. */
export function signingKey<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  return keys
    .filter((key) => isPublished(key, now) && key.signsFrom <= now)
    .reduce<Key | undefined>((newest, key) => (newest && newest.signsFrom >= key.signsFrom ? newest : key), undefined);
}

export type RotationPlan =
  | {
      ok: true;
      /** Of the new key. */ signsFrom: Date;
      /** Of all others that have no end yet, or a later one. */ othersUntil: Date;
    }
  | { ok: false; code: 'rotation-under-way' };

/**
 * How a new key takes over now. It waits for an hour, published, before it signs; the one before stays published for a day
 * after that. A leaked key is good for nothing from this moment on, so the new one signs at once, and an LMS that has kept
 * our old key set refuses us until it asks again.
 *
 * Refusal: `rotation-under-way` while an earlier new key still waits.
 *
 * @see lti.md 7; LTI security framework 1.0 §6.4, https://www.imsglobal.org/spec/security/v1p0/
 */
export function planRotation(
  keys: readonly KeyTimes[],
  { now, isLeaked }: { now: Date; isLeaked: boolean },
): RotationPlan {
  if (isLeaked) return { ok: true, signsFrom: now, othersUntil: now };
  if (keys.some((key) => isPublished(key, now) && key.signsFrom > now))
    return { ok: false, code: 'rotation-under-way' };
  const signsFrom = new Date(now.getTime() + publishedBeforeMs);
  return { ok: true, signsFrom, othersUntil: new Date(signsFrom.getTime() + publishedAfterMs) };
}
