// Our own addresses towards Google and its teachers: what an administrator tells them of us.

/** The frames that Google opens. */
export const frames = ['discovery', 'teacher', 'student', 'review', 'upgrade'] as const;
export type Frame = (typeof frames)[number];

/** Where one frame of a client is. `discovery` is what Google calls the attachment setup URI. */
export function frameAddress(publicUrl: string, registrationId: number, frame: Frame): string {
  return `${framePrefix(publicUrl, registrationId)}${frame}`;
}

/** Where all addresses of a client begin: what an administrator allows Google to open. */
export function framePrefix(publicUrl: string, registrationId: number): string {
  return `${publicUrl}/classroom/${registrationId}/`;
}

/** Where Google sends people back from a sign-in: the redirect URI. */
export function callbackAddress(publicUrl: string): string {
  return `${publicUrl}/classroom/callback`;
}

/** The page on which a teacher assigns something, without any add-on; a path. */
export function assignPath(registrationId: number): string {
  return `/classroom/${registrationId}/assign`;
}

/** The link in an assignment that we make. It cannot be guessed, and opens nothing by itself. @param key of the assignment */
export function workAddress(publicUrl: string, registrationId: number, key: string): string {
  return `${framePrefix(publicUrl, registrationId)}work/${key}`;
}
