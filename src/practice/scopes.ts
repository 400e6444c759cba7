// The service scopes that a tool may be granted.

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';

export const scopes = {
  lineItem: `${ags}/lineitem`,
  lineItemReadOnly: `${ags}/lineitem.readonly`,
  resultReadOnly: `${ags}/result.readonly`,
  score: `${ags}/score`,
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const;

/** Of AGS, sorted, as a launch mentions them. */
export const gradeScopes: readonly string[] = [
  scopes.lineItem,
  scopes.lineItemReadOnly,
  scopes.resultReadOnly,
  scopes.score,
];

/** Everything a tool may have. */
export const permittedScopes: readonly string[] = [...gradeScopes, scopes.memberships];

/**
 * What a registration that asks for `requested` is granted, in the order of a recorded answer. Moodle knows two grade
 * services, not four scopes: without `lineitem` any of the three others brings all three, `lineitem` brings all four.
 */
export function grantedScopes(requested: readonly string[]): string[] {
  const three = [scopes.score, scopes.resultReadOnly, scopes.lineItemReadOnly];
  const hasLineItem = requested.includes(scopes.lineItem);
  return [
    ...(hasLineItem || three.some((scope) => requested.includes(scope)) ? three : []),
    ...(hasLineItem ? [scopes.lineItem] : []),
    ...(requested.includes(scopes.memberships) ? [scopes.memberships] : []),
  ];
}
