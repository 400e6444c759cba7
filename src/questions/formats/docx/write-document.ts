// A Word document (ECMA-376) with the questions given: A4, questions numbered and options lettered by Word itself, styles to change
// the look of all of them at once, the title above every page.
import { imageSize } from 'image-size';
import type { Question } from '../../question.ts';
import { writeZip } from '../archive/write-zip.ts';
import type { ArchiveFile } from '../archive/write-zip.ts';
import { escapeXml, xmlFile } from '../archive/xml-text.ts';
import type { Asset, Written } from '../format.ts';
import { extensionOf } from '../media-type.ts';
import type { NamedPicture } from '../pictures-aside.ts';
import { numbering, styles } from './look-of-document.ts';

import { writeQuestion } from './write-question.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006';
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${office}/relationships"`,
  `xmlns:m="${office}/math"`,
  `xmlns:wp="${drawing}/wordprocessingDrawing"`,
  `xmlns:a="${drawing}/main"`,
  `xmlns:pic="${drawing}/picture"`,
].join(' ');

/** The document, and what it could not say. */
export async function writeDocument(
  questions: readonly Question[],
  assets: readonly Asset[],
  title: string,
): Promise<Written<Uint8Array>> {
  const pictures = new Pictures(assets);
  const written = questions.map((question) => writeQuestion(question, (picture) => pictures.draw(picture)));
  const body = written.map(({ xml }) => xml ?? '').join('');
  const losses = written.flatMap(({ losses: codes }, index) => [...new Set(codes)].map((code) => ({ index, code })));
  // A4 with 2 cm around; 1 cm more on the left, where papers are filed.
  const page =
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';
  const files = [
    xmlFile('[Content_Types].xml', contentTypes),
    relations('_rels/.rels', [
      ['rId1', `${office}/relationships/officeDocument`, 'word/document.xml'],
      ['rId2', `${packages}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    xmlFile(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`,
    ),
    xmlFile('word/document.xml', `<w:document ${namespaces}><w:body>${body}${page}</w:body></w:document>`),
    xmlFile('word/styles.xml', styles(namespaces)),
    xmlFile('word/numbering.xml', numbering(namespaces)),
    xmlFile(
      'word/header1.xml',
      `<w:hdr ${namespaces}>${marginal(title === '' ? 'Normal' : 'Header', run(title))}</w:hdr>`,
    ),
    xmlFile('word/footer1.xml', `<w:ftr ${namespaces}>${marginal('Footer', pageNumber)}</w:ftr>`),
    relations('word/_rels/document.xml.rels', [
      ['rId1', `${office}/relationships/styles`, 'styles.xml'],
      ['rId2', `${office}/relationships/numbering`, 'numbering.xml'],
      ['rId3', `${office}/relationships/header`, 'header1.xml'],
      ['rId4', `${office}/relationships/footer`, 'footer1.xml'],
      ...pictures.relations(),
    ]),
    ...pictures.files(),
  ];
  return { body: await writeZip(files), losses };
}

const part = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${type}"/>`;
const contentTypes = [
  `<Types xmlns="${packages}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  ...['png', 'gif', 'webp'].map((end) => `<Default Extension="${end}" ContentType="image/${end}"/>`),
  '<Default Extension="jpg" ContentType="image/jpeg"/>',
  part('word/document.xml', `${types}.document.main+xml`),
  ...['styles', 'numbering'].map((name) => part(`word/${name}.xml`, `${types}.${name}+xml`)),
  ...['header', 'footer'].map((name) => part(`word/${name}1.xml`, `${types}.${name}+xml`)),
  part('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
  '</Types>',
].join('');

function relations(name: string, all: readonly (readonly [id: string, type: string, target: string])[]): ArchiveFile {
  const each = all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`);
  return xmlFile(name, `<Relationships xmlns="${packages}/relationships">${each.join('')}</Relationships>`);
}

function marginal(style: string, inner: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${inner}</w:p>`;
}

function run(text: string): string {
  return `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

const field = (name: string) => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
const pageNumber = `${field('PAGE')}${run(' / ')}${field('NUMPAGES')}`;

/** English Metric Units, 914,400 an inch; a pixel is one of 96. */
const emuPerPixel = 9525;
/** What fits between the indent and the margin, and leaves room on the page for a question. */
const most = { width: 5_400_000, height: 6_000_000 };

/** The pictures of a document, each kept once. */
class Pictures {
  private readonly assets: ReadonlyMap<string, Asset>;
  private readonly used: { sha256: string; name: string; bytes: Uint8Array }[] = [];
  private count = 0;

  constructor(assets: readonly Asset[]) {
    this.assets = new Map(assets.map((asset) => [asset.sha256, asset]));
  }

  /** The inside of the run that shows a picture; null if it is not among the assets, or no picture. */
  draw({ sha256, alt }: NamedPicture): string | null {
    const asset = this.assets.get(sha256);
    const extension = extensionOf(asset?.mediaType ?? '');
    if (!asset || extension === '') return null;
    let place = this.used.findIndex((one) => one.sha256 === sha256);
    if (place < 0) {
      place = this.used.length;
      this.used.push({ sha256, name: `media/image${place + 1}${extension}`, bytes: asset.bytes });
    }
    this.count += 1;
    const { width, height } = sizeOf(asset.bytes);
    const named = `id="${this.count}" name="${this.count}" descr="${escapeXml(alt)}"`;
    const extent = `cx="${width}" cy="${height}"`;
    const shape = `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`;
    const inner = `<pic:pic><pic:nvPicPr><pic:cNvPr ${named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${idAt(place)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>${shape}</pic:pic>`;
    return `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/><wp:docPr ${named}/><a:graphic><a:graphicData uri="${drawing}/picture">${inner}</a:graphicData></a:graphic></wp:inline></w:drawing>`;
  }

  relations(): [string, string, string][] {
    return this.used.map(({ name }, place) => [idAt(place), `${office}/relationships/image`, name]);
  }

  files(): ArchiveFile[] {
    return this.used.map(({ name, bytes }) => ({ name: `word/${name}`, bytes }));
  }
}

const idAt = (place: number) => `picture${place + 1}`;

/** As large as on a screen, or as fits. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const pixels = pixelsOf(bytes);
  const [width, height] = [pixels.width * emuPerPixel, pixels.height * emuPerPixel];
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function pixelsOf(bytes: Uint8Array): { width: number; height: number } {
  try {
    const { width, height } = imageSize(bytes);
    if (width > 0 && height > 0) return { width, height };
  } catch {
    // A picture that says nothing of its size is shown in a usual one.
  }
  return { width: 320, height: 240 };
}
