// Canvas. From Instructure's documentation and the source of Canvas; not yet tried on a live one.
import type { LmsDifferences } from './lms-differences.ts';
import { originOf, plain } from './plain.ts';

/**
 * All customers in the cloud share one issuer for each environment, and its endpoints live at another host than it says.
 * https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.lti_dev_key_config
 */
const clouds = [
  { issuerHost: 'canvas.instructure.com', endpointHost: 'sso.canvaslms.com' },
  { issuerHost: 'canvas.beta.instructure.com', endpointHost: 'sso.beta.canvaslms.com' },
  { issuerHost: 'canvas.test.instructure.com', endpointHost: 'sso.test.canvaslms.com' },
] as const;

export const canvas: LmsDifferences = {
  ...plain,
  key: 'canvas',
  label: 'Canvas',
  families: ['canvas'],
  /**
   * Each score counts as a new submission unless told otherwise, and assignments may allow only so many; `submitted_at` is
   * refused when it lies in the future. https://developerdocs.instructure.com/services/canvas/resources/score
   */
  scoreExtras: ({ submittedAt, isRetry }) => ({
    'https://canvas.instructure.com/lti/submission': {
      new_submission: !isRetry,
      ...(submittedAt !== null && { submitted_at: submittedAt.toISOString() }),
    },
  }),
  // It answers `invalid_client` with these words when our key set is out of reach or unreadable:
  // canvas-lms, lib/canvas/oauth/asymmetric_client_credentials_provider.rb
  accessRefusal: (said) => (/JWK Error/.test(said) ? 'tool-keys-unreachable' : null),
  /**
   * A later score is there: 400, where others say 409. A key that is off, or a tool that was taken out of the course: 401. Attempts
   * used up: 422, as for a stranger. canvas-lms, app/controllers/lti/ims/scores_controller.rb, concerns/advantage_services.rb;
   * https://github.com/instructure/canvas-lms/issues/1659
   */
  scoreTrouble({ status, said }) {
    if (status === 400 && /before last updated timestamp/.test(said)) return 'superseded';
    if (status === 401 && /Invalid Developer Key|not linked to a Tool/.test(said)) return 'tool-inactive';
    return status === 422 && !/not a student/.test(said) ? 'other' : null;
  },
  issuerConfigurationHosts: (issuerHost) =>
    clouds.filter((cloud) => cloud.issuerHost === issuerHost).map(({ endpointHost }) => endpointHost),
  // Its configuration names a bare host, its token endpoint expects its own address to the letter:
  // https://github.com/instructure/canvas-lms/issues/1925
  tokenAudience: ({ tokenUrl, tokenAudience }) => (URL.canParse(tokenAudience) ? tokenAudience : tokenUrl),
  // Without a privacy level everybody is anonymous, and a message without placements can be started nowhere.
  // https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.registration
  registration: {
    configuration: { 'https://canvas.instructure.com/lti/privacy_level': 'name_only' },
    placements: { LtiDeepLinkingRequest: ['assignment_selection', 'link_selection'] },
  },
  setup: {
    // https://ltiaas.com/docs/lms_setup/canvas_setup/
    ours: [
      { value: 'launchUrl', field: 'Redirect URIs' },
      { value: 'launchUrl', field: 'Target Link URI' },
      { value: 'loginUrl', field: 'OpenID Connect Initiation Url' },
      { value: 'jwksUrl', field: 'Public JWK URL' },
    ],
    theirs: { clientId: 'Client ID', deploymentId: 'Deployment ID' },
    steps: [
      { step: 'open-form', words: 'Admin → Developer Keys → + Developer Key → + LTI Key' },
      { step: 'copy-ours', words: 'Method: Manual Entry · JWK Method: Public JWK URL' },
      { step: 'grant-services', words: 'LTI Advantage Services' },
      { step: 'share-names', words: 'Additional Settings → Privacy Level: Name Only' },
      { step: 'add-placements', words: 'Assignment Selection · Link Selection: LtiDeepLinkingRequest' },
      { step: 'switch-on', words: 'State: ON' },
      { step: 'deploy', words: 'Settings → Apps → View App Configurations → + App → By Client ID' },
      { step: 'copy-theirs', words: '' },
    ],
    endpoints({ address }) {
      const origin = originOf(address);
      if (origin === null) return {};
      const cloud = cloudOf(new URL(origin).hostname);
      const base = cloud ? `https://${cloud.endpointHost}` : origin;
      return {
        ...(cloud && { issuer: `https://${cloud.issuerHost}` }),
        authorizationUrl: `${base}/api/lti/authorize_redirect`,
        tokenUrl: `${base}/login/oauth2/token`,
        jwksUrl: `${base}/api/lti/security/jwks`,
      };
    },
  },
};

/** `school.instructure.com`, `school.beta.instructure.com`, …: undefined for a Canvas of somebody's own. */
function cloudOf(hostname: string) {
  const environment = /^[^.]+(?:\.(beta|test))?\.instructure\.com$/.exec(hostname);
  if (!environment) return undefined;
  return clouds.find(
    ({ issuerHost }) => issuerHost === ['canvas', environment[1], 'instructure.com'].filter(Boolean).join('.'),
  );
}
