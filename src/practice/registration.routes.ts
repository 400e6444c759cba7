// Where a tool registers itself: `openid-configuration.php` and `openid-registration.php`.
import { type Request, type Response, Router } from 'express';
import type { LmsContext } from './context.ts';
import { meetFaults } from './faults.ts';
import { openidConfiguration } from './openid-configuration.ts';
import { recordRequest } from './received.ts';
import { readRegistration, registrationJson } from './registration.ts';
import { readRegistrationToken } from './registration-token.ts';
import { jsonOf } from './service-answer.ts';
import type { Tool } from './state.ts';
import { takeToolId, toolsOf } from './tools.ts';

/** `GET /openid-configuration.php`, and `POST|GET /openid-registration.php` with the registration token as Bearer. */
export function registrationRoutes(lms: LmsContext): Router {
  const before = (endpoint: 'openid-configuration' | 'registration') => [
    recordRequest(lms.received, endpoint, lms.now),
    meetFaults(lms, 'service'),
  ];
  return Router()
    .get('/openid-configuration.php', before('openid-configuration'), (_req: Request, res: Response) => {
      res.json(openidConfiguration(lms));
    })
    .get('/openid-registration.php', before('registration'), (req: Request, res: Response) => {
      const permit = permitOf(lms, req);
      if (!permit.ok) return refuse(res, permit);
      if (!permit.tool) return refuse(res, { status: 404, message: 'unknown_client' });
      res.json(registrationJson(permit.tool));
    })
    .post('/openid-registration.php', before('registration'), (req: Request, res: Response) => {
      const permit = permitOf(lms, req);
      if (!permit.ok) return refuse(res, permit);
      if (permit.tool && permit.isNew) return refuse(res, { status: 401, message: 'token_already_used' });
      if (!permit.tool && !permit.isNew) return refuse(res, { status: 401, message: 'unknown_client' });
      const outcome = readRegistration(jsonOf(req.body));
      if (!outcome.ok) return refuse(res, outcome);
      const tool = permit.tool
        ? { ...permit.tool, ...outcome.tool, isPreregistered: false }
        : newTool(lms, permit.clientId, outcome.tool);
      lms.state.tools = [...lms.state.tools.filter(({ id }) => id !== tool.id), tool];
      lms.save();
      res.json(registrationJson(tool));
    });
}

type Permit =
  { ok: true; clientId: string; isNew: boolean; tool: Tool | undefined } | { ok: false; status: 401; message: string };

/** Whom the request's token speaks for. */
function permitOf(lms: LmsContext, req: Request): Permit {
  const bearer = /^Bearer (.+)$/.exec(req.get('Authorization') ?? '')?.[1];
  if (bearer === undefined) return { ok: false, status: 401, message: 'missing_registration_token' };
  const claims = readRegistrationToken(lms, bearer.trim());
  if (!claims) return { ok: false, status: 401, message: 'invalid_registration_token' };
  const tool = toolsOf(lms).find(({ clientId }) => clientId === claims.sub);
  return { ok: true, clientId: claims.sub, isNew: claims.scope === 'reg', tool };
}

function newTool(
  lms: LmsContext,
  clientId: string,
  given: Omit<Tool, 'id' | 'clientId' | 'state' | 'isPreregistered'>,
): Tool {
  return { ...given, id: takeToolId(lms.state), clientId, state: 'pending', isPreregistered: false };
}

/** As Moodle: a word of plain text that calls itself HTML. */
function refuse(res: Response, { status, message }: { status: number; message: string }): void {
  res.status(status).type('html').end(message);
}
