// D2L Brightspace. From D2L's documentation and what other tools do; not yet tried on a live one.
import type { LmsDifferences } from './lms-differences.ts';
import { originOf, plain } from './plain.ts';

/**
 * Tokens come from one server for all customers, which wants to be addressed by another name than its own.
 * https://github.com/openwebwork/webwork2/pull/2342
 */
const tokenUrl = 'https://auth.brightspace.com/core/connect/token';
const tokenAudience = 'https://api.brightspace.com/auth/token';

export const brightspace: LmsDifferences = {
  ...plain,
  key: 'brightspace',
  label: 'D2L Brightspace',
  families: ['desire2learn', 'brightspace'],
  // One audience and no list: https://github.com/oat-sa/lib-lti1p3-core/issues/187
  tokenAudience: (said) =>
    said.tokenAudience === said.tokenUrl && said.tokenUrl === tokenUrl ? tokenAudience : said.tokenAudience,
  /**
   * Two sentences about the learner; the other 403 is a permission of the tool. Seen by another tool:
   * https://github.com/hypothesis/lms/pull/5333
   */
  scoreTrouble({ status, said }) {
    if (/User in requested score (is not enrolled|does not exist)/.test(said)) return 'person-refused';
    return status === 403 ? 'other' : null;
  },
  setup: {
    // https://documentation.brightspace.com/EN/integrations/ipsis/LTI%20Advantage/LTI_register_external_learning_tool.htm
    ours: [
      { value: 'domain', field: 'Domain' },
      { value: 'launchUrl', field: 'Redirect URLs' },
      { value: 'loginUrl', field: 'OpenID Connect Login URL' },
      { value: 'launchUrl', field: 'Target Link URI' },
      { value: 'jwksUrl', field: 'Keyset URL' },
    ],
    theirs: {
      clientId: 'Client Id',
      jwksUrl: 'Brightspace Keyset URL',
      tokenUrl: 'Brightspace OAuth2 Access Token URL',
      authorizationUrl: 'OpenID Connect Authentication Endpoint',
      tokenAudience: 'Brightspace OAuth2 Audience',
      issuer: 'Issuer',
      deploymentId: 'Deployment ID',
    },
    steps: [
      { step: 'open-form', words: 'Admin Tools → Manage Extensibility → LTI Advantage → Register Tool → Standard' },
      { step: 'copy-ours', words: '' },
      {
        step: 'grant-services',
        words: 'Extensions: Assignment and Grade Services · Deep Linking · Names and Role Provisioning Services',
      },
      { step: 'deploy', words: 'View Deployments → New Deployment' },
      {
        step: 'share-names',
        words: 'Security Settings: Org Unit Information · User Information: Name · Link Information',
      },
      { step: 'copy-theirs', words: '' },
    ],
    endpoints({ address }) {
      const origin = originOf(address);
      if (origin === null) return {};
      return {
        issuer: origin,
        authorizationUrl: `${origin}/d2l/lti/authenticate`,
        tokenUrl,
        tokenAudience,
        jwksUrl: `${origin}/d2l/.well-known/jwks`,
      };
    },
  },
};
