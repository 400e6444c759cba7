// What a person is called on our pages.

/**
 * The name as the LMS writes it; where it gives only parts, given name before family name; null if it gives none.
 */
export function personName(said: {
  name: string | null;
  givenName: string | null;
  familyName: string | null;
}): string | null {
  return said.name ?? ([said.givenName, said.familyName].filter(Boolean).join(' ') || null);
}
