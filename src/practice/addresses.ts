// The addresses of the LMS, spelled as Moodle spells them.
import type { LineItem } from './state.ts';

/** The addresses that registrations, launches and services mention, for an LMS at `url`. */
export function addresses(url: string) {
  const services = `${url}/mod/lti/services.php`;
  return {
    authorization: `${url}/mod/lti/auth.php`,
    token: `${url}/mod/lti/token.php`,
    /** Another name of the token endpoint, for assertions: it need not be an address (lti-dr, as in Canvas). */
    authorizationServer: `${url}/authorization-server`,
    jwks: `${url}/mod/lti/certs.php`,
    outcomes: `${url}/mod/lti/service.php`,
    configuration: `${url}/mod/lti/openid-configuration.php`,
    registration: `${url}/mod/lti/openid-registration.php`,
    returning: (courseId: string, query: string): string => `${url}/mod/lti/return.php?course=${courseId}&${query}`,
    contentReturn: (courseId: string, toolId: string, sessionKey: string): string =>
      `${url}/mod/lti/contentitem_return.php?course=${courseId}&id=${toolId}&sesskey=${sessionKey}`,
    lineItems: (courseId: string, toolId: string): string => `${services}/${courseId}/lineitems?type_id=${toolId}`,
    lineItem: (item: LineItem): string =>
      `${services}/${item.courseId}/lineitems/${item.id}/lineitem?type_id=${item.toolId}`,
    results: (item: LineItem): string =>
      `${services}/${item.courseId}/lineitems/${item.id}/lineitem/results?type_id=${item.toolId}`,
    result: (item: LineItem, personId: string): string =>
      `${services}/${item.courseId}/lineitems/${item.id}/lineitem/results?type_id=${item.toolId}&user_id=${personId}`,
    memberships: (courseId: string, toolId: string): string =>
      `${services}/CourseSection/${courseId}/bindings/${toolId}/memberships`,
  };
}
