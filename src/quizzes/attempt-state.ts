// The three states of an attempt: open, handed in, abandoned. Asked here, so that no page and no rule takes "not handed in" for "open".

/** What says in which state an attempt is; never both at once. */
export interface AttemptState {
  submittedAt: Date | null;
  /** When its time was over with nothing handed in, at a quiz that takes nothing then. */
  abandonedAt: Date | null;
}

/** Whether the attempt is being worked at: neither handed in nor abandoned. */
export function isOpen({ submittedAt, abandonedAt }: AttemptState): boolean {
  return submittedAt === null && abandonedAt === null;
}

/** When it was closed, whichever way; null while it is open. */
export function closedAt({ submittedAt, abandonedAt }: AttemptState): Date | null {
  return submittedAt ?? abandonedAt;
}
