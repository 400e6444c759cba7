// The plain spec, for every LMS that has no file of its own here.
import type { LmsDifferences } from './lms-differences.ts';
import { plain } from './plain.ts';

/** Field names are those of the LTI security framework 1.0, https://www.imsglobal.org/spec/security/v1p0/ */
export const spec: LmsDifferences = {
  ...plain,
  key: 'spec',
  label: 'LTI 1.3',
  families: [],
  setup: {
    ours: [
      { value: 'launchUrl', field: 'Target link URI' },
      { value: 'loginUrl', field: 'Login initiation URL' },
      { value: 'launchUrl', field: 'Redirect URI' },
      { value: 'jwksUrl', field: 'Public keyset (JWKS) URL' },
      { value: 'deepLinkUrl', field: 'Deep linking URL' },
      { value: 'domain', field: 'Domain' },
    ],
    theirs: {
      issuer: 'Issuer',
      clientId: 'Client ID',
      deploymentId: 'Deployment ID',
      authorizationUrl: 'OIDC authentication request URL',
      tokenUrl: 'OAuth 2 access token URL',
      tokenAudience: 'OAuth 2 audience',
      jwksUrl: 'Public keyset (JWKS) URL',
    },
    steps: [
      { step: 'copy-ours', words: 'LTI 1.3' },
      {
        step: 'grant-services',
        words: 'Assignment and Grade Services · Names and Role Provisioning Services · Deep Linking',
      },
      { step: 'share-names', words: '' },
      { step: 'copy-theirs', words: '' },
    ],
    endpoints: () => ({}),
  },
};
