// A parameter of an address as text.
import type { Request } from 'express';

/** The parameter; empty if it is missing or there more than once. */
export function queryText(req: Pick<Request, 'query'>, name: string): string {
  const value = req.query[name];
  return typeof value === 'string' ? value : '';
}
