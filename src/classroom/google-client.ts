// A client of Google Cloud: who we are to Google, and where Google is.

export interface GoogleClient extends GoogleAddresses {
  clientId: string;
  clientSecret: string;
}

/** Where Google signs people in and serves Classroom. */
export interface GoogleAddresses {
  /** Whose word an id_token is. */
  issuer: string;
  authorizationUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  jwksUrl: string;
  /** The root of the Classroom API, without a slash at the end. */
  apiUrl: string;
}

/** @see https://accounts.google.com/.well-known/openid-configuration, and classroom.md §2.6 for the API */
export const googleAddresses: GoogleAddresses = {
  issuer: 'https://accounts.google.com',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  revokeUrl: 'https://oauth2.googleapis.com/revoke',
  jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
  apiUrl: 'https://classroom.googleapis.com',
};

/** The same of a practice Google, which has all of it under one address. @param url without a slash at the end */
export function practiceAddresses(url: string): GoogleAddresses {
  return {
    issuer: url,
    authorizationUrl: `${url}/o/oauth2/v2/auth`,
    tokenUrl: `${url}/token`,
    revokeUrl: `${url}/revoke`,
    jwksUrl: `${url}/oauth2/v3/certs`,
    apiUrl: url,
  };
}

/** Whose pages show add-ons in frames. Google publishes no list; these are what others get along with. */
export const googleFrameOrigins = ['https://classroom.google.com'] as const;
