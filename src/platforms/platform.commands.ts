// `mustaqil platform …`: which LMSs may launch us.
import type { Command } from 'commander';
import { isAllowedEndpoint } from '../lti/endpoints.ts';
import type { PlatformCommandTools } from './command-tools.ts';
import { createInvite } from './invites.store.ts';
import { inviteAddress } from './invites.ts';
import {
  listRegistrations,
  findDeployment,
  savePlatform,
  setDeploymentState,
  setRegistrationState,
  type RegistrationOverview,
} from './platform.store.ts';

const hourMs = 60 * 60 * 1000;
const mostHours = 24 * 365;

/** Adds the group to the program. */
export function platformCommands(program: Command, tools: PlatformCommandTools): void {
  const platform = program.command('platform').description('the LMSs that may launch us');
  addInvite(platform, tools);
  addAdd(platform, tools);
  addList(platform, tools);
  addSwitch(
    platform,
    tools,
    'enable',
    'active',
    'let an LMS in: one that waits for approval, or one that was disabled',
  );
  addSwitch(platform, tools, 'disable', 'disabled', 'keep an LMS out from its next request on');
}

function addInvite(platform: Command, { database, now, publicUrl, print, fail }: PlatformCommandTools) {
  platform
    .command('invite')
    .description('make a link by which one LMS registers itself, once')
    .option('--name <name>', 'what people call the LMS', '')
    .option('--hours <hours>', 'how long the link is good', '72')
    .option('--without-approval', 'let it in at once; else it waits for: platform enable')
    .option('--json')
    .action(async (options: { name: string; hours: string; withoutApproval?: true; json?: true }) => {
      const hours = Number(options.hours);
      if (!(hours > 0 && hours <= mostHours)) fail(`--hours ${options.hours}: give a number of hours, at most a year.`);
      const at = now();
      const { secret } = await createInvite(await database(), {
        name: options.name.trim(),
        needsApproval: !options.withoutApproval,
        lifetimeMs: hours * hourMs,
        now: at,
      });
      const url = inviteAddress(publicUrl, secret);
      const expiresAt = new Date(at.getTime() + hours * hourMs).toISOString();
      if (options.json) print(JSON.stringify({ url, expiresAt, needsApproval: !options.withoutApproval }));
      else {
        print(`Paste this into the LMS, where it adds an LTI Advantage tool. It is good once, until ${expiresAt}:`);
        print(url);
      }
    });
}

function addAdd(platform: Command, tools: PlatformCommandTools) {
  const { print, fail } = tools;
  platform
    .command('add')
    .description('register an LMS, or bring its registration up to date')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--issuer <url>', 'issuer, which some LMSs call platform ID')
    .requiredOption('--client-id <id>')
    .requiredOption('--deployment <id>')
    .requiredOption('--auth-url <url>', 'authentication request URL')
    .requiredOption('--token-url <url>', 'access token URL')
    .requiredOption('--jwks-url <url>', 'public keyset URL')
    .option('--token-audience <text>', 'what the token endpoint expects as audience, if not its own URL')
    .option('--json')
    .action(
      async (
        options: Record<'name' | 'issuer' | 'clientId' | 'deployment' | 'authUrl' | 'tokenUrl' | 'jwksUrl', string> & {
          tokenAudience?: string;
          json?: true;
        },
      ) => {
        for (const url of [options.authUrl, options.tokenUrl, options.jwksUrl]) {
          if (isAllowedEndpoint(url, tools)) continue;
          fail(`${url} cannot be used: give an https address (http only on this machine, for a trial).`);
        }
        const details = {
          name: options.name,
          issuer: options.issuer,
          clientId: options.clientId,
          deploymentId: options.deployment,
          authorizationUrl: options.authUrl,
          tokenUrl: options.tokenUrl,
          tokenAudience: options.tokenAudience ?? options.tokenUrl,
          jwksUrl: options.jwksUrl,
        };
        const saved = await savePlatform(await tools.database(), details, {
          sealingKey: tools.sealingKey,
          now: tools.now(),
        });
        const ours = {
          loginUrl: `${tools.publicUrl}/lti/login`,
          launchUrl: `${tools.publicUrl}/lti/launch`,
          jwksUrl: `${tools.publicUrl}/lti/jwks`,
        };
        if (options.json) print(JSON.stringify({ ...details, state: saved.state, tool: ours }));
        else {
          print(
            saved.state === 'active'
              ? `${options.name} may launch us now. In the LMS, enter:`
              : `${options.name} is up to date, but ${saved.state}: let it in with platform enable. In the LMS, enter:`,
          );
          print(`  Tool URL and redirect URI  ${ours.launchUrl}`);
          print(`  Initiate login URL         ${ours.loginUrl}`);
          print(`  Public keyset URL          ${ours.jwksUrl}`);
        }
      },
    );
}

function addList(platform: Command, { database, print }: PlatformCommandTools) {
  platform
    .command('list')
    .description('show every registration and deployment')
    .option('--json')
    .action(async ({ json }: { json?: true }) => {
      const registrations = await listRegistrations(await database());
      if (json) {
        print(JSON.stringify(registrations.flatMap(rowsOf)));
        return;
      }
      if (registrations.length === 0) print('No LMS is registered yet. Make a link for one with: platform invite');
      for (const { name, protocol, issuer, clientId, state, deployments } of registrations) {
        const what = protocol === 'classroom' ? `${issuer} (Google Classroom)` : issuer;
        print(`${name}: ${what}, client ${clientId}, ${state}`);
        for (const deployment of deployments) print(`  deployment ${deployment.deploymentId}, ${deployment.state}`);
      }
    });
}

/** A row for each deployment; one without, for an LMS that has not named any yet. */
function rowsOf({ name, protocol, issuer, clientId, state: registrationState, deployments }: RegistrationOverview) {
  const known = deployments.length > 0 ? deployments : [{ deploymentId: null, state: null }];
  return known.map(({ deploymentId, state }) => {
    return { name, protocol, issuer, clientId, deploymentId, state, registrationState };
  });
}

function addSwitch(
  platform: Command,
  { database, print, fail }: PlatformCommandTools,
  verb: 'enable' | 'disable',
  state: 'active' | 'disabled',
  description: string,
) {
  platform
    .command(verb)
    .description(description)
    .requiredOption('--issuer <url>')
    .requiredOption('--client-id <id>')
    .option('--deployment <id>', 'only this deployment of it')
    .option('--json')
    .action(async (options: { issuer: string; clientId: string; deployment?: string; json?: true }) => {
      const db = await database();
      const { issuer, clientId, deployment: deploymentId } = options;
      const registration = (await listRegistrations(db)).find(
        (one) => one.issuer === issuer && one.clientId === clientId,
      );
      if (!registration) return fail(`No LMS is registered as ${issuer} with client ${clientId}. See: platform list`);
      if (deploymentId === undefined) await setRegistrationState(db, registration.id, state);
      else {
        const deployment = await findDeployment(db, registration.id, deploymentId);
        if (!deployment) return fail(`${registration.name} has no deployment ${deploymentId}. See: platform list`);
        await setDeploymentState(db, deployment.id, state);
      }
      if (options.json)
        print(JSON.stringify({ issuer, clientId, ...(deploymentId !== undefined && { deploymentId }), state }));
      else print(`${registration.name}${deploymentId === undefined ? '' : `, deployment ${deploymentId}`}: ${state}`);
    });
}
