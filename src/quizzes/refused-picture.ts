// A picture that came with questions and cannot be kept: how the reason is stored with an import, and said on its page.
import { z } from 'zod';
import type { AssetRefusal } from '../questions/assets/check-asset.ts';

const kind = z.enum(['picture', 'sound', 'film', 'document']);

export const assetRefusalSchema: z.ZodType<AssetRefusal> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('empty') }),
  z.object({ code: z.literal('unknown') }),
  z.object({ code: z.literal('kind'), found: z.string() }),
  z.object({ code: z.literal('svg') }),
  z.object({ code: z.literal('too-large'), kind, megabytes: z.number(), maximum: z.number() }),
  z.object({ code: z.literal('too-many-pixels'), width: z.number(), height: z.number(), maximum: z.number() }),
  z.object({ code: z.literal('broken') }),
]);

type Words = { t: Express.Locals['t']; formats: Express.Locals['formats'] };

/** Why it is not kept, in the words that an upload of its own is refused with. */
export function wordsOfRefusal(refusal: AssetRefusal, { t, formats }: Words): string {
  switch (refusal.code) {
    case 'too-large':
      return t('refusals.asset-too-large.title', {
        kind: t(`questions.assets.kinds.${refusal.kind}`),
        megabytes: formats.number(refusal.megabytes),
        maximum: formats.number(refusal.maximum),
      });
    case 'too-many-pixels':
      return t('refusals.asset-too-many-pixels.title', {
        width: formats.number(refusal.width),
        height: formats.number(refusal.height),
        maximum: formats.number(refusal.maximum),
      });
    case 'kind':
      return t('refusals.asset-kind.title', { found: refusal.found });
    case 'empty':
    case 'unknown':
    case 'svg':
    case 'broken':
      return t(`refusals.asset-${refusal.code}.title`);
  }
}
