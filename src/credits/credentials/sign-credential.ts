// A credential as a signed token (VC-JWT, Open Badges 3.0 §8.2): its members are the token's own.
import { SignJWT, type CryptoKey } from 'jose';
import { credentialAddresses, type OpenBadge } from './open-badge.ts';

/** @param key ours towards the LMS that vouches for the person; published at `/lti/jwks` and, by its name, at the address in `kid` */
export function signCredential(
  badge: OpenBadge,
  { publicUrl, key }: { publicUrl: string; key: { kid: string; privateKey: CryptoKey } },
): Promise<string> {
  return new SignJWT({ ...badge })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: credentialAddresses(publicUrl).key(key.kid) })
    .setIssuer(badge.issuer.id)
    .setJti(badge.id)
    .setSubject(badge.credentialSubject.id)
    .setNotBefore(Date.parse(badge.validFrom) / 1000)
    .sign(key.privateKey);
}
