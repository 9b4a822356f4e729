// Jest setup of the page's components: accessibility matchers, and the custom labels with their real texts
// instead of their names, so that a test reads what a rep reads.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { registerSa11yMatcher } = require('@sa11y/jest');
const { XMLParser } = require('fast-xml-parser');

registerSa11yMatcher();

const file = join(__dirname, '../../../force-app/main/default/labels/CustomLabels.labels-meta.xml');
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'labels' });
for (const { fullName, value } of parser.parse(readFileSync(file, 'utf8')).CustomLabels.labels) {
  jest.mock(`@salesforce/label/c.${fullName}`, () => ({ __esModule: true, default: value }), {
    virtual: true,
  });
}
