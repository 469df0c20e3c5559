/**
 * The fixed parts of a DOCX in the layout of GB/T 9704-2012: measures, styles, fonts, page numbers. Written by hand, since a
 * library for DOCX writes the clock into the file, and the same document must make the same bytes: they are evidence by digest.
 * `w:` sizes are half points, all other measures twentieths of a point (twips).
 */
const twips = (mm: number) => Math.round((mm / 25.4) * 1440);
/** A4, the type area of 156 × 225 mm set 37 mm from the top and 28 mm from the left. */
const page = {
  width: twips(210),
  height: twips(297),
  top: twips(37),
  left: twips(28),
  right: twips(210 - 28 - 156),
  bottom: twips(297 - 37 - 225),
  /** Lower edge of the page number's line: its dash then lies 7 mm below the type area. */ footer: twips(24.7),
} as const;
export const typeWidth = page.width - page.left - page.right;
const typeHeight = page.height - page.top - page.bottom;
/** 三号 in points: the body, and what the grid counts from. */
const bodyPoints = 16;
/** 22 lines a page: 28.95 pt each. */
export const linePitch = Math.floor(typeHeight / 22);
/** 28 characters a line: what is added to 16 pt each, in 4096ths of a point; negative, since 28 × 16 pt is wider than 156 mm. */
const charSpace = Math.floor((typeWidth / 20 / 28 - bodyPoints) * 4096);
/** One character of the grid, in twips. */
export const charWidth = (bodyPoints + charSpace / 4096) * 20;

type Font = "title" | "hei" | "kai" | "fang" | "song";
/** As the standard names them; where one is not installed, Word takes the alternative. 小标宋 is sold, so 宋体 stands in for it, bold. */
const fonts: Readonly<Record<Font, { name: string; alternative: string | null; panose: string; pitch: "fixed" | "variable" }>> = {
  title: { name: "方正小标宋简体", alternative: "宋体", panose: "02010601030101010101", pitch: "variable" },
  hei: { name: "黑体", alternative: "SimHei", panose: "02010609060101010101", pitch: "fixed" },
  kai: { name: "楷体_GB2312", alternative: "楷体", panose: "02010609030101010101", pitch: "fixed" },
  fang: { name: "仿宋_GB2312", alternative: "仿宋", panose: "02010609030101010101", pitch: "fixed" },
  song: { name: "宋体", alternative: "SimSun", panose: "02010600030101010101", pitch: "variable" },
};
const inFont = (font: Font, points: number, more = '<w:spacing w:val="0"/>'): string => {
  const { name } = fonts[font];
  return `<w:rPr><w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>${more}<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/></w:rPr>`;
};

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Text for XML: escaped, without the control characters that XML cannot hold. */
export const plain = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** First line indented by two characters, of the grid and of the font where there is none. */
const indented = `<w:ind w:firstLineChars="200" w:firstLine="${Math.round(2 * charWidth)}"/>`;
const flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>';
/**
 * What the grid takes from each character, by the style itself: Word's own grid then sets no line otherwise, while LibreOffice gives
 * a character that is wider than its cell (16 pt in 15.79 pt) two cells, and a line 14 characters. In tenths of a point, as it reads.
 */
const narrow = `<w:spacing w:val="${2 * Math.floor((charWidth - bodyPoints * 20) / 2)}"/>`;
const style = (id: string, name: string, paragraph: string, run: string) =>
  `<w:style w:type="paragraph" w:customStyle="${/^(Title|Heading)/.test(id) ? 0 : 1}" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Body"/><w:next w:val="Body"/><w:qFormat/><w:pPr>${paragraph}</w:pPr>${run}</w:style>`;
/** Keeps a heading on the page of what it heads. */
const heading = (level: 0 | 1 | 2) => `<w:keepNext/><w:outlineLvl w:val="${level}"/>`;
/** A table's type is 五号. */
const small = (more: string) =>
  `<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:line="300" w:lineRule="exact"/>${flush}${more}`;
const styles = `${declared}<w:styles ${namespace}>
<w:docDefaults><w:rPrDefault>${inFont("fang", bodyPoints, "").replace("</w:rPr>", '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>')}</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Body"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="${linePitch}" w:lineRule="exact"/>${indented}<w:jc w:val="both"/></w:pPr>${inFont("fang", bodyPoints, narrow)}</w:style>
${style("Title", "Title", `<w:spacing w:after="${linePitch}"/>${flush}<w:jc w:val="center"/>`, inFont("title", 22, '<w:b/><w:bCs/><w:spacing w:val="0"/>'))}
${style("Addressee", "Addressee", flush, "")}
${style("Heading1", "heading 1", heading(0), inFont("hei", bodyPoints, narrow))}
${style("Heading2", "heading 2", heading(1), inFont("kai", bodyPoints, narrow))}
${style("Heading3", "heading 3", heading(2), "")}
${style("AnnexNote", "Annex Note", `<w:keepNext/><w:spacing w:before="${linePitch}"/>`, "")}
${style("Signed", "Signed", `<w:keepLines/>${flush}<w:jc w:val="right"/>`, "")}
${style("AnnexMark", "Annex Mark", `<w:keepNext/><w:pageBreakBefore/><w:spacing w:after="${linePitch}"/>${flush}`, inFont("hei", bodyPoints, narrow))}
${style("Cell", "Cell", small('<w:jc w:val="left"/>'), inFont("fang", 10.5))}
${style("CellNumber", "Cell Number", small('<w:jc w:val="center"/>'), inFont("fang", 10.5))}
${style("CellHead", "Cell Head", small('<w:jc w:val="center"/>'), inFont("hei", 10.5))}
${style("TableNote", "Table Note", small('<w:jc w:val="left"/>').replace("<w:spacing ", '<w:spacing w:after="120" '), inFont("fang", 10.5))}
${style("PageNumber", "Page Number", `<w:spacing w:line="360" w:lineRule="exact"/>${flush}`, inFont("song", 14))}
</w:styles>`;

/** "— 1 —", one character of its own size in from the outer edge: odd pages right, even ones left. */
const footer = (side: "left" | "right") =>
  `${declared}<w:ftr ${namespace}><w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:ind w:firstLineChars="0" w:firstLine="0" w:${side}Chars="100" w:${side}="280"/><w:jc w:val="${side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`;
/** The section: page, margins, grid of 22 lines and 28 characters, page numbers. */
const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="${page.width}" w:h="${page.height}"/><w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="851" w:footer="${page.footer}" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="${linePitch}" w:charSpace="${charSpace}"/></w:sectPr>`;

const settings = `${declared}<w:settings ${namespace}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="${linePitch}"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`;
const fontTable = `${declared}<w:fonts ${namespace}>${Object.values(fonts)
  .map(
    ({ name, alternative, panose, pitch }) =>
      `<w:font w:name="${name}">${alternative === null ? "" : `<w:altName w:val="${alternative}"/>`}<w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="${pitch}"/></w:font>`,
  )
  .join("")}</w:fonts>`;

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const relation = (n: number, type: string, target: string) => `<Relationship Id="rId${n}" Type="${type}" Target="${target}"/>`;
/** Everything in the file but its text and its title. */
export const fixedParts: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `${declared}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${word}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${word}.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="${word}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${word}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
  "_rels/.rels": `${declared}<Relationships xmlns="${packages}/relationships">${relation(1, `${office}/officeDocument`, "word/document.xml")}${relation(2, `${packages}/relationships/metadata/core-properties`, "docProps/core.xml")}</Relationships>`,
  "word/_rels/document.xml.rels": `${declared}<Relationships xmlns="${packages}/relationships">${relation(1, `${office}/styles`, "styles.xml")}${relation(2, `${office}/settings`, "settings.xml")}${relation(3, `${office}/fontTable`, "fontTable.xml")}${relation(4, `${office}/footer`, "footer1.xml")}${relation(5, `${office}/footer`, "footer2.xml")}</Relationships>`,
  "word/styles.xml": styles,
  "word/settings.xml": settings,
  "word/fontTable.xml": fontTable,
  "word/footer1.xml": footer("right"),
  "word/footer2.xml": footer("left"),
};
/** What the file says of itself. */
export const coreProperties = (title: string, creator: string): string =>
  `${declared}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${plain(title)}</dc:title><dc:creator>${plain(creator)}</dc:creator></cp:coreProperties>`;
/** The text of the file around its paragraphs. */
export const documentPart = (paragraphs: string): string =>
  `${declared}<w:document ${namespace} ${relations}><w:body>${paragraphs}${section}</w:body></w:document>`;
