// Moodle. Observed on a live Moodle 5.1, November 2026 (reference/lti.md §2).
import type { LmsDifferences } from './lms-differences.ts';
import { originOf, plain } from './plain.ts';

/** Its gradebook knows whole points, and as it comes from the shop at most a hundred (lti.md §2.5). */
const mostPoints = 100;

/** At this try in a row, an error is no moment's weakness any more. */
const lockedFrom = 3;

export const moodle: LmsDifferences = {
  ...plain,
  key: 'moodle',
  label: 'Moodle',
  families: ['moodle'],
  columnMaximum: (points) => (Number.isInteger(points) && points >= 1 && points <= mostPoints ? points : mostPoints),
  // With a `url` the activity belongs to no tool any more and is found again by its host: perhaps another registration
  // of the same host (lti.md §2.5).
  sendsLinkUrl: false,
  /**
   * 400 with the body `[]` is a learner who cannot be graded: a stranger, or suspended. With a body that repeats the request it is
   * ours that does not fit. A grade or column that is locked there answers 500, and so does a Moodle that is broken for a moment
   * (lti.md §2.7).
   */
  scoreTrouble({ status, said, tries }) {
    if (status === 400 && said.includes('"reason"')) return 'other';
    return status === 500 && tries >= lockedFrom ? 'grade-locked' : null;
  },
  setup: {
    // https://docs.moodle.org/501/en/External_tool_settings
    ours: [
      { value: 'launchUrl', field: 'Tool URL' },
      { value: 'jwksUrl', field: 'Public keyset' },
      { value: 'loginUrl', field: 'Initiate login URL' },
      { value: 'launchUrl', field: 'Redirection URI(s)' },
      { value: 'deepLinkUrl', field: 'Content selection URL' },
    ],
    theirs: {
      issuer: 'Platform ID',
      clientId: 'Client ID',
      deploymentId: 'Deployment ID',
      jwksUrl: 'Public keyset URL',
      tokenUrl: 'Access token URL',
      authorizationUrl: 'Authentication request URL',
    },
    steps: [
      {
        step: 'open-form',
        words:
          'Site administration → Plugins → Activity modules → External tool → Manage tools → configure a tool manually',
      },
      { step: 'copy-ours', words: 'LTI version: LTI 1.3 · Public key type: Keyset URL · Supports Deep Linking' },
      {
        step: 'grant-services',
        words:
          'Services: Use this service for grade sync and column management · Use this service to retrieve members’ information as per privacy settings',
      },
      {
        step: 'share-names',
        words: 'Privacy: Share launcher’s name with tool: Always · Accept grades from the tool: Always',
      },
      { step: 'copy-theirs', words: 'Manage tools → View configuration details' },
    ],
    endpoints({ address }) {
      const site = siteOf(address);
      if (site === null) return {};
      return {
        issuer: site,
        authorizationUrl: `${site}/mod/lti/auth.php`,
        tokenUrl: `${site}/mod/lti/token.php`,
        jwksUrl: `${site}/mod/lti/certs.php`,
      };
    },
  },
};

/** A Moodle may live in a folder of its host, and that folder is part of its name. */
function siteOf(address: string): string | null {
  const origin = originOf(address);
  if (origin === null) return null;
  const path = address
    .trim()
    .replace(/^(https?:\/\/)?[^/?#]+/i, '')
    .replace(/[?#].*$/, '');
  const folder = path.replace(/\/(admin|course|login|mod|my|user|index\.php)(\/.*)?$/, '').replace(/\/+$/, '');
  return `${origin}${folder}`;
}
