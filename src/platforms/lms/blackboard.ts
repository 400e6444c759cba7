// Blackboard Learn (Anthology). From Anthology's documentation and what other tools do; not yet tried on a live one.
import type { LmsDifferences } from './lms-differences.ts';
import { plain } from './plain.ts';

/** One portal answers for every Learn there is: https://docs.blackboard.com/lti/lti-registration-and-deployment */
const portal = 'https://developer.blackboard.com/api/v1';

export const blackboard: LmsDifferences = {
  ...plain,
  key: 'blackboard',
  label: 'Blackboard Learn',
  families: ['BlackboardLearn'],
  // A chosen link without `url` is an "Invalid Link": https://github.com/Cvmcosta/ltijs/issues/237
  sendsLinkUrl: true,
  // "User could not be found" comes with 400, which the plain rule reads so: https://github.com/hypothesis/lms/pull/5333
  setup: {
    // https://docs.anthology.com/docs/blackboard/lti/1.3/register-an-application
    ours: [
      { value: 'domain', field: 'Domain(s)' },
      { value: 'loginUrl', field: 'Login Initiation URL' },
      { value: 'launchUrl', field: 'Tool Redirect URL(s)' },
      { value: 'jwksUrl', field: 'Tool JWKS URL' },
      { value: 'deepLinkUrl', field: 'Target Link URI' },
    ],
    theirs: {
      clientId: 'Application ID',
      issuer: 'Issuer',
      jwksUrl: 'Public keyset URL',
      tokenUrl: 'Auth token endpoint',
      authorizationUrl: 'OIDC auth request endpoint',
      deploymentId: 'Deployment ID',
    },
    steps: [
      { step: 'open-form', words: 'developer.blackboard.com → My Applications → +' },
      { step: 'copy-ours', words: 'My integration supports LTI 1.3 · Signing Algorithm: RS256' },
      {
        step: 'deploy',
        words: 'System Admin → LTI Tool Providers → Register LTI 1.3/Advantage Tool · Client ID: Application ID',
      },
      { step: 'share-names', words: 'User Fields to Send: Role in Course · Name' },
      { step: 'grant-services', words: 'Allow grade service access: Yes · Allow Membership Service Access: Yes' },
      { step: 'switch-on', words: 'Tool Status: Approved' },
      { step: 'add-placements', words: 'Manage Placements → Create Placement → Deep Linking content tool' },
      { step: 'copy-theirs', words: '' },
    ],
    endpoints: ({ clientId }) => ({
      issuer: 'https://blackboard.com',
      authorizationUrl: `${portal}/gateway/oidcauth`,
      tokenUrl: `${portal}/gateway/oauth2/jwttoken`,
      ...(clientId !== '' && {
        jwksUrl: `${portal}/management/applications/${encodeURIComponent(clientId)}/jwks.json`,
      }),
    }),
  },
};
