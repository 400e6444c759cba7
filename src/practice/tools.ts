// The tools of this LMS: the one it was started with and those that registered themselves.
import type { LmsContext } from './context.ts';
import { permittedScopes } from './scopes.ts';
import type { Activity, State, Tool } from './state.ts';

/** The addresses of the tool that the LMS is started with. */
export interface ToolAddresses {
  loginUrl: string;
  launchUrl: string;
  jwksUrl: string;
}

/** The id of the tool that the LMS is started with: its "tool type", which is its deployment too. */
export const preregisteredId = '1';

/** The tool that the LMS is started with, as its administrator would have typed it in. */
export function preregisteredTool(clientId: string): Tool {
  return {
    id: preregisteredId,
    clientId,
    name: 'Mustaqil',
    description: '',
    state: 'active',
    isPreregistered: true,
    loginUrl: '',
    redirectUris: [],
    jwksUrl: '',
    targetLinkUri: '',
    deepLinkUrl: null,
    domain: '',
    custom: {},
    scopes: [...permittedScopes],
    sharesName: true,
    sharesEmail: true,
  };
}

/** All tools as they are now: the preregistered one has the addresses of the moment, and is absent without any. */
export function toolsOf({ state, preregistered }: LmsContext): Tool[] {
  return state.tools.flatMap((tool) => {
    if (!tool.isPreregistered) return [tool];
    return preregistered ? [{ ...tool, clientId: state.clientId, ...addressesOf(preregistered) }] : [];
  });
}

/** The tool of that id as it is now, or undefined. */
export function findTool(lms: LmsContext, toolId: string | null | undefined): Tool | undefined {
  return toolsOf(lms).find(({ id }) => id === toolId);
}

/**
 * The tool that an activity launches. One that names no tool goes to the tool of its URL's host, and of several on that
 * host to the one whose target link URI is the longest beginning of the URL, else to the oldest: perhaps not the one
 * that made it (Moodle, lti_get_tool_by_url_match; lti.md §2.5).
 */
export function toolOfActivity(lms: LmsContext, { toolId, url }: Pick<Activity, 'toolId' | 'url'>): Tool | undefined {
  if (toolId !== null) return findTool(lms, toolId);
  const host = url === null ? '' : hostOf(url);
  const likeness = ({ targetLinkUri }: Tool): number => (url?.startsWith(targetLinkUri) ? targetLinkUri.length : 0);
  return toolsOf(lms)
    .filter(({ domain }) => domain !== '' && domain === host)
    .reduce<Tool | undefined>((best, tool) => (best && likeness(best) >= likeness(tool) ? best : tool), undefined);
}

/** A free tool id; it is never given again. */
export function takeToolId(state: State): string {
  state.lastToolId += 1;
  return String(state.lastToolId);
}

/** The origins that the LMS's pages frame and post to. */
export function toolOrigins(lms: LmsContext): string[] {
  const urls = toolsOf(lms).flatMap((tool) => [
    tool.loginUrl,
    ...tool.redirectUris,
    tool.targetLinkUri,
    tool.deepLinkUrl ?? '',
  ]);
  return [...new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin))];
}

/** Host and port of a URL; empty if it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function addressesOf({ loginUrl, launchUrl, jwksUrl }: ToolAddresses): Partial<Tool> {
  return {
    loginUrl,
    jwksUrl,
    redirectUris: [launchUrl],
    targetLinkUri: launchUrl,
    deepLinkUrl: launchUrl,
    domain: hostOf(launchUrl),
  };
}
