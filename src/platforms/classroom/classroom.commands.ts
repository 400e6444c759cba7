// `mustaqil classroom …`: our clients at Google Cloud.
import type { Command } from 'commander';
import {
  googleAddresses,
  googleFrameOrigins,
  practiceAddresses,
  type GoogleAddresses,
} from '../../classroom/google-client.ts';
import { everyScope } from '../../classroom/scopes.ts';
import { isAllowedEndpoint } from '../../lti/endpoints.ts';
import type { PlatformCommandTools } from '../command-tools.ts';
import { getRegistration } from '../platform.store.ts';
import { saveGoogleClient } from './client.store.ts';
import { googleClientProblems, typedGoogleClient, type GoogleFieldProblem } from './google-client-form.ts';
import { callbackAddress, frameAddress, framePrefix } from './our-addresses.ts';

interface Options {
  name: string;
  clientId: string;
  clientSecret: string;
  googleUrl?: string;
  json?: true;
}

/** Adds the group to the program. */
export function classroomCommands(program: Command, tools: PlatformCommandTools): void {
  program
    .command('classroom')
    .description('Google Classroom')
    .command('add')
    .description(
      'connect Google Classroom by a client of Google Cloud, or bring it up to date; the guide is at /admin/google',
    )
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--client-id <id>', 'ends with .apps.googleusercontent.com')
    .requiredOption('--client-secret <secret>', 'a single - reads it from standard input, so that no history keeps it')
    .option('--google-url <url>', 'where a practice Google on this machine is, for a trial')
    .option('--json')
    .action((options: Options) => add(options, tools));
}

async function add(options: Options, tools: PlatformCommandTools): Promise<void> {
  const { publicUrl, sealingKey, now, print, fail } = tools;
  const addresses = addressesFor(options.googleUrl, tools);
  const typed = typedGoogleClient(options);
  const isGoogle = options.googleUrl === undefined;
  const [problem] = Object.entries(googleClientProblems(typed, { isGoogle, hasSecret: false }));
  if (problem) fail(`--${optionOf[problem[0]] ?? problem[0]}: ${words[problem[1]]}`);
  const frameOrigins = isGoogle ? [...googleFrameOrigins] : [new URL(addresses.issuer).origin];
  const db = await tools.database();
  const registrationId = await saveGoogleClient(
    db,
    { ...addresses, ...typed, frameOrigins },
    { sealingKey, now: now() },
  );
  const state = (await getRegistration(db, registrationId))?.state;
  const ours = {
    redirectUri: callbackAddress(publicUrl),
    attachmentSetupUri: frameAddress(publicUrl, registrationId, 'discovery'),
    attachmentUriPrefix: framePrefix(publicUrl, registrationId),
    linkUpgradeUri: frameAddress(publicUrl, registrationId, 'upgrade'),
    scopes: everyScope(),
  };
  const { name, clientId } = typed;
  if (options.json) {
    print(JSON.stringify({ registrationId, name, issuer: addresses.issuer, clientId, state, tool: ours }));
    return;
  }
  print(
    state === 'active'
      ? `${name} is connected. In Google Cloud, enter:`
      : `${name} is up to date, but ${state}: let it in with platform enable. In Google Cloud, enter:`,
  );
  print(`  Authorized redirect URI        ${ours.redirectUri}`);
  print(`  Attachment setup URI           ${ours.attachmentSetupUri}`);
  print(`  Allowed attachment URI prefix  ${ours.attachmentUriPrefix}`);
  print(`  Link upgrade iframe URL        ${ours.linkUpgradeUri}`);
  print(`  Scopes, in the consent screen and in the Marketplace SDK:`);
  for (const scope of ours.scopes) print(`    ${scope}`);
  print(`The guide, step by step: ${publicUrl}/admin/registrations/${registrationId}/guide`);
}

/** A practice Google is one on this machine, and only while we are on it for a trial, too. */
function addressesFor(url: string | undefined, { allowHttpLoopback, fail }: PlatformCommandTools): GoogleAddresses {
  if (url === undefined) return googleAddresses;
  const isLocal = url.startsWith('http:') && isAllowedEndpoint(url, { allowHttpLoopback });
  if (!isLocal) fail(`${url} cannot be used: a practice Google is at an http address of this machine, for a trial.`);
  return practiceAddresses(url.replace(/\/+$/, ''));
}

const optionOf: Record<string, string> = { clientId: 'client-id', clientSecret: 'client-secret' };

const words: Record<GoogleFieldProblem, string> = {
  missing: 'it is missing.',
  'too-long': 'it is too long.',
  'not-a-client-id': 'Google’s client ids end with .apps.googleusercontent.com.',
  'not-a-secret': 'no secret of Google looks like this; a single - reads it from standard input.',
  'type-again': 'it is all right.',
};
