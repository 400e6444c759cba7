// Who calls the API, and the words in which it refuses.
import type { Request } from 'express';
import type { Item, PracticeCourse, State } from './state.ts';

/** A refusal as the API says it. @see classroom.md §2.9 */
export class ApiError extends Error {
  readonly code: number;
  readonly status: string;
  readonly reason: string | null;

  constructor(code: number, status: string, message: string, reason: string | null = null) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
  }
}

export interface Caller {
  userId: string;
  clientId: string;
  scopes: string[];
}

const scopeRoot = 'https://www.googleapis.com/auth/classroom.';

/** @param scopes any of these, without what all of them begin with */
export function callerOf(state: State, req: Request, nowMs: number, scopes: readonly string[]): Caller {
  const token = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
  const known = Object.hasOwn(state.accessTokens, token) ? state.accessTokens[token] : undefined;
  if (!known || known.expiresAtMs <= nowMs) {
    throw new ApiError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
  }
  if (!scopes.some((scope) => known.scopes.includes(scopeRoot + scope))) {
    const words = 'Request had insufficient authentication scopes.';
    throw new ApiError(403, 'PERMISSION_DENIED', words, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
  }
  return known;
}

/** The course, for who is in it. */
export function courseFor(state: State, courseId: string, { userId }: Caller): PracticeCourse {
  const course = state.courses.find(({ id }) => id === courseId);
  if (!course || ![...course.teacherIds, ...course.studentIds].includes(userId)) throw notFound();
  return course;
}

export function requireTeacher({ teacherIds, isArchived }: PracticeCourse, { userId }: Caller, changes = true): void {
  if (!teacherIds.includes(userId)) throw denied('The caller does not have permission');
  if (changes && isArchived)
    throw new ApiError(400, 'FAILED_PRECONDITION', '@CourseNotModifiable The course is archived.');
}

export function itemIn(state: State, { id: courseId }: PracticeCourse, type: string, itemId: string): Item {
  const item = state.items.find((one) => one.id === itemId && one.courseId === courseId && one.type === type);
  if (!item) throw notFound();
  return item;
}

export function notFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'Requested entity was not found.');
}

export function denied(message: string): ApiError {
  return new ApiError(403, 'PERMISSION_DENIED', message);
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_ARGUMENT', message);
}
