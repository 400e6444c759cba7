// A bounded record of what was asked of the LMS's services, for tests that count posts and look at their times.
import type { RequestHandler } from 'express';

export type Endpoint =
  | 'token'
  | 'jwks'
  | 'line-items'
  | 'line-item'
  | 'score'
  | 'results'
  | 'memberships'
  | 'openid-configuration'
  | 'registration'
  | 'deep-linking';

export interface ReceivedRequest {
  endpoint: Endpoint;
  at: Date;
  method: string;
  /** Path and query as sent. */
  url: string;
  /** The body parsed as JSON, else as form fields; undefined without one. */
  body: unknown;
  /** What was answered; null while it is not, and for ever if the connection was cut. */
  status: number | null;
}

const longest = 1000;

/** Keeps what passes in `record`, the newest thousand. Runs after the body was read as text. */
export function recordRequest(record: ReceivedRequest[], endpoint: Endpoint, now: () => Date): RequestHandler {
  return (req, res, next) => {
    const entry: ReceivedRequest = {
      endpoint,
      at: now(),
      method: req.method,
      url: req.originalUrl,
      body: parsed(req.body),
      status: null,
    };
    record.push(entry);
    if (record.length > longest) record.shift();
    res.on('finish', () => {
      entry.status = res.statusCode;
    });
    next();
  };
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}
