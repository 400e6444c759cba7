// An LMS that does what the specifications say, and offers what they allow.
import { membership, type Quirks } from './quirks.ts';

const roles = {
  teacher: [`${membership}#Instructor`],
  assistant: [
    'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant',
    `${membership}#Instructor`,
  ],
  author: [`${membership}#ContentDeveloper`],
  student: [`${membership}#Learner`],
  mentor: [`${membership}#Mentor`],
  guest: [],
};

export const spec: Quirks = {
  productFamilyCode: 'practice',
  version: '1.0',
  extension: {},
  configurationVersion: '1.0',
  launchRoles: roles,
  rosterRoles: roles,
  storageTarget: '_parent',
  token: { mediaType: 'application/json', lifetimeSeconds: 600, isAudienceChecked: true },
  isMediaTypeExact: false,
  isRoleKeptInNextLink: true,
  isUnknownRoleEverybody: false,
  isSuspendedListed: true,
  lineItemLinks: ({ next }) => (next === null ? '' : `<${next}>; rel="next"`),
  isOmittedWiped: false,
  foreignLinkStatus: 404,
  coupledDeleteStatus: 403,
  isResultsLimitUsable: true,
  scoreStatus: 204,
  unknownPersonStatus: 404,
  isUngradedErasing: false,
  isDeepLinkingPlain: false,
  isCustomSplitAtLineEnds: false,
  isContentChecked: true,
  deepLinkingSettings: {
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['iframe', 'window'],
    accept_multiple: true,
    accept_lineitem: true,
    auto_create: true,
  },
  hasDateVariables: true,
  isReviewAdvertised: true,
  isReviewerChecked: true,
};
