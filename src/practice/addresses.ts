// The addresses of the LMS, spelled as Moodle spells them.
import type { LineItem } from './state.ts';

/** The one tool that is registered: Moodle's "tool type", which is its deployment too. */
export const toolTypeId = '1';

/** The addresses that a registration and a launch mention, for an LMS at `url`. */
export function addresses(url: string) {
  const services = `${url}/mod/lti/services.php`;
  return {
    authorization: `${url}/mod/lti/auth.php`,
    token: `${url}/mod/lti/token.php`,
    jwks: `${url}/mod/lti/certs.php`,
    outcomes: `${url}/mod/lti/service.php`,
    returning: (courseId: string, query: string): string => `${url}/mod/lti/return.php?course=${courseId}&${query}`,
    lineItems: (courseId: string): string => `${services}/${courseId}/lineitems?type_id=${toolTypeId}`,
    lineItem: (item: LineItem): string =>
      `${services}/${item.courseId}/lineitems/${item.id}/lineitem?type_id=${toolTypeId}`,
    result: (item: LineItem, personId: string): string =>
      `${services}/${item.courseId}/lineitems/${item.id}/lineitem/results?type_id=${toolTypeId}&user_id=${personId}`,
    memberships: (courseId: string): string =>
      `${services}/CourseSection/${courseId}/bindings/${toolTypeId}/memberships`,
  };
}
