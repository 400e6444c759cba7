// One process plays three of Google's sites, which browsers tell apart by name: pages of Classroom, accounts, and servers.
import type { RequestHandler } from 'express';

const accounts = /^\/o\//;
const looks = /^\/static\//;
const servers = /^\/(?:token|revoke|tokeninfo|oauth2|v1)(?:\/|$)/;

/**
 * Under the name of one site nothing of another is found. Any other name, such as the address that servers use, has all three: for what
 * is no browser and knows no names.
 */
export const separateOrigins: RequestHandler = ({ hostname, path }, res, next) => {
  const isAway =
    (hostname === siteNames.classroom && (accounts.test(path) || servers.test(path))) ||
    (hostname === siteNames.accounts && !accounts.test(path) && !looks.test(path));
  if (isAway) res.status(404).type('text').end('Not Found');
  else next();
};

/** Names of this machine, which browsers take for different sites. */
export const siteNames = { classroom: 'classroom.localhost', accounts: 'accounts.localhost' } as const;
