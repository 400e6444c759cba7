// The service scopes that the tool was granted, in Moodle's order.

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';

export const scopes = {
  lineItem: `${ags}/lineitem`,
  lineItemReadOnly: `${ags}/lineitem.readonly`,
  resultReadOnly: `${ags}/result.readonly`,
  score: `${ags}/score`,
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const;

/** What a launch mentions in its AGS claim, sorted. */
export const gradeScopes: readonly string[] = [
  scopes.lineItem,
  scopes.lineItemReadOnly,
  scopes.resultReadOnly,
  scopes.score,
];

/** What a token may be asked for. */
export const permittedScopes: readonly string[] = [...gradeScopes, scopes.memberships];
