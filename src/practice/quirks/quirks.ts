// In what the LMSs that this one can play differ: every behaviour that a quirk set decides, and nothing else.
import type { Role } from '../state.ts';

export interface Quirks {
  productFamilyCode: string;
  version: string;
  /** In the `ext` claim, beside the user name. */
  extension: object;
  /** The version in the words of the openid configuration. */
  configurationVersion: string;
  /** Full URIs, as launches carry them. */
  launchRoles: Record<Role, readonly string[]>;
  /** As the roster writes them. */
  rosterRoles: Record<Role, readonly string[]>;
  /** The name of the frame, or `_parent`, that keeps data for the tool by postMessage; null: nobody does. */
  storageTarget: '_parent' | null;
  token: { mediaType: string; lifetimeSeconds: number; isAudienceChecked: boolean };
  /** Whether a service wants exactly its own media type. */
  isMediaTypeExact: boolean;
  /** Whether the link to the next page of a roster repeats the role that was asked for. */
  isRoleKeptInNextLink: boolean;
  /** Whether asking the roster for a role that nobody knows lists everybody. */
  isUnknownRoleEverybody: boolean;
  /** Whether the roster lists the suspended, as Inactive. */
  isSuspendedListed: boolean;
  /** The Link header of a list of line items. */
  lineItemLinks: (pages: PageLinks) => string;
  /** Whether changing a line item wipes what the change does not mention. */
  isOmittedWiped: boolean;
  /** Refusing a line item for a resource link of another tool or course. */
  foreignLinkStatus: 403 | 404;
  /** Deleting the column that was made with an activity: it stays either way. */
  coupledDeleteStatus: 204 | 403;
  /** Whether asking for results page by page works; where it does not, it is a fatal error. */
  isResultsLimitUsable: boolean;
  scoreStatus: 200 | 204;
  unknownPersonStatus: 400 | 404;
  /** Whether a score that is not fully graded takes the grade away. */
  isUngradedErasing: boolean;
  /** Whether a column's maximum is a whole number from 1 to 100, and dates and labels of deep links are lost. */
  isDeepLinkingPlain: boolean;
  /** Whether line ends inside a deep link's custom values begin new parameters. */
  isCustomSplitAtLineEnds: boolean;
  /** Whether a deep linking response must be meant for this LMS, in time, and bring back the `data`. */
  isContentChecked: boolean;
  deepLinkingSettings: object;
  /** Substitution variables beyond Moodle's. */
  hasDateVariables: boolean;
  /** Whether the openid configuration mentions submission review. */
  isReviewAdvertised: boolean;
  /** Whether learners are kept from asking for the review of somebody else. */
  isReviewerChecked: boolean;
}

/** Where a page of a list stands among the others; null: there is none. */
export interface PageLinks {
  first: string;
  previous: string | null;
  current: string;
  next: string | null;
  last: string;
}

export const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
