// Where assets are kept. Whoever asks for one says for which deployment: one of another is as good as none.
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { assets } from '../../database/tables/assets.ts';
import type { Asset } from '../formats/format.ts';
import type { CheckedAsset } from './check-asset.ts';

/** What is known of a kept asset without reading its bytes. */
export interface KeptAsset {
  sha256: string;
  mediaType: string;
  width: number | null;
  height: number | null;
  byteLength: number;
}

/** A kept asset, and whether questions show it: what they do not, nobody may see by its address alone. */
export type ShownAsset = KeptAsset & { isShown: boolean };

/**
 * Keeps assets for questions to show; those that the deployment has already stay as they are.
 *
 * @param owner.isShown false for what only a page of its own may show, as far as no question shows it
 */
export async function keepAssets(
  tx: Transaction,
  { deploymentId, now, isShown = true }: { deploymentId: number; now: Date; isShown?: boolean },
  checked: readonly CheckedAsset[],
): Promise<void> {
  // One at a time: a statement with all of them would hold them all once more.
  for (const { sha256, mediaType, bytes, size } of checked) {
    const facts = { width: size?.width ?? null, height: size?.height ?? null, byteLength: bytes.length };
    await tx
      .insert(assets)
      .values({ deploymentId, sha256, mediaType, ...facts, bytes, isShown, keptAt: now })
      .onConflictDoUpdate({
        target: [assets.deploymentId, assets.sha256],
        set: { isShown: true },
        setWhere: isShown ? eq(assets.isShown, false) : sql`false`,
      });
  }
}

/** An asset of the deployment; null if it has none of that key. */
export async function findAsset(db: Database, deploymentId: number, sha256: string): Promise<ShownAsset | null> {
  const { mediaType, width, height, byteLength, isShown } = assets;
  const [row] = await db
    .select({ sha256: assets.sha256, mediaType, width, height, byteLength, isShown })
    .from(assets)
    .where(isOf(deploymentId, sha256));
  return row ?? null;
}

/** Assets with their bytes, for a file of questions that is to hold them. Keys that the deployment does not have are left out. */
export async function loadAssets(db: Database, deploymentId: number, keys: readonly string[]): Promise<Asset[]> {
  if (keys.length === 0) return [];
  const { sha256, mediaType, bytes } = assets;
  return db
    .select({ sha256, mediaType, bytes: inBase64(sql`${bytes}`) })
    .from(assets)
    .where(and(eq(assets.deploymentId, deploymentId), eq(assets.isShown, true), inArray(sha256, [...keys])));
}

/** So much of an asset is in memory at once while it is sent. */
const sliceBytes = 512 * 1024;

/**
 * The bytes of an asset from `start` to `end` (both included, from 0), in slices.
 *
 * @throws if the deployment has no such asset
 */
export async function* readAsset(
  db: Database,
  deploymentId: number,
  { sha256, start, end }: { sha256: string; start: number; end: number },
): AsyncGenerator<Uint8Array> {
  for (let from = start; from <= end; from += sliceBytes) {
    const length = Math.min(sliceBytes, end - from + 1);
    const [row] = await db
      .select({ slice: inBase64(sql`substring(${assets.bytes} from ${from + 1}::int for ${length}::int)`) })
      .from(assets)
      .where(isOf(deploymentId, sha256));
    if (!row) throw new Error(`There is no asset ${sha256}`);
    yield row.slice;
  }
}

/** Bytes out of the database, in the way in which `binary` columns send them in. */
function inBase64(bytes: SQL) {
  return sql`encode(${bytes}, 'base64')`.mapWith((text: string) => new Uint8Array(Buffer.from(text, 'base64')));
}

function isOf(deploymentId: number, sha256: string) {
  return and(eq(assets.deploymentId, deploymentId), eq(assets.sha256, sha256));
}
