// Third-party initiated login: a platform announces a launch, we answer with the address to send the browser to.
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PendingLogin, StoragePlace } from './login-state.ts';
import { sealState, storagePlace } from './login-state.ts';

/** An announcement. Nothing in it is signed. */
export interface LoginRequest {
  issuer: string;
  /** Both hints go back to the platform byte for byte. */
  loginHint: string;
  messageHint: string | null;
  targetLinkUri: string;
  clientId: string | null;
  deploymentId: string | null;
  /** The frame through which the platform offers storage, where cookies are blocked. */
  storageTarget: string | null;
}

export type ParsedLoginRequest =
  { ok: true; request: LoginRequest } | { ok: false; code: 'login-incomplete' | 'login-malformed'; fields: string[] };

export interface LoginBeginning {
  registration: { issuer: string; clientId: string; authorizationUrl: string };
  request: LoginRequest;
  /** The tool's one registered launch address; never anything out of the request. */
  redirectUri: string;
  /**
   * Unguessable, kept by this browser, never sent to the platform. With `throughStorage` one of this login alone, and
   * not the one in the cookie: a page of the platform gets to hold it.
   */
  browserSecret: string;
  /** The browser keeps no cookie here: bind the login by the storage that the platform offers, if it offers any. */
  throughStorage?: boolean;
  /** 32 bytes. */
  stateKey: Uint8Array;
  now: Date;
  randomBytes?: (size: number) => Uint8Array;
}

export interface BegunLogin {
  /** At the platform, to send the browser to. */
  address: string;
  /**
   * What to put into the platform's storage before the browser leaves; null when the login is not bound that way, also
   * when that was wished for and the platform offers no storage.
   */
  storage: (StoragePlace & { value: string }) | null;
}

const stateLifetimeMs = 10 * 60_000;
const idBytes = 16;
const nonceBytes = 32;

const missing = 'missing';
const required = (maxLength: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? missing : 'malformed') })
    .min(1, missing)
    .max(maxLength);
const optional = (maxLength: number, pattern: RegExp) =>
  z
    .string()
    .max(maxLength)
    .regex(pattern)
    .optional()
    .transform((text) => text || null);

/** What we look up or keep holds no control characters and no halves of surrogate pairs; a hint may. */
const clean = /^[^\p{Cc}\p{Cs}]*$/u;

const paramsSchema = z.record(z.string(), z.unknown()).catch({});
const requestSchema = z.object({
  iss: required(2_048).regex(clean),
  login_hint: required(8_192),
  target_link_uri: required(2_048).regex(clean),
  lti_message_hint: optional(8_192, /^/),
  client_id: optional(255, clean),
  lti_deployment_id: optional(255, clean),
  lti_storage_target: optional(255, clean),
});

/**
 * Reads the parameters of a login request, from a query or from a form. An empty optional parameter counts as absent;
 * unknown ones are ignored.
 *
 * Refusals: `login-incomplete` (`fields` are absent or empty: `iss`, `login_hint`, `target_link_uri`), else
 * `login-malformed` (`fields` are given twice, are no plain text, or are too long: ids 255 characters, addresses 2048,
 * hints 8192).
 *
 * @see LTI security framework 1.0 §5.1.1.1, https://www.imsglobal.org/spec/security/v1p0/
 */
export function parseLoginRequest(params: unknown): ParsedLoginRequest {
  const parsed = requestSchema.safeParse(paramsSchema.parse(params));
  if (!parsed.success) {
    const { issues } = parsed.error;
    const absent = issues.filter((issue) => issue.message === missing);
    const code = absent.length > 0 ? 'login-incomplete' : 'login-malformed';
    return { ok: false, code, fields: (absent.length > 0 ? absent : issues).map((issue) => issue.path.join('.')) };
  }
  const { iss, login_hint, target_link_uri, lti_message_hint, client_id, lti_deployment_id, lti_storage_target } =
    parsed.data;
  return {
    ok: true,
    request: {
      issuer: iss,
      loginHint: login_hint,
      messageHint: lti_message_hint,
      targetLinkUri: target_link_uri,
      clientId: client_id,
      deploymentId: lti_deployment_id,
      storageTarget: lti_storage_target,
    },
  };
}

/**
 * Begins a login and gives the address at the platform to send the browser to; a query which the authorization address
 * already has is kept. Stores nothing: everything is sealed into `state`, good for 10 minutes.
 *
 * The storage of a platform is talked to at the origin of its authorization address only (postMessage `lti.put_data`).
 *
 * @see LTI client-side OIDC login 0.1, https://www.imsglobal.org/spec/lti-cs-oidc/v0p1/
 * @see LTI security framework 1.0 §5.1.1.2, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function beginLogin(beginning: LoginBeginning): Promise<BegunLogin> {
  const { registration, request, redirectUri, browserSecret, stateKey, now } = beginning;
  const { randomBytes = cryptoRandomBytes } = beginning;
  const nonce = Buffer.from(randomBytes(nonceBytes)).toString('base64url');
  const login: PendingLogin = {
    id: Buffer.from(randomBytes(idBytes)).toString('base64url'),
    issuer: registration.issuer,
    clientId: registration.clientId,
    nonce,
    deploymentId: request.deploymentId,
    targetLinkUri: request.targetLinkUri,
    storage: beginning.throughStorage ? offeredStorage(beginning) : null,
    expiresAt: new Date(now.getTime() + stateLifetimeMs),
  };
  const parameters = new URLSearchParams({
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: registration.clientId,
    redirect_uri: redirectUri,
    login_hint: request.loginHint,
    ...(request.messageHint !== null && { lti_message_hint: request.messageHint }),
    state: await sealState(login, { stateKey, browserSecret }),
    nonce,
  });
  const place = storagePlace(login);
  return {
    address: withQuery(registration.authorizationUrl, parameters),
    storage: place && { ...place, value: browserSecret },
  };
}

function offeredStorage({ registration, request }: LoginBeginning): PendingLogin['storage'] {
  const target = request.storageTarget;
  return target === null ? null : { target, origin: new URL(registration.authorizationUrl).origin };
}

function withQuery(address: string, parameters: URLSearchParams): string {
  const url = new URL(address);
  url.hash = '';
  url.search = [url.search.slice(1), parameters.toString()].filter(Boolean).join('&');
  return url.href;
}
