// Moodle 5.1, as recorded from one and read in its source (lti.md §2).
import { membership, type PageLinks, type Quirks } from './quirks.ts';

const instructor = [`${membership}#Instructor`];
const learner = [`${membership}#Learner`];

export const moodle: Quirks = {
  productFamilyCode: 'moodle',
  version: '2025100600.02',
  extension: { lms: 'moodle-2' },
  configurationVersion: '5.1+ (Build: 20251017)',
  // By the capability mod/lti:manage here and moodle/course:manageactivities there: they differ on assistants.
  launchRoles: {
    teacher: instructor,
    assistant: instructor,
    author: instructor,
    student: learner,
    mentor: learner,
    guest: learner,
  },
  rosterRoles: {
    teacher: ['Instructor'],
    assistant: ['Learner'],
    author: ['Instructor'],
    student: ['Learner'],
    mentor: ['Learner'],
    guest: ['Learner'],
  },
  storageTarget: null,
  token: { mediaType: 'text/html', lifetimeSeconds: 3600, isAudienceChecked: false },
  isMediaTypeExact: true,
  isRoleKeptInNextLink: false,
  isUnknownRoleEverybody: true,
  isSuspendedListed: false,
  lineItemLinks: curlyLinks,
  isOmittedWiped: true,
  foreignLinkStatus: 403,
  coupledDeleteStatus: 204,
  isResultsLimitUsable: false,
  scoreStatus: 200,
  unknownPersonStatus: 400,
  isUngradedErasing: true,
  isDeepLinkingPlain: true,
  isCustomSplitAtLineEnds: true,
  isContentChecked: false,
  deepLinkingSettings: {
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['frame', 'iframe', 'window'],
    accept_copy_advice: false,
    accept_multiple: true,
    accept_unsigned: false,
    auto_create: false,
    can_confirm: false,
  },
  hasDateVariables: false,
  isReviewAdvertised: false,
  isReviewerChecked: false,
};

/** With typographic quotes, as UTF-8 in a header of bytes, and with addresses escaped for HTML (lineitems.php). */
function curlyLinks(pages: PageLinks): string {
  const links = [
    ['first', pages.first],
    ['prev', pages.previous],
    ['canonical', pages.current],
    ['next', pages.next],
    ['last', pages.last],
  ];
  const text = links
    .filter(([, url]) => url)
    .map(([rel, url]) => `<${url?.replaceAll('&', '&amp;')}>; rel=“${rel}”`)
    .join(', ');
  return Buffer.from(text, 'utf8').toString('latin1');
}
