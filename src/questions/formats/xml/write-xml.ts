// Text made fit for XML.

/** In a CDATA section if anything in it would need escaping, as Moodle does; without characters that XML does not allow. */
export function xmlText(text: string): string {
  const allowed = text
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are what is to go
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '');
  return /[&<>"]/.test(allowed) ? `<![CDATA[${allowed.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : allowed;
}
