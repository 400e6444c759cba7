// Sakai. From its documentation and source; not yet tried on a live one.
import type { LmsDifferences } from './lms-differences.ts';
import { originOf, plain } from './plain.ts';

const noTool = /Could not load tool|Missing tool|Invalid tool key/;

export const sakai: LmsDifferences = {
  ...plain,
  key: 'sakai',
  label: 'Sakai',
  // Its configuration says the first, its older launches the second.
  families: ['sakailms.org', 'sakai'],
  /**
   * Whatever is wrong, it answers 400; only the words differ. sakai, lti/lti-blis/…/lti13/LTI13Servlet.java, handleTokenPost and
   * handleLineItemScore
   */
  accessRefusal(said) {
    if (/invalid_scope/.test(said)) return 'scope-not-granted';
    if (/Public key retrieval failed/.test(said)) return 'tool-keys-unreachable';
    return noTool.test(said) ? 'tool-inactive' : null;
  },
  scoreTrouble({ said }) {
    if (/Scope score not in access token/.test(said)) return 'scope-not-granted';
    if (/Could not load site/.test(said)) return 'column-gone';
    return noTool.test(said) ? 'tool-inactive' : null;
  },
  setup: {
    // https://support.watermarkinsights.com/hc/en-us/articles/4414776528795-Sakai-LTI-1-3-Integration-Administrator-Setup
    ours: [
      { value: 'launchUrl', field: 'Launch URL' },
      { value: 'loginUrl', field: 'LTI 1.3 Tool OpenID Connect/Initialization Endpoint' },
      { value: 'launchUrl', field: 'LTI 1.3 Tool Redirect Endpoint(s)' },
      { value: 'jwksUrl', field: 'LTI 1.3 Tool Keyset URL' },
    ],
    theirs: {
      issuer: 'LTI 1.3 Platform Issuer URL',
      clientId: 'LTI 1.3 Client ID',
      deploymentId: 'LTI 1.3 Deployment ID',
      jwksUrl: 'LTI 1.3 Platform OAuth2 Well-Known/KeySet URL',
      tokenUrl: 'LTI 1.3 Platform OAuth2 Bearer Token Retrieval URL',
      authorizationUrl: 'LTI 1.3 Platform OIDC Authentication URL',
    },
    steps: [
      { step: 'open-form', words: 'Administration Workspace → External Tools → Install LTI 1.3 Tool' },
      { step: 'copy-ours', words: 'Tool Supports LTI 1.3 · The tool can receive a Content-Item or Deep-Link launch' },
      { step: 'share-names', words: 'Send User Names to External Tool' },
      {
        step: 'grant-services',
        words:
          'Allow External Tool to return grades · Allow External Tool to create grade columns · Provide Roster to External Tool',
      },
      { step: 'copy-theirs', words: 'External Tools' },
    ],
    // The address of its token endpoint ends in the number of the tool, which only its own page says.
    endpoints({ address }) {
      const origin = originOf(address);
      if (origin === null) return {};
      return {
        issuer: origin,
        authorizationUrl: `${origin}/imsoidc/lti13/oidc_auth`,
        jwksUrl: `${origin}/imsblis/lti13/keyset`,
      };
    },
  },
};
