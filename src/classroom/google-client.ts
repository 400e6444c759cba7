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

/** Where Google is, for everybody. @see https://accounts.google.com/.well-known/openid-configuration */
export const googleAddresses = {
  issuer: 'https://accounts.google.com',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  revokeUrl: 'https://oauth2.googleapis.com/revoke',
  jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
  apiUrl: 'https://classroom.googleapis.com',
} as const satisfies Omit<GoogleClient, 'clientId' | 'clientSecret'>;

/** Whose pages show add-ons in frames. Google publishes no list; these are what others get along with. */
export const googleFrameOrigins = ['https://classroom.google.com'] as const;
