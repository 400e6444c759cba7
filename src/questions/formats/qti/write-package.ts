// Questions as a QTI package: a manifest, an item each, and the pictures that they show.
import type { Question } from '../../question.ts';
import { writeZip } from '../archive/write-zip.ts';
import type { ArchiveFile } from '../archive/write-zip.ts';
import { escapeXml, xmlFile } from '../archive/xml-text.ts';
import type { Asset, Written } from '../format.ts';
import { extensionOf } from '../media-type.ts';
import { inOneVariant } from '../one-variant.ts';
import type { Version } from './dialect.ts';
import { manifestName } from './read-package.ts';
import { writeItem } from './write-item.ts';

const manifests = {
  '2.1': {
    namespace: 'http://www.imsglobal.org/xsd/imscp_v1p1',
    type: 'imsqti_item_xmlv2p1',
    schema: 'QTIv2.1 Package',
    schemaVersion: '1.0.0',
  },
  '3.0': {
    namespace: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1',
    type: 'imsqti_item_xmlv3p0',
    schema: 'QTI Package',
    schemaVersion: '3.0.0',
  },
} as const;

/** The package, and what it could not say. */
export async function writePackage(
  questions: readonly Question[],
  assets: readonly Asset[],
  version: Version,
): Promise<Written<Uint8Array>> {
  const { type, namespace, schema, schemaVersion } = manifests[version];
  const used = new Map<string, ArchiveFile & { identifier: string }>();
  const losses: Written<Uint8Array>['losses'] = [];
  const items: ArchiveFile[] = [];
  const resources: string[] = [];
  const takePicture = (sha256: string) => {
    const asset = assets.find((one) => one.sha256 === sha256);
    if (!asset || !asset.mediaType.startsWith('image/')) return null;
    const name = `pictures/${sha256}${extensionOf(asset.mediaType)}`;
    const taken = used.get(sha256) ?? { identifier: `p${used.size + 1}`, name, bytes: asset.bytes };
    used.set(sha256, taken);
    return taken;
  };
  for (const [index, question] of questions.entries()) {
    const identifier = `q${String(index + 1).padStart(5, '0')}`;
    const shown = new Set<string>();
    const pathOf = (sha256: string) => {
      const picture = takePicture(sha256);
      if (!picture) return null;
      shown.add(picture.identifier);
      return `../${picture.name}`;
    };
    const { xml, losses: lost } = inOneVariant(question, (one) => writeItem(one, identifier, version, pathOf));
    losses.push(...lost.map((code) => ({ index, code })));
    if (xml === null) continue;
    const href = `items/${identifier}.xml`;
    items.push(xmlFile(href, xml));
    const needed = [...shown].map((picture) => `<dependency identifierref="${picture}"/>`).join('');
    resources.push(
      `<resource identifier="${identifier}" type="${type}" href="${href}">${lom(question.tags ?? [])}<file href="${href}"/>${needed}</resource>`,
    );
  }
  const pictures = [...used.values()].map(
    ({ identifier, name }) =>
      `<resource identifier="${identifier}" type="webcontent" href="${name}"><file href="${name}"/></resource>`,
  );
  const head = `<metadata><schema>${schema}</schema><schemaversion>${schemaVersion}</schemaversion></metadata><organizations/>`;
  const body = `<manifest xmlns="${namespace}" identifier="questions">${head}<resources>${resources.join('')}${pictures.join('')}</resources></manifest>`;
  return { body: await writeZip([xmlFile(manifestName, body), ...items, ...used.values()]), losses };
}

/** Tags as keywords of IEEE learning object metadata. */
function lom(tags: readonly string[]): string {
  if (tags.length === 0) return '';
  const keywords = tags.map((tag) => `<keyword><string>${escapeXml(tag)}</string></keyword>`).join('');
  return `<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>${keywords}</general></lom></metadata>`;
}
