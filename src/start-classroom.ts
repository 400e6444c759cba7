// The practice Google Classroom of a trial: what an administrator does at Google and here to connect the two, at every start, since the
// addresses may have changed.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Express } from 'express';
import { practiceAddresses } from './classroom/google-client.ts';
import { everyScope } from './classroom/scopes.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { saveGoogleClient } from './platforms/classroom/client.store.ts';
import { callbackAddress, frameAddress, framePrefix } from './platforms/classroom/our-addresses.ts';
import { siteNames } from './practice/classroom/host/origins.ts';
import { createPracticeClassroom, type PracticeClassroom } from './practice/classroom/practice-classroom.ts';
import { readStoredState } from './practice/classroom/stored-state.ts';
import { jsonFile } from './practice/store.ts';

/** Where it is: for browsers, whose names for it are three sites, and for servers. */
export interface ClassroomAddresses {
  pagesUrl: string;
  accountsUrl: string;
  serverUrl: string;
}

export function classroomAddresses(port: number): ClassroomAddresses {
  const [pagesUrl, accountsUrl] = [`http://${siteNames.classroom}:${port}`, `http://${siteNames.accounts}:${port}`];
  return { pagesUrl, accountsUrl, serverUrl: `http://127.0.0.1:${port}` };
}

/** Ready to be listened on, and known to us as a client of its own. @param given.url where browsers reach us */
export async function createTrialClassroom(
  { db, config, url, now }: { db: Database; config: Config; url: string; now: () => Date },
  { pagesUrl, accountsUrl, serverUrl }: ClassroomAddresses,
): Promise<{ app: Express; classroom: PracticeClassroom }> {
  const store = jsonFile(join(config.dataDir, 'practice-classroom.json'), readStoredState);
  const made = createPracticeClassroom({ url: serverUrl, pagesUrl, now, store });
  const { state } = made.classroom;
  const { clientId, clientSecret } = state.clients[0] ?? {
    clientId: 'mustaqil.apps.practice',
    clientSecret: randomBytes(24).toString('base64url'),
  };
  const registrationId = await saveGoogleClient(
    db,
    {
      ...{ clientId, clientSecret, name: 'Practice Google Classroom', frameOrigins: [pagesUrl] },
      ...practiceAddresses(serverUrl),
      authorizationUrl: `${accountsUrl}/o/oauth2/v2/auth`,
    },
    { sealingKey: config.keys.toolKeys, now: now() },
  );
  const uriPrefixes = [framePrefix(url, registrationId)];
  state.clients = [{ clientId, clientSecret, redirectUris: [callbackAddress(url)], scopes: everyScope(), uriPrefixes }];
  state.host.addOns = [
    {
      ...{ clientId, name: 'Mustaqil', discoveryUri: frameAddress(url, registrationId, 'discovery') },
      linkUpgrade: { uri: frameAddress(url, registrationId, 'upgrade'), prefix: `${url}/` },
    },
  ];
  return made;
}
