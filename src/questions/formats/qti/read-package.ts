// A QTI package: a manifest that names the items, the items, and their pictures. Versions 2.0 to 3.0 are read alike.
import type { Asset, Problem, ReadResult } from '../format.ts';
import { childOf, descendantsOf, elementsOf, readXml, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { readPicture } from '../archive/read-picture.ts';
import { ArchiveError, openZip } from '../archive/read-zip.ts';
import type { Archive } from '../archive/read-zip.ts';
import { maximumQuestions } from '../read-blocks.ts';
import { inOldNames } from './dialect.ts';
import { picturePaths } from './markup-in.ts';
import { readItem } from './read-item.ts';

/** The file that makes an archive a package. */
export const manifestName = 'imsmanifest.xml';

type Resource = { path: string; tags: string[] };

type Result = ReadResult & { warnings: Problem[]; assets: Asset[] };

/** Reads a package; the line of a question or problem is the place of its item in the manifest, from 1. */
export async function readPackage(bytes: Uint8Array): Promise<ReadResult> {
  try {
    const archive = await openZip(bytes);
    const resources = await itemsOf(archive);
    const result: Result = { questions: [], problems: [], warnings: [], assets: [] };
    const assets = new Map<string, Asset>();
    for (const [index, resource] of resources.slice(0, maximumQuestions).entries()) {
      await readResource(archive, resource, index + 1, result, assets);
    }
    if (resources.length > maximumQuestions) {
      const params = { maximum: maximumQuestions };
      result.problems.push({ line: maximumQuestions + 1, code: 'too-many-questions', params });
    }
    return { ...result, assets: [...assets.values()] };
  } catch (error) {
    if (error instanceof ArchiveError) return { questions: [], problems: [error.problem] };
    throw error;
  }
}

/** The items that the manifest names, which may stand in a folder of the archive with all its files. */
async function itemsOf(archive: Archive): Promise<Resource[]> {
  const name = archive.names.find((one) => one === manifestName || one.endsWith(`/${manifestName}`));
  const bytes = name === undefined ? null : await archive.read(name);
  if (name === undefined || !bytes) throw new ArchiveError('zip-without-questions');
  const manifest = readXml(bytes, name);
  return elementsOf(childOf(manifest, 'resources'), 'resource')
    .filter(({ attributes }) => /^imsqti_(?:apip)?item_/i.test(attributes['type'] ?? ''))
    .map((resource) => ({
      path: pathFrom(name, resource.attributes['href'] ?? childOf(resource, 'file')?.attributes['href'] ?? ''),
      tags: tagsOf(resource),
    }));
}

function tagsOf(resource: XmlElement): string[] {
  const words = descendantsOf(resource, 'keyword').map((keyword) => textOf(keyword).trim());
  return [...new Set(words.filter((word) => word !== '' && word.length <= 100))].slice(0, 50);
}

async function readResource(
  archive: Archive,
  { path, tags }: Resource,
  line: number,
  result: Result,
  assets: Map<string, Asset>,
): Promise<void> {
  try {
    const bytes = await archive.read(path);
    if (!bytes) throw new ArchiveError('qti-file-missing', { name: path });
    const item = inOldNames(readXml(bytes, path));
    const pictures = new Map<string, Asset>();
    for (const picture of picturePaths(item)) {
      pictures.set(picture, await readPicture(archive, pathFrom(path, picture)));
    }
    const read = readItem(item, pictures);
    if (!read.ok) {
      const params =
        read.code === 'question-empty' ? {} : { name: path, ...(read.part === '' ? {} : { part: read.part }) };
      result.problems.push({ line, code: read.code, params });
      return;
    }
    for (const what of read.leftOut)
      result.warnings.push({ line, code: 'left-out', params: { name: read.question.name, what } });
    for (const asset of pictures.values()) assets.set(asset.sha256, asset);
    result.questions.push({ line, question: { ...read.question, ...(tags.length > 0 ? { tags } : {}) } });
  } catch (error) {
    // A damaged archive is refused as a whole; a bad item costs only its own question.
    if (!(error instanceof ArchiveError) || error.problem.code.startsWith('zip-')) throw error;
    result.problems.push({ ...error.problem, line });
  }
}

/** The name in the archive of what a file refers to. Whatever leads out of the archive names nothing in it. */
function pathFrom(base: string, reference: string): string {
  const parts = base.split('/').slice(0, -1);
  for (const part of decoded(reference.replace(/[?#].*$/, '')).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    // A name with a bare per cent sign.
    return reference;
  }
}
