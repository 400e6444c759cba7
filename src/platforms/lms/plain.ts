// What holds wherever an LMS does as the standards say; the others start from here.
import type { LmsDifferences } from './lms-differences.ts';

/** Differences from nothing: a column has the quiz's points, a score nothing extra, a token the audience that was said. */
export const plain = {
  columnMaximum: (points) => points,
  // Deep Linking 2.0 §3.2 allows leaving it out; with it, a link still finds us where custom parameters are lost (lti.md 84).
  sendsLinkUrl: true,
  scoreExtras: () => ({}),
  accessRefusal: () => null,
  scoreTrouble: () => null,
  issuerConfigurationHosts: () => [],
  tokenAudience: ({ tokenAudience }) => tokenAudience,
  registration: { configuration: {}, placements: {} },
} satisfies Partial<LmsDifferences>;

/** The origin that an address begins with, whatever follows it; null for what is no web address. */
export function originOf(address: string): string | null {
  const url = /^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  return URL.canParse(url) && new URL(url).hostname.includes('.') ? new URL(url).origin : null;
}
