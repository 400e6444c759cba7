// An LMS of our own making that says and does what a test wants when it is to be registered.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (req: IncomingMessage, res: ServerResponse) => void;

export interface MadeUpLms {
  url: string;
  configurationUrl: string;
  /** What it says of itself; to be changed. */
  configuration: Record<string, unknown>;
  /** Set to answer otherwise than with the configuration, or than with a client id. */
  onConfiguration: Answer | null;
  onRegistration: Answer | null;
  /** Authorization headers that came, by path. */
  tokens: { path: string; authorization: string | undefined }[];
  /** As it was in the beginning. */
  reset(): void;
  stop(): Promise<void>;
}

export async function startMadeUpLms(): Promise<MadeUpLms> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lms: MadeUpLms = {
    url,
    configurationUrl: `${url}/configuration`,
    configuration: {},
    onConfiguration: null,
    onRegistration: null,
    tokens: [],
    reset: () => {
      lms.configuration = configurationOf(url);
      lms.onConfiguration = null;
      lms.onRegistration = null;
      lms.tokens = [];
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  lms.reset();
  server.on('request', (req, res) => {
    lms.tokens.push({ path: req.url ?? '', authorization: req.headers.authorization });
    const isConfiguration = req.url === '/configuration';
    const answer = isConfiguration ? lms.onConfiguration : lms.onRegistration;
    if (answer) answer(req, res);
    else sendJson(res, isConfiguration ? lms.configuration : { client_id: 'made-up' });
  });
  return lms;
}

export function configurationOf(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}/auth`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    registration_endpoint: `${url}/registration`,
    scopes_supported: ['https://purl.imsglobal.org/spec/lti-ags/scope/score'],
    'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: 'made-up' },
  };
}

export function sendJson(res: ServerResponse, body: unknown): void {
  res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** A status with a page, as of a proxy or a login. */
export function page(status: number, text: string): Answer {
  return (_req, res) => {
    res.writeHead(status, { 'content-type': 'text/html' }).end(text);
  };
}

/** 50 MB, for as long as somebody reads. */
export const flood: Answer = (_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  let sent = 0;
  const send = () => {
    while (sent < 50 && !res.destroyed) {
      sent += 1;
      if (!res.write(chunk)) return void res.once('drain', send);
    }
    res.end();
  };
  send();
};

/** Sends the asker, with whatever it carries, somewhere else. */
export function redirect(to: string): Answer {
  return (_req, res) => {
    res.writeHead(302, { location: to }).end();
  };
}
