// How the documents look that we write: a style for each kind of paragraph, and the list that numbers questions and letters options.

/** Twentieths of a point: where a question's number stands, and its text begins. */
const indent = 425;

type Style = { id: string; name: string; based?: string; next?: string; paragraph?: string; run?: string };

const paragraphStyles: readonly Style[] = [
  {
    id: 'Question',
    name: 'Question',
    next: 'Option',
    paragraph: '<w:keepNext/><w:keepLines/><w:spacing w:before="200"/>',
  },
  {
    id: 'QuestionText',
    name: 'Question text',
    paragraph: `<w:keepNext/><w:spacing w:before="60"/><w:ind w:left="${indent}"/>`,
  },
  { id: 'Option', name: 'Option', next: 'Option', paragraph: '<w:keepNext/><w:keepLines/>' },
  { id: 'RightOption', name: 'Right option', based: 'Option', next: 'Option', run: '<w:b/>' },
  {
    id: 'Detail',
    name: 'Question detail',
    paragraph: `<w:spacing w:before="40"/><w:ind w:left="${indent}"/>`,
    run: '<w:sz w:val="20"/>',
  },
  { id: 'Cell', name: 'Table cell' },
  {
    id: 'Header',
    name: 'header',
    paragraph: '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>',
  },
  { id: 'Footer', name: 'footer', paragraph: '<w:jc w:val="center"/>' },
];

/** `word/styles.xml`. */
export function styles(namespaces: string): string {
  const each = paragraphStyles.map(
    ({ id, name, based = 'Normal', next, paragraph, run }) =>
      `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${based}"/>${next ? `<w:next w:val="${next}"/>` : ''}<w:qFormat/>${paragraph ? `<w:pPr>${paragraph}</w:pPr>` : ''}${run ? `<w:rPr>${run}</w:rPr>` : ''}</w:style>`,
  );
  const fonts =
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>';
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`;
  const normal =
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>';
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
    .join('');
  const margins = '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>';
  const grid = `<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders>${borders}</w:tblBorders>${margins}</w:tblPr></w:style>`;
  return `<w:styles ${namespaces}>${defaults}${normal}${each.join('')}${grid}</w:styles>`;
}

/** `word/numbering.xml`: `1.`, `2.` … and within each `A)`, `B)` … */
export function numbering(namespaces: string): string {
  const level = (place: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${place}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${indent * (place + 1)}" w:hanging="${indent}"/></w:pPr></w:lvl>`;
  const levels = level(0, 'decimal', '%1.') + level(1, 'upperLetter', '%2)');
  return `<w:numbering ${namespaces}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>${levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
}
