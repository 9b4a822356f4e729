import { escapeXml } from '../../metadata/xml.ts';

/** What the answers are made of; objects and lists hold values again. */
export type XmlValue = string | number | boolean | null | undefined | object;

/** Elements of a value: a list repeats its element, null leaves it out. */
function writeXml(name: string, value: XmlValue): string {
  if (value === null || value === undefined) return '';
  if (isList(value)) return value.map((each) => writeXml(name, each)).join('');
  if (typeof value !== 'object') return `<${name}>${escapeXml(printable(String(value)))}</${name}>`;
  const inner = (Object.entries(value) as [string, XmlValue][]).map(([key, each]) => writeXml(key, each));
  return `<${name}>${inner.join('')}</${name}>`;
}

const isList = (value: XmlValue): value is XmlValue[] => Array.isArray(value);

/** Control characters, which XML 1.0 cannot write at all, become the replacement character. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd');

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const METADATA = 'http://soap.sforce.com/2006/04/metadata';

/** The answer to a call: `<deployResponse><result>…`. */
export const responseXml = (call: string, result: XmlValue): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${ENVELOPE}" xmlns="${METADATA}"><soapenv:Body>${writeXml(`${call}Response`, { result })}</soapenv:Body></soapenv:Envelope>`;

/** The prefix is declared on the envelope: jsforce recognises an expired session only then. */
export const faultXml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${ENVELOPE}" xmlns:sf="${METADATA}"><soapenv:Body><soapenv:Fault>${writeXml('faultcode', code)}${writeXml('faultstring', message)}</soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
