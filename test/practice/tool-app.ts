// A tiny tool: it logs in, shows the claims of what it gets, brings back content, and registers itself.
import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express, { type Express } from 'express';
import jwt from 'jsonwebtoken';
import type { PracticeLms } from '../../src/practice/practice-lms.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const toolKey = {
  kid: 'tool-key',
  privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid: 'tool-key', alg: 'RS256', use: 'sig' },
};

const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim';
const lti = 'https://purl.imsglobal.org/spec/lti/claim';

export interface Tool {
  url: string;
  /** Login requests and launches, newest last. */
  logins: Record<string, string>[];
  launches: Record<string, string>[];
  isJwksDown: boolean;
  /** What it chooses when content is wanted. */
  items: object[];
  /** Over the claims and the header of its deep linking response. */
  response: { claims: object; header: object };
  /** Over the registration that it sends. */
  registration: object;
  /** Over its tool configuration. */
  configuration: object;
  clock: { now: Date };
}

/** A tool that chooses nothing and registers as in the recorded exchange. */
export function createTool(url: string, clock: { now: Date }): Tool {
  return {
    ...{ url, clock, logins: [], launches: [], isJwksDown: false, items: [] },
    ...{ response: { claims: {}, header: {} }, registration: {}, configuration: {} },
  };
}

/** Its pages. `authorization` changes what it asks the authorization endpoint. */
export function toolApp(tool: Tool, lms: PracticeLms, authorization: Record<string, string>): Express {
  return express()
    .use(express.urlencoded({ extended: false }))
    .post('/login', (req, res) => {
      const login = req.body as Record<string, string>;
      tool.logins.push(login);
      const query = new URLSearchParams({
        scope: 'openid',
        response_type: 'id_token',
        client_id: login['client_id'] ?? '',
        redirect_uri: `${tool.url}/launch`,
        login_hint: login['login_hint'] ?? '',
        lti_message_hint: login['lti_message_hint'] ?? '',
        state: 'the state',
        response_mode: 'form_post',
        nonce: 'the nonce',
        prompt: 'none',
        ...authorization,
      });
      res.redirect(302, `${lms.registration.authorizationUrl}?${query.toString()}`);
    })
    .post('/launch', async (req, res) => {
      const launch = req.body as Record<string, string>;
      tool.launches.push(launch);
      const claims = await verifiedClaims(launch['id_token'] ?? '', lms.registration.jwksUrl);
      const text = escaped(JSON.stringify(claims ?? 'not verified'));
      res.send(`<!doctype html><title>Tool</title><pre id="claims">${text}</pre>${contentForm(tool, claims)}`);
    })
    .get('/jwks', (_req, res) => {
      if (tool.isJwksDown) res.status(503).end();
      else res.json({ keys: [toolKey.jwk] });
    })
    .get('/register', async (req, res) => {
      const query = req.query as Record<string, string>;
      const answer = await register(tool, query['openid_configuration'] ?? '', query['registration_token']);
      res.send(`<!doctype html><title>Tool</title><pre id="registration">${escaped(JSON.stringify(answer))}</pre>
        <p id="query">${escaped(JSON.stringify(req.query))}</p><script>
        document.addEventListener('click', () => parent.postMessage({ subject: 'org.imsglobal.lti.close' }, '*'));
        </script><button>Close</button>`);
    });
}

/** Registers at an LMS with a token, as in the recorded exchange. */
export async function register(
  tool: Tool,
  configurationUrl: string,
  token: unknown,
): Promise<{ status: number; type: string | null; text: string }> {
  const configuration = (await (await fetch(configurationUrl)).json()) as { registration_endpoint: string };
  const response = await fetch(configuration.registration_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${String(token)}` },
    body: JSON.stringify(registrationOf(tool)),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const recordedRequest = readFileSync(new URL('../lti/recorded/registration-request.json', import.meta.url), 'utf8');
const configurationName = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

/** The recorded request, in this tool's name. */
function registrationOf(tool: Tool): object {
  const request = JSON.parse(
    recordedRequest.replaceAll('https://tool.example', tool.url).replaceAll('tool.example', new URL(tool.url).host),
  ) as Record<string, object>;
  return {
    ...request,
    [configurationName]: { ...request[configurationName], ...tool.configuration },
    ...tool.registration,
  };
}

/** The form that brings content back, if content was wanted. */
function contentForm(tool: Tool, claims: jwt.JwtPayload | undefined): string {
  const settings = claims?.[`${dl}/deep_linking_settings`] as
    { deep_link_return_url: string; data?: string } | undefined;
  if (!claims || !settings) return '';
  const iat = Math.floor(tool.clock.now.getTime() / 1000) - 30;
  const answer = {
    ...{ iss: claims.aud, aud: claims.iss, iat, exp: iat + 300, nonce: 'n' },
    [`${lti}/deployment_id`]: claims[`${lti}/deployment_id`] as string,
    [`${lti}/message_type`]: 'LtiDeepLinkingResponse',
    [`${lti}/version`]: '1.3.0',
    [`${dl}/content_items`]: tool.items,
    ...(settings.data !== undefined && { [`${dl}/data`]: settings.data }),
    ...tool.response.claims,
  };
  const header = { alg: 'RS256' as const, kid: toolKey.kid, ...tool.response.header };
  const token = jwt.sign(answer, toolKey.privatePem, { algorithm: 'RS256', header });
  return `<form id="content" method="post" action="${escaped(settings.deep_link_return_url)}">
    <input type="hidden" name="JWT" value="${token}"><button>Bring back</button></form>`;
}

interface JsonWebKeyWithId extends JsonWebKey {
  kid: string;
}

async function verifiedClaims(token: string, jwksUrl: string): Promise<jwt.JwtPayload | undefined> {
  const { header } = jwt.decode(token, { complete: true }) ?? {};
  const keySet = (await (await fetch(jwksUrl)).json()) as { keys: JsonWebKeyWithId[] };
  const key = keySet.keys.find(({ kid }) => kid === header?.kid);
  if (!key) return undefined;
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const claims = jwt.verify(token, publicKey, { algorithms: ['RS256'], ignoreExpiration: true });
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
