// The middleware that writes acts down: an entry before the handler acts, the outcome before the answer ends. Whoever reads that
// something was done finds it in the log, and what was begun stands there whatever happens to this process.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Database } from '../database/database.ts';
import { formFields } from '../web/forms.ts';
import { outcomeOf, type Actor, type AuditedRoute } from './act.ts';
import { insertEntry, insertOutcome, type BegunAct } from './audit.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
}

/** The most people that one entry names: as many as a form can. */
const mostSubjects = 5000;

/**
 * To be mounted behind the checks of a form's token: what another site sends is nobody's act. What is not in the table passes
 * without a question to the database.
 *
 * @param routes by method and address, as the router has them: `POST /placements/:placementId/zeros`
 */
export function recordActs({ db, now }: Tools, routes: Readonly<Record<string, AuditedRoute>>): RequestHandler {
  const router = Router();
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', address = ''] = name.split(' ');
    // `use` takes longer addresses, too, and is no second route of that name.
    router.use(address, async (req, res, next) => {
      const actor = actorOf(res, route);
      if (req.method === method && req.path === '/' && actor) {
        const entryId = await insertEntry(db, begunAct(req, res, { actor, route }), now());
        beforeTheEnd(res, async () => {
          const { statusCode: status } = res;
          await insertOutcome(db, { entryId, outcome: outcomeOf(status), status }, now());
        });
      }
      next();
    });
  }
  return (req, res, next) => {
    if (['GET', 'HEAD'].includes(req.method)) next();
    else router(req, res, next);
  };
}

/** Null for who is not signed in where people have to be: they will be told so, and have done nothing. */
function actorOf({ locals: { admin, session } }: Response, { isDoor }: AuditedRoute): Actor | null {
  if (admin) return { kind: 'administrator' };
  if (isDoor) return { kind: 'stranger' };
  return session ? { kind: 'person', personId: session.personId } : null;
}

function begunAct(
  req: Request,
  res: Response,
  { actor, route: { act, people } }: { actor: Actor; route: AuditedRoute },
): BegunAct {
  const fields = formFields(req);
  const { courseId, placementId, attemptId, personId, ...others } = req.params;
  const about = personId === undefined ? (people?.(fields) ?? []) : [text(personId)];
  const subjectIds = [...new Set(about.flatMap((value) => keyIn(value) ?? []))].slice(0, mostSubjects);
  return {
    act: typeof act === 'string' ? act : act(fields),
    actor,
    courseId: keyIn(courseId),
    placementId: keyIn(placementId),
    attemptId: keyIn(attemptId),
    subjectIds,
    // A code is short and has no spaces: nobody writes into the log what they like.
    target: Object.fromEntries(
      Object.entries(others).flatMap(([name, value]) => {
        const code = text(value);
        return /^[\w-]{1,64}$/.test(code) ? [[name, code]] : [];
      }),
    ),
    requestId: res.locals.requestId,
  };
}

function text(param: string | string[] | undefined): string {
  return typeof param === 'string' ? param : '';
}

/** A key of ours; null for what can be none. */
function keyIn(param: string | string[] | undefined): number | null {
  return /^[1-9]\d{0,14}$/.test(text(param)) ? Number(param) : null;
}

/** Has something done once the answer is ready, before it is complete. If that fails, the answer goes out all the same. */
function beforeTheEnd(res: Response, work: () => Promise<void>): void {
  const end = res.end.bind(res);
  const endLater = (...args: unknown[]) => {
    res.end = end;
    void work()
      .catch((error: unknown) => res.locals.log.error({ err: error }, 'an outcome is missing in the log'))
      .finally(() => void Reflect.apply(end, res, args));
    return res;
  };
  res.end = endLater;
}
