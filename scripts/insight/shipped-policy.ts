// The thresholds as they ship: the policy records of force-app, read from their XML.
import { readdirSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { PolicyRecord } from '../domain/policy.ts';

const FOLDER = new URL('../../force-app/main/default/customMetadata/', import.meta.url);
const FILE = /^PilotPolicy\.(\w+)\.md-meta\.xml$/;

// With attributes kept, a text stands under `#text` of its element.
const TEXT = z.object({ '#text': z.string(), '@_xsi:type': z.string().optional() });
const RECORD = z.object({
  CustomMetadata: z.object({ values: z.array(z.object({ field: TEXT, value: TEXT })).default([]) }),
});
const PARSER = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  isArray: (tag) => tag === 'values',
});

/** Every PilotPolicy record of a folder of custom metadata. */
export function shippedPolicyRecords(folder: URL = FOLDER): PolicyRecord[] {
  return readdirSync(folder).flatMap((file) => {
    const name = FILE.exec(file)?.[1];
    return name === undefined ? [] : [policyRecord(name, readFileSync(new URL(file, folder), 'utf8'))];
  });
}

/** One record from its metadata XML, numbers as numbers; throws a ZodError for anything else. */
export function policyRecord(name: string, xml: string): PolicyRecord {
  const { values } = RECORD.parse(PARSER.parse(xml)).CustomMetadata;
  const cells = values.map(({ field, value }) => {
    const text = value['#text'];
    return [field['#text'], value['@_xsi:type'] === 'xsd:double' ? Number(text) : text] as const;
  });
  return { name, fields: Object.fromEntries(cells) };
}
