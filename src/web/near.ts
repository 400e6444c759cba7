// Who stands near: what is for machines of the operator answers nobody else.
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

const near = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];

/**
 * Whether a request comes from this machine or its private network: whoever speaks to us, and everybody for whom any proxy on the way
 * says that it asks. Of several proxies, the last knows only the one before it, which may stand near while the client does not.
 */
export function isNear({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((addresses) => addresses.split(','));
  return [socket.remoteAddress ?? '', ...forwarded].every((address) => isNearAddress(address.trim()));
}

function isNearAddress(address: string): boolean {
  return ipaddr.isValid(address) && near.includes(ipaddr.process(address).range());
}
