import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mutated, type Mutation } from '../fixture/mutation.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { PLATFORM_RULES } from './check-package.ts';

const DEAL = 'Deal__c/Deal__c.object-meta.xml';
const KEY = 'fields/Key__c.field-meta.xml';
const STATUS = 'fields/Status__c.field-meta.xml';
const SPONSOR = 'fields/Sponsor__c.field-meta.xml';
const HOURS = 'fields/Hours__c.field-meta.xml';
const MASTER = 'Step__c/fields/Deal__c.field-meta.xml';
const DAYS_LEFT = 'fields/Days_Left__c.field-meta.xml';
const DONE = 'fields/Done_Steps__c.field-meta.xml';
const TOTAL = 'fields/Total_Hours__c.field-meta.xml';
const IS_DONE = 'fields/Is_Done__c.field-meta.xml';
const RULE = 'End_Stays.validationRule-meta.xml';
const REP = 'Pilot_Rep.permissionset-meta.xml';
const LAYOUT = 'Deal__c-Deal Layout.layout-meta.xml';
const PAGE = 'Deal_Page.flexipage-meta.xml';
const META = 'dealPanel.js-meta.xml';
const FLOW = 'Deal_Before_Save.flow-meta.xml';
const RECORD = 'PilotPolicy.Default.md-meta.xml';
const long = (length: number) => 'x'.repeat(length);

const MUTATIONS: readonly Mutation[] = [
  { name: 'a tag that is never closed', file: KEY, change: ['</label>', ''], rule: 'xml/well-formed' },
  { name: 'a document type with an entity', file: KEY, change: ['<CustomField', '<!DOCTYPE x [<!ENTITY a "b">]><CustomField'], rule: 'xml/well-formed' },
  { name: 'an entity XML does not know', file: KEY, change: ['<label>Key', '<label>&copy;'], rule: 'xml/well-formed' },
  { name: 'a folder no deploy knows', file: 'profiles/Admin.profile-meta.xml', change: '<Profile/>', rule: 'files/unknown' },
  { name: 'a name with two underscores', file: KEY, change: ['<fullName>Key__c', '<fullName>My__Key__c'], rule: 'names/api-name' },
  { name: 'a name that is too long', file: RULE, change: ['<fullName>End_Stays', `<fullName>${long(41)}`], rule: 'names/api-name' },
  { name: 'a field without __c', file: KEY, change: ['<fullName>Key__c', '<fullName>Key'], rule: 'names/custom-suffix' },
  { name: 'a file named otherwise', file: KEY, change: ['<fullName>Key__c', '<fullName>Other__c'], rule: 'names/file-name' },
  { name: 'one name in two cases', file: 'objects/Deal__c/fields/KEY__c.field-meta.xml', change: smallPackage().get(`force-app/main/default/objects/Deal__c/${KEY}`)!.replace('Key__c', 'KEY__c'), rule: 'names/unique', blamed: 'fields/Key__c.field-meta.xml' },
  { name: 'a label over 40 characters', file: KEY, change: ['<label>Key', `<label>${long(41)}`], rule: 'names/CustomField-label' },
  { name: 'help over 510 characters', file: KEY, change: ['Help on Key.', long(511)], rule: 'names/CustomField-inlineHelpText' },
  { name: 'a description over 1000 characters', file: KEY, change: ['Written by the sync: key.', long(1001)], rule: 'names/CustomField-description' },
  { name: 'an error message over 255 characters', file: RULE, change: ['The end stays.', long(256)], rule: 'names/ValidationRule-errorMessage' },
  { name: 'an object without plural', file: DEAL, change: ['<pluralLabel>Deals</pluralLabel>', ''], rule: 'names/object-label' },
  { name: 'a label over 1000 characters', file: 'CustomLabels.labels-meta.xml', change: ['Hello &amp; welcome', long(1001)], rule: 'names/custom-label' },
  { name: 'a custom metadata label over 40 characters', file: RECORD, change: ['<label>Default', `<label>${long(41)}`], rule: 'names/CustomMetadata-label' },

  { name: 'a field without type', file: KEY, change: ['<type>Text</type>', ''], rule: 'fields/type' },
  { name: 'a type nobody has', file: KEY, change: ['<type>Text<', '<type>String<'], rule: 'fields/type' },
  { name: 'a currency on custom metadata', file: 'PilotPolicy__mdt/fields/Days__c.field-meta.xml', change: ['<type>Number<', '<type>Currency<'], rule: 'fields/type' },
  { name: 'text without length', file: KEY, change: ['<length>40</length>', ''], rule: 'fields/length' },
  { name: 'text of 256 characters', file: KEY, change: ['<length>40<', '<length>256<'], rule: 'fields/length' },
  { name: 'long text of 255 characters', file: 'Notes__c.field-meta.xml', change: ['<length>1000<', '<length>255<'], rule: 'fields/length' },
  { name: 'long text without visible lines', file: 'Notes__c.field-meta.xml', change: ['<visibleLines>3</visibleLines>', ''], rule: 'fields/length' },
  { name: 'a number without precision', file: HOURS, change: ['<precision>6</precision>', ''], rule: 'fields/precision' },
  { name: 'a precision of 19', file: HOURS, change: ['<precision>6<', '<precision>19<'], rule: 'fields/precision' },
  { name: 'a checkbox without default', file: HOURS, change: ['<precision>6</precision>\n<scale>2</scale>\n<type>Number', '<type>Checkbox'], rule: 'fields/checkbox-default' },
  { name: 'an auto-number without {0}', file: DEAL, change: ['<type>Text</type>', '<displayFormat>D-</displayFormat>\n<type>AutoNumber</type>'], rule: 'fields/auto-number' },
  { name: 'an object without name field', file: DEAL, change: ['<nameField>\n<label>Deal Name</label>\n<type>Text</type>\n</nameField>', ''], rule: 'fields/name-field' },
  { name: 'a picklist value twice', file: STATUS, change: ['<fullName>Done<', '<fullName>open<'], rule: 'fields/picklist' },
  { name: 'a unique date', file: 'Ends_On__c.field-meta.xml', change: ['<type>Date</type>', '<type>Date</type><unique>true</unique>'], rule: 'fields/unique' },
  { name: 'an external id on long text', file: 'Notes__c.field-meta.xml', change: ['<length>', '<externalId>true</externalId><length>'], rule: 'fields/unique' },
  { name: 'a field of an object nobody has', file: 'objects/Nowhere__c/fields/A__c.field-meta.xml', change: '<CustomField><fullName>A__c</fullName><label>A</label><type>Date</type></CustomField>', rule: 'fields/object-exists' },
  { name: 'history of an object that keeps none', file: DEAL, change: ['<enableHistory>true</enableHistory>', ''], rule: 'fields/history' },
  { name: 'history of a formula', file: DAYS_LEFT, change: ['<type>', '<trackHistory>true</trackHistory><type>'], rule: 'fields/history-kind' },

  { name: 'a lookup to nowhere', file: SPONSOR, change: ['>Contact<', '>Contract__c<'], rule: 'relationships/target' },
  { name: 'a master without relationship name', file: MASTER, change: ['<relationshipName>Steps</relationshipName>', ''], rule: 'relationships/name' },
  { name: 'a relationship name a standard child has', file: 'Deal__c/fields/Opportunity__c.field-meta.xml', change: ['<relationshipName>Deals<', '<relationshipName>Tasks<'], rule: 'relationships/name', blamed: 'fields/Opportunity__c.field-meta.xml' },
  { name: 'a required master', file: MASTER, change: ['<type>', '<required>true</required><type>'], rule: 'relationships/master-detail' },
  { name: 'a master with delete constraint', file: MASTER, change: ['<referenceTo>', '<deleteConstraint>Cascade</deleteConstraint><referenceTo>'], rule: 'relationships/master-detail' },
  { name: 'a detail that decides its own sharing', file: DEAL, change: ['ControlledByParent', 'Private'], rule: 'relationships/master-detail', blamed: 'fields/Opportunity__c.field-meta.xml' },
  { name: 'a standard object as detail', file: 'Lead_Deal__c.field-meta.xml', change: ['<type>Lookup', '<relationshipOrder>0</relationshipOrder><type>MasterDetail'], rule: 'relationships/master-detail' },
  { name: 'a chain of masters that closes', file: 'Deal__c/fields/Opportunity__c.field-meta.xml', change: ['<referenceTo>Opportunity<', '<referenceTo>Step__c<'], rule: 'relationships/master-detail' },
  { name: 'a detail without master', file: MASTER, change: null, rule: 'relationships/sharing', blamed: 'Step__c.object-meta.xml' },
  { name: 'a required lookup that is cleared', file: SPONSOR, change: ['<type>', '<required>true</required><type>'], rule: 'relationships/lookup' },
  { name: 'a lookup with a master’s element', file: SPONSOR, change: ['<type>Lookup</type>', '<type>Lookup</type><writeRequiresMasterRead>true</writeRequiresMasterRead>'], rule: 'relationships/lookup' },

  { name: 'a roll-up over no master-detail', file: DONE, change: ['Step__c.Deal__c', 'Step__c.Hours__c'], rule: 'roll-ups/key' },
  { name: 'a count of a field', file: DONE, change: ['<summaryForeignKey>', '<summarizedField>Step__c.Hours__c</summarizedField><summaryForeignKey>'], rule: 'roll-ups/field' },
  { name: 'a sum of nothing', file: TOTAL, change: ['<summarizedField>Step__c.Hours__c</summarizedField>', ''], rule: 'roll-ups/field' },
  { name: 'a sum of a checkbox', file: TOTAL, change: ['Step__c.Hours__c', 'Step__c.Is_Done__c'], rule: 'roll-ups/field' },
  { name: 'a filter on a clock formula', file: IS_DONE, change: ['NOT(ISBLANK(Hours__c))', 'TODAY() > DATE(2026, 1, 1)'], rule: 'roll-ups/filter', blamed: DONE },
  { name: 'a filter on a parent’s field', file: IS_DONE, change: ['NOT(ISBLANK(Hours__c))', 'ISPICKVAL(Deal__r.Status__c, "Open")'], rule: 'roll-ups/filter', blamed: DONE },
  { name: 'a filter on a missing field', file: DONE, change: ['Step__c.Is_Done__c', 'Step__c.Is_Gone__c'], rule: 'roll-ups/filter' },

  { name: 'a formula over 3,900 characters', file: DAYS_LEFT, change: ['TODAY()', `TODAY() + ${'1 + '.repeat(1000)}1`], rule: 'formulas/length' },
  { name: 'a function nobody has', file: DAYS_LEFT, change: ['TODAY()', 'YESTERDAY()'], rule: 'formulas/function' },
  { name: 'ISCHANGED in a field', file: IS_DONE, change: ['ISBLANK(', 'ISCHANGED('], rule: 'formulas/function' },
  { name: 'a bracket too few', file: IS_DONE, change: ['))<', ')<'], rule: 'formulas/brackets' },
  { name: 'a field nobody has', file: DAYS_LEFT, change: ['Ends_On__c', 'End_On__c'], rule: 'formulas/name' },
  { name: 'a parent nobody has', file: 'Account_Name__c.field-meta.xml', change: ['Opportunity__r', 'Opp__r'], rule: 'formulas/name' },
  { name: 'a permission nobody has', file: RULE, change: ['Move_End', 'Moves_End'], rule: 'formulas/name' },
  { name: 'a policy record nobody has', file: RECORD, change: null, rule: 'formulas/name', blamed: DAYS_LEFT },
  { name: 'long text in a formula', file: DAYS_LEFT, change: ['TODAY()', 'LEN(Notes__c)'], rule: 'formulas/name' },
  { name: 'a formula of type picklist', file: IS_DONE, change: ['<type>Checkbox', '<type>Picklist'], rule: 'formulas/result' },
  { name: 'a formula that reads itself', file: DAYS_LEFT, change: ['TODAY()', 'Days_Left__c'], rule: 'formulas/cycle' },
  { name: 'a rule that marks a missing field', file: RULE, change: ['<errorDisplayField>Ends_On__c', '<errorDisplayField>Gone__c'], rule: 'validation-rules/error-field' },
  { name: 'a rule without formula', file: RULE, change: [/<errorConditionFormula>.*?<\/errorConditionFormula>/.exec(smallPackage().get(`force-app/main/default/objects/Deal__c/validationRules/${RULE}`)!)![0], ''], rule: 'validation-rules/complete' },

  { name: 'a grant on a missing field', file: REP, change: ['Deal__c.Sponsor__c', 'Deal__c.Gone__c'], rule: 'permission-sets/field' },
  { name: 'a grant on a master', file: REP, change: ['Deal__c.Sponsor__c', 'Deal__c.Opportunity__c'], rule: 'permission-sets/field' },
  { name: 'an editable formula', file: REP, change: ['Deal__c.Sponsor__c', 'Deal__c.Days_Left__c'], rule: 'permission-sets/field' },
  { name: 'editable but not readable', file: REP, change: ['<field>Deal__c.Sponsor__c</field>\n<readable>true', '<field>Deal__c.Sponsor__c</field>\n<readable>false'], rule: 'permission-sets/field' },
  { name: 'a grant on a part of an address', file: REP, change: ['Deal__c.Sponsor__c', 'Account.BillingCity'], rule: 'permission-sets/field' },
  { name: 'a field granted twice', file: REP, change: ['Deal__c.Sponsor__c', 'Deal__c.Notes__c'], rule: 'permission-sets/duplicate' },
  { name: 'rights on a missing object', file: REP, change: ['<object>Account<', '<object>Accounts__c<'], rule: 'permission-sets/object' },
  { name: 'edit without read', file: REP, change: ['<allowRead>true</allowRead>\n<modifyAllRecords>false</modifyAllRecords>\n<object>Step__c', '<allowRead>false</allowRead>\n<modifyAllRecords>false</modifyAllRecords>\n<object>Step__c'], rule: 'permission-sets/object' },
  { name: 'a detail without its master', file: REP, change: ['<object>Opportunity<', '<object>Contact<'], rule: 'permission-sets/object' },
  { name: 'object rights on custom metadata', file: REP, change: ['<object>Account<', '<object>PilotPolicy__mdt<'], rule: 'permission-sets/object' },
  { name: 'a custom permission nobody has', file: 'Move_End.customPermission-meta.xml', change: null, rule: 'permission-sets/reference', blamed: REP },
  { name: 'a tab nobody has', file: 'Deal__c.tab-meta.xml', change: null, rule: 'permission-sets/reference', blamed: REP },

  { name: 'a metadata value of a missing field', file: RECORD, change: ['<field>Days__c', '<field>Weeks__c'], rule: 'custom-metadata/record' },
  { name: 'a metadata value of a wrong type', file: RECORD, change: ['xsd:double', 'xsd:string'], rule: 'custom-metadata/record' },
  { name: 'a metadata number with too many digits', file: RECORD, change: ['>14<', '>1414<'], rule: 'custom-metadata/record' },
  { name: 'a record of a missing type', file: 'customMetadata/Gone.Default.md-meta.xml', change: '<CustomMetadata><label>x</label><protected>false</protected></CustomMetadata>', rule: 'custom-metadata/record' },
  { name: 'a notification without channel', file: 'Stall.notiftype-meta.xml', change: ['<desktop>true</desktop>\n<masterLabel>Stall</masterLabel>\n<mobile>true', '<desktop>false</desktop>\n<masterLabel>Stall</masterLabel>\n<mobile>false'], rule: 'notification-types/channel' },

  { name: 'a layout item of a missing field', file: LAYOUT, change: ['<field>Status__c', '<field>State__c'], rule: 'pages/layout' },
  { name: 'a field twice on a layout', file: LAYOUT, change: ['<field>Status__c', '<field>Name'], rule: 'pages/layout' },
  { name: 'a formula one may edit', file: LAYOUT, change: ['Readonly', 'Edit'], rule: 'pages/layout' },
  { name: 'a layout without its master', file: LAYOUT, change: ['<field>Opportunity__c', '<field>Sponsor__c'], rule: 'pages/layout' },
  { name: 'a related list of nobody', file: LAYOUT, change: ['Step__c.Deal__c', 'Step__c.Pilot__c'], rule: 'pages/layout' },
  { name: 'a list column nobody has', file: 'All.listView-meta.xml', change: ['<columns>Status__c', '<columns>State__c'], rule: 'pages/list-view' },
  { name: 'a list filter with a missing value', file: 'All.listView-meta.xml', change: ['<value>Open', '<value>Opened'], rule: 'pages/list-view' },
  { name: 'a compact layout of a missing field', file: 'Short.compactLayout-meta.xml', change: ['<fields>Status__c', '<fields>State__c'], rule: 'pages/compact-layout' },
  { name: 'a component nobody has', file: PAGE, change: ['<componentName>dealPanel', '<componentName>dealPane'], rule: 'pages/component' },
  { name: 'a component that is not exposed', file: META, change: ['<isExposed>true', '<isExposed>false'], rule: 'pages/component', blamed: PAGE },
  { name: 'a component for another object', file: META, change: ['<object>Opportunity', '<object>Account'], rule: 'pages/component', blamed: PAGE },
  { name: 'a property nobody declared', file: PAGE, change: ['<name>isShort', '<name>isLong'], rule: 'pages/component' },
  { name: 'an identifier twice', file: PAGE, change: ['<identifier>RecordLead_Deal', '<identifier>c_dealPanel'], rule: 'pages/flexipage' },
  { name: 'a page field nobody has', file: PAGE, change: ['Record.Lead_Deal__c', 'Record.Main_Deal__c'], rule: 'pages/flexipage' },
  { name: 'a tab of a missing object', file: 'tabs/Gone__c.tab-meta.xml', change: '<CustomTab><customObject>true</customObject></CustomTab>', rule: 'pages/tab' },
  { name: 'an app with a missing tab', file: 'applications/Deals.app-meta.xml', change: '<CustomApplication><tabs>Gone__c</tabs></CustomApplication>', rule: 'pages/app' },

  { name: 'a bundle without its script', file: 'dealPanel.js', change: null, rule: 'components/complete', blamed: 'dealPanel.html' },
  { name: 'a target that is not listed', file: META, change: ['<target>lightning__RecordPage', '<target>lightning__AppPage'], rule: 'components/configuration' },
  { name: 'a label nobody has', file: 'dealPanel.js', change: ['c.Hello', 'c.Goodbye'], rule: 'components/reference' },

  { name: 'two elements of one name', file: FLOW, change: ['<name>Today', '<name>Stamp'], rule: 'flows/name' },
  { name: 'a connector to nowhere', file: FLOW, change: ['<targetReference>Stamp', '<targetReference>Gone'], rule: 'flows/connector' },
  { name: 'a flow on a missing object', file: FLOW, change: ['<object>Deal__c', '<object>Gone__c'], rule: 'flows/start' },
  { name: 'a flow that writes a missing field', file: FLOW, change: ['$Record.Ends_On__c', '$Record.End_On__c'], rule: 'flows/reference' },
  { name: 'a flow that reads a missing resource', file: FLOW, change: ['<elementReference>Today', '<elementReference>Tomorrow'], rule: 'flows/reference' },
  { name: 'a lookup by a missing field', file: FLOW, change: ['<start>', '<recordLookups>\n<name>Find</name>\n<object>Deal__c</object>\n<filters>\n<field>Gone__c</field>\n</filters>\n</recordLookups>\n<start>'], rule: 'flows/field' },
];

describe('platform rules', () => {
  it('find nothing in a correct package', () => {
    assert.deepEqual(readPackage(smallPackage()).problems, []);
  });

  for (const mutation of MUTATIONS) {
    it(`name ${mutation.name}: ${mutation.rule}`, () => {
      const { problems } = readPackage(mutated(mutation));
      const blamed = mutation.blamed ?? mutation.file;
      const found = problems.find((each) => each.rule === mutation.rule && each.file.endsWith(blamed));
      assert.ok(found, `found only ${JSON.stringify(problems.map((each) => `${each.rule} ${each.file}`))}`);
      assert.ok(found.line >= 1 && found.problem !== '' && found.fix !== '');
    });
  }

  it('have unique ids, and a mutation each but those named here', () => {
    const ids = PLATFORM_RULES.map((rule) => rule.id);
    assert.equal(new Set(ids).size, ids.length);
    const covered = new Set(MUTATIONS.map((each) => each.rule));
    const uncovered = ids.filter((id) => !covered.has(id));
    assert.deepEqual(uncovered, []);
  });
});
