// Makes services fail on purpose, for whoever wants to see what the tool does about it.
import type { RequestHandler } from 'express';
import type { LmsContext } from './context.ts';
import { refuse } from './service-answer.ts';
import type { Faults } from './state.ts';

/** Stands before a service; lets the request through when no fault is on. */
export function meetFaults({ state, wait }: LmsContext, endpoint: 'token' | 'service'): RequestHandler {
  return async (req, res, next) => {
    const { slowMs, down, status, retryAfterSeconds } = state.faults;
    if (slowMs > 0) await wait(slowMs);
    if (down !== 'off') {
      req.socket.destroy();
      return;
    }
    if (status === null || (status === 401 && endpoint === 'token')) return next();
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

/** Whether anything is broken on purpose at the moment. */
export function isAnyFaultOn({ down, slowMs, status, refusedPersonId, jwksDown }: Faults): boolean {
  return down !== 'off' || slowMs > 0 || status !== null || refusedPersonId !== null || jwksDown;
}
