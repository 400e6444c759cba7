// Makes services fail on purpose, for whoever wants to see what the tool does about it.
import type { RequestHandler } from 'express';
import type { LmsContext } from './context.ts';
import { gradeScopes } from './scopes.ts';
import { refuse } from './service-answer.ts';
import { type Faults, noFaults } from './state.ts';

/** Stands before a service; lets the request through when no fault is on. */
export function meetFaults({ state, wait }: LmsContext, endpoint: 'token' | 'service'): RequestHandler {
  return async (req, res, next) => {
    const { slowMs, down, status, retryAfterSeconds } = state.faults;
    if (slowMs > 0) await wait(slowMs);
    if (down !== 'off') {
      req.socket.destroy();
      return;
    }
    if (status === null || (endpoint === 'token' && (status === 401 || status === 409))) return next();
    if (status === 429) res.set('Retry-After', String(retryAfterSeconds));
    refuse(req, res, status, 'Fault');
  };
}

/** Stands before the pages and the launches: cuts the connection while everything is down. */
export function meetBlackout({ state }: LmsContext): RequestHandler {
  return (req, _res, next) => {
    if (state.faults.down === 'everything') req.socket.destroy();
    else next();
  };
}

/** Every answer bears the time of the LMS's own clock, right or wrong. */
export function tellTime({ now }: LmsContext): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('Date', now().toUTCString());
    next();
  };
}

/** Of these scopes those that a tool may use while the fault is on. */
export function scopesDespite({ tool }: Faults, scopes: readonly string[]): string[] {
  return scopes.filter((scope) => tool !== 'tool-off' && (tool !== 'no-grades' || !gradeScopes.includes(scope)));
}

/** Whether anything is broken on purpose at the moment. */
export function isAnyFaultOn(faults: Faults): boolean {
  const names: (keyof Faults)[] = [
    'down',
    'slowMs',
    'status',
    'refusedPersonId',
    'jwksDown',
    'tool',
    'clockAheadSeconds',
  ];
  return names.some((name) => faults[name] !== noFaults[name]);
}
