// The two forms in which Moodle's services answer (mod/lti/classes/local/ltiservice/response.php, as recorded), and how
// they read what they are sent.
import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'express';

/**
 * A body of an LTI media type; an empty string is an empty body. It goes out as bytes, for Node writes the headers of
 * an answer in the encoding of a body that is text, and ours are bytes already.
 */
export function answer(res: Response, status: number, mediaType: string, body: unknown): void {
  res.status(status).set('Content-Type', `${mediaType}; charset=utf-8`);
  res.end(Buffer.from(body === '' ? '' : JSON.stringify(body)));
}

/** An error without a body of its own: JSON that repeats the request. The reason goes into the status line. */
export function refuse(req: Request, res: Response, status: number, reason: string): void {
  res.statusMessage = reason.replaceAll(/[^\x20-\x7e]/g, '?');
  answer(res, status, 'application/json', {
    status,
    reason: STATUS_CODES[status] ?? reason,
    request: {
      method: req.method,
      url: req.originalUrl,
      accept: req.get('Accept') ?? '',
      contentType: req.get('Content-Type')?.split(';')[0] ?? '',
    },
  });
}

/** The body as JSON; undefined if it is none. */
export function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
