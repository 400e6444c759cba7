// Our own addresses towards Google: what an administrator tells Google of us.

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
