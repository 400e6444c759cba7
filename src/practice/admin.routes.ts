// The administrator's page of tools: which there are, what they are told, and adding one by a link alone.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { newClientId } from './keys.ts';
import { notFound, refused, renderPage, signedIn } from './pages.ts';
import { queryText } from './query.ts';
import { makeRegistrationToken, type RegistrationClaims } from './registration-token.ts';
import { contentPolicy } from './secure-headers.ts';
import type { Tool } from './state.ts';
import { findTool, toolsOf } from './tools.ts';

/**
 * `GET /admin/tools`, `GET /admin/tools/registration?url=[&type=new|<tool>]` (the tool's registration page in a frame),
 * `POST /admin/tools/:toolId/activation`, `…/settings`, `…/deletion`; for the administrator alone.
 */
export function adminRoutes(lms: LmsContext): Router {
  const { state } = lms;
  const changing =
    (change: (tool: Tool, sent: URLSearchParams) => void): RequestHandler<{ toolId: string }> =>
    (req, res) => {
      const tool = state.tools.find(({ id }) => id === req.params.toolId);
      if (!tool) return notFound(lms, req, res);
      change(tool, new URLSearchParams(String(req.body)));
      lms.save();
      res.redirect(303, '/admin/tools');
    };

  return Router()
    .use('/admin', (req, res, next) => {
      const person = signedIn(lms, req, res);
      if (person && !person.isAdmin) return notFound(lms, req, res);
      if (person) next();
    })
    .get('/admin/tools', (req, res) => {
      renderPage(lms, req, res, 'tools', { tools: toolsOf(lms), to: addresses(lms.url), lmsUrl: lms.url });
    })
    .get('/admin/tools/registration', (req, res) => showRegistration(lms, req, res))
    .post(
      '/admin/tools/:toolId/activation',
      changing((tool) => {
        tool.state = 'active';
      }),
    )
    .post(
      '/admin/tools/:toolId/settings',
      changing((tool, sent) => {
        tool.sharesName = sent.has('sharesName');
        tool.sharesEmail = sent.has('sharesEmail');
      }),
    )
    .post(
      '/admin/tools/:toolId/deletion',
      changing((tool) => deleteTool(lms, tool.id)),
    );
}

/** Takes a tool out; its activities stay and launch nothing, its tokens are worth nothing. */
export function deleteTool({ state }: LmsContext, toolId: string): void {
  state.tools = state.tools.filter(({ id }) => id !== toolId);
  state.accessTokens = state.accessTokens.filter((token) => token.toolId !== toolId);
}

/** As Moodle: where a tool of the same host is there already, it asks whether that one is to be updated. */
function showRegistration(lms: LmsContext, req: Request, res: Response): void {
  const url = queryText(req, 'url').trim();
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    return refused(lms, req, res, 400, 'invite-malformed');
  }
  const { host, origin } = new URL(url);
  const type = queryText(req, 'type');
  const known = toolsOf(lms).filter(({ domain }) => domain === host);
  if (type === '' && known.length > 0) return renderPage(lms, req, res, 'register-again', { url, known });
  const updated = findTool(lms, type);
  const claims: RegistrationClaims = updated
    ? { sub: updated.clientId, scope: 'reg-update' }
    : { sub: newClientId(), scope: 'reg' };
  const frame = new URL(url);
  frame.searchParams.set('openid_configuration', addresses(lms.url).configuration);
  frame.searchParams.set('registration_token', makeRegistrationToken(lms, claims));
  res.set('Content-Security-Policy', contentPolicy([origin]));
  renderPage(lms, req, res, 'register', { frameUrl: frame.href });
}
