// The words in which the API refuses.
import type { ApiFault } from './state.ts';

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

export function notFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'Requested entity was not found.');
}

export function denied(message = 'The caller does not have permission'): ApiError {
  return new ApiError(403, 'PERMISSION_DENIED', message);
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_ARGUMENT', message);
}

export function precondition(message: string): ApiError {
  return new ApiError(400, 'FAILED_PRECONDITION', message);
}

export function lacksScope(): ApiError {
  const words = 'Request had insufficient authentication scopes.';
  return new ApiError(403, 'PERMISSION_DENIED', words, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
}

/** Something that Google has and this does not: nothing is to be learnt from it. */
export function notPractised(what: string): ApiError {
  return new ApiError(501, 'UNIMPLEMENTED', `${what} is not to be had in this practice Classroom.`);
}

const faults: Record<NonNullable<ApiFault>, [status: string, message: string]> = {
  400: ['FAILED_PRECONDITION', 'Precondition check failed.'],
  401: ['UNAUTHENTICATED', 'Request had invalid authentication credentials.'],
  403: ['PERMISSION_DENIED', 'The caller does not have permission'],
  404: ['NOT_FOUND', 'Requested entity was not found.'],
  429: ['RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  500: ['INTERNAL', 'Internal error encountered.'],
  503: ['UNAVAILABLE', 'The service is currently unavailable.'],
};

/** A fault that was asked for, in the words that Google has for it. */
export function faultOf(code: NonNullable<ApiFault>): ApiError {
  return new ApiError(code, ...faults[code]);
}
