import { child, parseXml, textOf, XmlError, type XmlNode } from '../../metadata/xml.ts';
import { ApiError } from '../api-error.ts';

/** One call of the Metadata API: its name, its element and the session that the header carries. */
export interface SoapCall {
  readonly name: string;
  readonly node: XmlNode;
  readonly sessionId: string;
}

/** Names without their prefix: clients choose prefixes as they like. */
const bare = (node: XmlNode): XmlNode => ({
  ...node,
  name: node.name.slice(node.name.indexOf(':') + 1),
  children: node.children.map(bare),
});

/** Reads a SOAP 1.1 request. @throws ApiError for what is no XML, or more than metadata ever needs */
export function readEnvelope(text: string): SoapCall {
  const envelope = bare(parse(text));
  const header = child(envelope, 'Header');
  const session = header === undefined ? undefined : child(header, 'SessionHeader');
  const node = child(envelope, 'Body')?.children[0];
  if (envelope.name !== 'Envelope' || node === undefined)
    throw new ApiError(500, 'soapenv:Client', 'The request is no SOAP envelope with a call in its body.');
  return { name: node.name, node, sessionId: (session && textOf(session, 'sessionId')) ?? '' };
}

function parse(text: string): XmlNode {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new ApiError(
      500,
      'soapenv:Client',
      `${error.message} (line ${error.line}, column ${error.column})`,
    );
  }
}
