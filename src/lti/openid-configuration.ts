// Fetches what a platform says about itself when it wants to be registered, and decides whether to believe it.
import { summarizeAnswer } from '../outbound/answer-summary.ts';
import { isAllowedEndpoint } from './endpoints.ts';
import type { OpenIdConfiguration } from './openid-configuration-document.ts';
import { parseOpenIdConfiguration } from './openid-configuration-document.ts';
import type { OutboundRules } from '../outbound/outbound-fetch.ts';
import { refusedLiteral } from '../outbound/outbound-fetch.ts';
import type { Fetch, PlatformAnswer } from '../outbound/platform-http.ts';
import { isSuccess, requestPlatform } from '../outbound/platform-http.ts';

export interface RefusedConfiguration {
  ok: false;
  /**
   * `configuration-address-refused`: we do not call this address. `configuration-unreachable`: no answer, or a refusing
   * one. `configuration-malformed`: an answer that is no configuration. `issuer-mismatch`: it speaks for another host.
   * `endpoint-refused`: it would have us call an address that we do not call.
   */
  code:
    | 'configuration-address-refused'
    | 'configuration-unreachable'
    | 'configuration-malformed'
    | 'issuer-mismatch'
    | 'endpoint-refused';
  /** At most 300 printable characters, never the token. */
  detail: string;
}

export type ConfigurationOutcome = { ok: true; configuration: OpenIdConfiguration } | RefusedConfiguration;

export interface ConfigurationRequest {
  url: string;
  registrationToken: string | null;
  allowHttpLoopback: boolean;
  allowedPrivateHosts?: readonly string[];
  /** Which other hosts (`host` or `host:port`) are known to speak for an issuer of this host. */
  knownIssuerHosts?: (issuerHost: string) => readonly string[];
  /** For the whole exchange; 5 s unless told. */
  timeoutMs?: number;
}

/**
 * Reads the configuration at an address that somebody's browser brought. Believes it only where its issuer has the host
 * it came from, or one that this host is known to speak for, and where every address in it may be called.
 *
 * The registration token goes along, since platforms exist that want it, and to no other address: redirects are not
 * followed. No more than 256 KiB are read. Never throws for a network fault or an answer.
 *
 * @see LTI dynamic registration 1.0 §3.5, https://www.imsglobal.org/spec/lti-dr/v1p0/
 */
export async function readOpenIdConfiguration(
  fetch: Fetch,
  { url, registrationToken: token, knownIssuerHosts = () => [], timeoutMs = 5_000, ...given }: ConfigurationRequest,
): Promise<ConfigurationOutcome> {
  const rules = { allowedPrivateHosts: [], ...given };
  if (!mayBeCalled(url, rules)) return refusal('configuration-address-refused', url);
  const headers = { accept: 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
  const answer = await requestPlatform(fetch, { url, method: 'GET', headers, timeoutMs });
  const read = readAnswer(answer, token === null ? [] : [token]);
  return read.ok ? believed(read.configuration, new URL(url).host, rules, knownIssuerHosts) : read;
}

/**
 * The hosts named in a configuration that are not its issuer's own, for an administrator to look at before anything is
 * sent there. The token audience counts: who may name any of them could use our signature with another platform.
 */
export function foreignHosts(configuration: OpenIdConfiguration): string[] {
  const { tokenAudience } = configuration;
  const audience = URL.canParse(tokenAudience) ? new URL(tokenAudience).host : tokenAudience;
  const hosts = [...addressesIn(configuration).map((address) => new URL(address).host), audience];
  return [...new Set(hosts)].filter((host) => host !== new URL(configuration.issuer).host);
}

function believed(
  configuration: OpenIdConfiguration,
  host: string,
  rules: OutboundRules,
  knownIssuerHosts: (issuerHost: string) => readonly string[],
): ConfigurationOutcome {
  const issuerHost = new URL(configuration.issuer).host;
  if (host !== issuerHost && !knownIssuerHosts(issuerHost).includes(host)) {
    return refusal('issuer-mismatch', `${host} says that it is ${configuration.issuer}`);
  }
  const forbidden = addressesIn(configuration).find((address) => !mayBeCalled(address, rules));
  return forbidden === undefined ? { ok: true, configuration } : refusal('endpoint-refused', forbidden);
}

function addressesIn({ issuer, authorizationUrl, tokenUrl, jwksUrl, registrationUrl }: OpenIdConfiguration): string[] {
  return [issuer, authorizationUrl, tokenUrl, jwksUrl, registrationUrl];
}

function mayBeCalled(address: string, rules: OutboundRules): boolean {
  return isAllowedEndpoint(address, rules) && refusedLiteral(address, rules) === null;
}

function readAnswer(answer: PlatformAnswer, secrets: string[]): ConfigurationOutcome {
  if (answer.ok) {
    const said = summarizeAnswer(answer.text, secrets);
    if (!isSuccess(answer)) return refusal('configuration-unreachable', `status ${answer.status}: ${said}`);
    const configuration = parseOpenIdConfiguration(answer.text);
    return configuration ? { ok: true, configuration } : refusal('configuration-malformed', said);
  }
  const detail = `${answer.code}: ${answer.detail}`;
  switch (answer.code) {
    case 'address-refused':
      return refusal('configuration-address-refused', answer.detail);
    case 'too-large':
      return refusal('configuration-malformed', detail);
    case 'timeout':
    case 'network':
    case 'redirect':
      return refusal('configuration-unreachable', detail);
  }
}

function refusal(code: RefusedConfiguration['code'], detail: string): RefusedConfiguration {
  return { ok: false, code, detail: summarizeAnswer(detail, []) };
}
