// What browsers are sent of a script says as much as its source: only what is said to people is left out.
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SourceTextModule } from 'node:vm';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { packedAssets } from '../../src/web/packed-assets.ts';

const folder = new URL('../../public/', import.meta.url).pathname;
const server = createServer(express().use(packedAssets(folder)) as RequestListener);
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A script as it arrives. */
async function sent(name: string): Promise<string> {
  const asked = request(`${url}/${name}`, { headers: { 'Accept-Encoding': 'br' } }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.headers).toMatchObject({ 'content-encoding': 'br' });
  return brotliDecompressSync(await buffer(answer)).toString();
}

/** The names that a script exports. @throws SyntaxError where it cannot be read */
async function exportsOf(text: string): Promise<string[]> {
  const module = new SourceTextModule(text);
  await module.link(() => {
    throw new Error('Scripts find each other by addresses that the page gives them');
  });
  return Reflect.ownKeys(module.namespace).map(String);
}

const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));

test.each(scripts)('%s is read by a browser as it was written, without a comment of ours', async (name) => {
  const [source, packed] = [readFileSync(`${folder}${name}`, 'utf8'), await sent(name)];
  expect(await exportsOf(packed)).toEqual(await exportsOf(source));
  expect(packed).not.toMatch(/^\s*(?:\/\/|\/\*)/m);
});
