// A practice Google Classroom beside a running Mustaqil, which knows it as a client of its own, and people at its frames.
import type { RequestListener } from 'node:http';
import { googleFrameOrigins, practiceAddresses } from '../../src/classroom/google-client.ts';
import { everyScope } from '../../src/classroom/scopes.ts';
import { saveGoogleClient } from '../../src/platforms/classroom/client.store.ts';
import { callbackAddress, frameAddress, framePrefix, type Frame } from '../../src/platforms/classroom/our-addresses.ts';
import { siteNames } from '../../src/practice/classroom/host/origins.ts';
import { createPracticeClassroom, type PracticeClassroom } from '../../src/practice/classroom/practice-classroom.ts';
import type { Account, Item } from '../../src/practice/classroom/state.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { listen, portOf, testKeys, type TestMustaqil } from './mustaqil.ts';

export interface TestClassroom {
  classroom: PracticeClassroom;
  /** Where people find its pages: by the name that browsers know, or where robots reach it. */
  hostUrl: string;
  registrationId: number;
  /** The address with which Google opens a frame for somebody. */
  frame(frame: Frame, opening: { account: Account; item: Item; submissionId?: string }): string;
  /** Somebody's browser, which has opened a frame and signed in for it. */
  signIn(address: string, account: Account, answer?: { scopes?: string[]; isDenied?: boolean }): Promise<Robot>;
  stop(): Promise<void>;
}

/** @param options.isInBrowser its pages, its accounts and its servers are three sites, and its own pages show us in frames */
export async function startClassroom(
  { db, clock, url }: TestMustaqil,
  { isInBrowser = false }: { isInBrowser?: boolean } = {},
): Promise<TestClassroom> {
  const server = await listen();
  const googleUrl = `http://127.0.0.1:${portOf(server)}`;
  const site = (name: keyof typeof siteNames) =>
    isInBrowser ? `http://${siteNames[name]}:${portOf(server)}` : googleUrl;
  const frameOrigin = isInBrowser ? site('classroom') : googleFrameOrigins[0];
  const { app, classroom } = createPracticeClassroom({ url: googleUrl, pagesUrl: site('classroom'), now: clock.now });
  server.on('request', app as RequestListener);
  const client = { clientId: 'mustaqil.apps.practice', clientSecret: 'a secret of the practice' };
  const registrationId = await saveGoogleClient(
    db,
    {
      ...client,
      ...practiceAddresses(googleUrl),
      ...{ name: 'Practice Classroom', frameOrigins: [frameOrigin] },
      authorizationUrl: `${site('accounts')}/o/oauth2/v2/auth`,
    },
    { sealingKey: testKeys.toolKeys, now: clock.now() },
  );
  classroom.state.clients.push({
    ...client,
    redirectUris: [callbackAddress(url)],
    scopes: everyScope(),
    uriPrefixes: [framePrefix(url, registrationId)],
  });
  classroom.state.host.addOns.push({
    ...{ clientId: client.clientId, name: 'Mustaqil', discoveryUri: frameAddress(url, registrationId, 'discovery') },
    linkUpgrade: { uri: frameAddress(url, registrationId, 'upgrade'), prefix: `${url}/` },
  });
  return {
    classroom,
    hostUrl: site('classroom'),
    registrationId,
    frame: (frame, { account, item, submissionId }) => {
      const isChoice = frame === 'discovery' || frame === 'upgrade';
      const [attachment] = item.attachments;
      const opening = { userId: account.id, itemId: item.id, ...(submissionId !== undefined && { submissionId }) };
      const uri = frameAddress(url, registrationId, frame);
      if (isChoice || !attachment) return classroom.frameAddress(uri, opening);
      const own = { teacher: attachment.teacherViewUri, student: attachment.studentViewUri };
      const address =
        frame === 'review' ? attachment.studentWorkReviewUri : own[frame === 'student' ? frame : 'teacher'];
      return classroom.frameAddress(address ?? uri, { ...opening, attachmentId: attachment.id });
    },
    signIn: async (address, account, { scopes, isDenied = false } = {}) => {
      const robot = createRobot({ now: clock.now });
      await robot.open(address);
      await robot.submit('form[data-sign-in]');
      const answer = isDenied ? 'deny' : 'allow';
      const agree = () =>
        robot.submit(`button[value="${answer}"]`, { account: account.id, ...(scopes && { scope: scopes }) });
      await agree();
      // Who agreed to less before is asked once more: a lasting token is good for what it was given for.
      if (robot.page.$('button[value="allow"]').length > 0) await agree();
      if (robot.page.$('form[data-signed-in]').length > 0) await robot.submit('form[data-signed-in]');
      return robot;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
