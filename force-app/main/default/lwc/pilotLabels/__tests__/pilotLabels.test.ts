import { readFileSync } from 'node:fs';
import { LABELS } from 'c/pilotLabels';

const file = readFileSync('force-app/main/default/labels/CustomLabels.labels-meta.xml', 'utf8');
const inFile = [...file.matchAll(/<fullName>(\w+)<\/fullName>/g)].map((match) => match[1]);

describe('pilotLabels', () => {
  it('holds every custom label of the package (else: node scripts/package/write-page-labels.ts)', () => {
    expect(Object.keys(LABELS).sort()).toEqual([...inFile].sort());
  });
});
