// A client of Google Cloud: who we are to Google, and where Google is.

export interface GoogleClient {
  clientId: string;
  clientSecret: string;
  /** Whose word an id_token is. */
  issuer: string;
  authorizationUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  jwksUrl: string;
  /** The root of the Classroom API, without a slash at the end. */
  apiUrl: string;
}

/** Whose pages show add-ons in frames. Google publishes no list; these are what others get along with. */
export const googleFrameOrigins = ['https://classroom.google.com'] as const;
