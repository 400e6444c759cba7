// Credentials of awards: for their owner to take away, and for anybody who is shown one to check it.
import { Router, type Request, type Response } from 'express';
import type { Database } from '../../database/database.ts';
import { publicJwks } from '../../lti/tool-keys.ts';
import { findPublicKey, getSigningKey } from '../../platforms/tool-keys.store.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { listReversedAwards, type StandingAward } from './award.store.ts';
import { credentialContexts, issuerProfile, openBadge, revocationList } from './open-badge.ts';
import { listOwnAwards, type OwnAward } from './own-awards.ts';
import { signCredential } from './sign-credential.ts';

interface Tools {
  db: Database;
  now: () => Date;
  publicUrl: string;
  /** 32 bytes; opens our private keys. */
  sealingKey: Uint8Array;
}

/** For how long others may keep what they fetched: a reversal is known everywhere after so long. */
const publicSeconds = 300;

export function credentialRoutes({ db, now, publicUrl, sealingKey }: Tools): Router {
  const router = Router();
  const issuerName = `Mustaqil, ${new URL(publicUrl).host}`;

  router.get('/credentials/issuer', (_req, res) => {
    publicly(res).json({ '@context': credentialContexts, ...issuerProfile(publicUrl, issuerName) });
  });

  router.get('/credentials/revoked', async (_req, res) => {
    const reversed = await listReversedAwards(db);
    publicly(res).json(
      revocationList(
        publicUrl,
        reversed.map(({ entryId }) => entryId),
      ),
    );
  });

  router.get('/credentials/keys/:kid', async (req, res) => {
    const key = await findPublicKey(db, req.params.kid, now());
    if (!key) throw notFound();
    publicly(res).json(publicJwks([key]).keys[0]);
  });

  router.get('/credentials/:entryId', async (req, res) => {
    const award = await requireOwnAward(req, res);
    const token = award.isHeldBack ? null : await tokenOf(award, res);
    if (req.query.format !== 'jwt') {
      res.render('credits/credentials/show', { award, token });
      return;
    }
    if (token === null) throw new PageError(409, 'credential-held-back', 'credential-held-back');
    res.attachment(`credential-${award.entryId}.jwt`).type('application/vc+jwt').set('Cache-Control', 'no-store');
    res.send(token);
  });

  /** @throws PageError 401 if nobody is signed in; 404 for what is not theirs, was recognised from elsewhere, or stands no more */
  async function requireOwnAward(req: Request, res: Response): Promise<OwnAward> {
    const { personId } = requireSession(res);
    const [award] = await listOwnAwards(db, personId, now(), keyParam(req, 'entryId'));
    if (award?.kind !== 'award') throw notFound();
    return award;
  }

  async function tokenOf(award: StandingAward, { locals: { t, formats } }: Response): Promise<string> {
    const said = { title: award.title, credits: formats.number(award.units / 100), policy: award.policy.name };
    const words = {
      description: t('credits.credentials.description', said),
      criteria: t('credits.credentials.criteria', said),
      result: t('credits.credentials.result'),
      evidence: t('credits.credentials.evidence'),
    };
    const key = await getSigningKey(db, award.registration.id, { sealingKey, now });
    return signCredential(openBadge(award, { publicUrl, issuerName, words }), { publicUrl, key });
  }

  return router;
}

function publicly(res: Response): Response {
  return res.set('Cache-Control', `public, max-age=${publicSeconds}`);
}
