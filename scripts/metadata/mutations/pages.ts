import { FILES, type Mutation } from '../fixture/mutation.ts';

const numbered = (bound: string) =>
  `<LightningComponentBundle><apiVersion>67.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets><targetConfigs><targetConfig targets="lightning__RecordPage"><property name="isShort" type="Integer" ${bound}/></targetConfig></targetConfigs></LightningComponentBundle>`;

export const PAGES_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a layout item of a missing field',
    file: FILES.layout,
    change: ['<field>Status__c', '<field>State__c'],
    rule: 'pages/layout',
  },
  {
    name: 'a field twice on a layout',
    file: FILES.layout,
    change: ['<field>Status__c', '<field>Name'],
    rule: 'pages/layout',
  },
  { name: 'a formula one may edit', file: FILES.layout, change: ['Readonly', 'Edit'], rule: 'pages/layout' },
  {
    name: 'a layout without its master',
    file: FILES.layout,
    change: ['<field>Opportunity__c', '<field>Sponsor__c'],
    rule: 'pages/layout',
  },
  {
    name: 'a related list of nobody',
    file: FILES.layout,
    change: ['Step__c.Deal__c', 'Step__c.Pilot__c'],
    rule: 'pages/layout',
  },
  {
    name: 'a list column nobody has',
    file: 'All.listView-meta.xml',
    change: ['<columns>Status__c', '<columns>State__c'],
    rule: 'pages/list-view',
  },
  {
    name: 'a list filter with a missing value',
    file: 'All.listView-meta.xml',
    change: ['<value>Open', '<value>Opened'],
    rule: 'pages/list-view',
  },
  {
    name: 'a compact layout of a missing field',
    file: 'Short.compactLayout-meta.xml',
    change: ['<fields>Status__c', '<fields>State__c'],
    rule: 'pages/compact-layout',
  },
  {
    name: 'a component nobody has',
    file: FILES.page,
    change: ['<componentName>dealPanel', '<componentName>dealPane'],
    rule: 'pages/component',
  },
  {
    name: 'a component that is not exposed',
    file: FILES.componentMeta,
    change: ['<isExposed>true', '<isExposed>false'],
    rule: 'pages/component',
    blamed: FILES.page,
  },
  {
    name: 'a component for another object',
    file: FILES.componentMeta,
    change: ['<object>Opportunity', '<object>Account'],
    rule: 'pages/component',
    blamed: FILES.page,
  },
  {
    name: 'a property nobody declared',
    file: FILES.page,
    change: ['<name>isShort', '<name>isLong'],
    rule: 'pages/component',
  },
  {
    name: 'an identifier twice',
    file: FILES.page,
    change: ['<identifier>RecordLead_Deal', '<identifier>c_dealPanel'],
    rule: 'pages/flexipage',
  },
  {
    name: 'a page field nobody has',
    file: FILES.page,
    change: ['Record.Lead_Deal__c', 'Record.Main_Deal__c'],
    rule: 'pages/flexipage',
  },
  {
    name: 'a list column twice',
    file: 'All.listView-meta.xml',
    change: ['<columns>Status__c', '<columns>NAME'],
    rule: 'pages/list-view',
  },
  {
    name: 'a list filter on a missing field',
    file: 'All.listView-meta.xml',
    change: ['<field>Status__c', '<field>State__c'],
    rule: 'pages/list-view',
  },
  {
    name: 'a compact layout of eleven fields',
    file: 'Short.compactLayout-meta.xml',
    change: ['<fields>Name</fields>', '<fields>Name</fields>'.repeat(10)],
    rule: 'pages/compact-layout',
  },
  {
    name: 'a layout of no object',
    file: 'layouts/Gone__c-Gone.layout-meta.xml',
    change: '<Layout><layoutSections/></Layout>',
    rule: 'pages/layout',
  },
  {
    name: 'a related list column nobody has',
    file: FILES.layout,
    change: ['<fields>Hours__c', '<fields>Hour__c'],
    rule: 'pages/layout',
  },
  {
    name: 'a search layout of a missing field',
    file: FILES.deal,
    change: [
      '<sharingModel>',
      '<searchLayouts><customTabListAdditionalFields>State__c</customTabListAdditionalFields></searchLayouts><sharingModel>',
    ],
    rule: 'pages/search-layout',
  },
  {
    name: 'a component on a page it is not for',
    file: FILES.componentMeta,
    change: [/lightning__RecordPage/g, 'lightning__HomePage'],
    rule: 'pages/component',
    blamed: FILES.page,
  },
  {
    name: 'a property value of another type',
    file: FILES.page,
    change: ['<value>true', '<value>perhaps'],
    rule: 'pages/component',
  },
  {
    name: 'an instance without identifier',
    file: FILES.page,
    change: ['<identifier>c_dealPanel</identifier>', ''],
    rule: 'pages/flexipage',
  },
  {
    name: 'a page of a missing object',
    file: FILES.page,
    change: ['<sobjectType>Opportunity', '<sobjectType>Oportunity'],
    rule: 'pages/flexipage',
  },
  {
    name: 'a facet nobody has',
    file: FILES.page,
    change: ['<value>true', '<value>Facet-gone'],
    rule: 'pages/flexipage',
  },
  {
    name: 'a visibility rule on a missing field',
    file: FILES.page,
    change: [
      '<identifier>c_dealPanel</identifier>',
      '<identifier>c_dealPanel</identifier><visibilityRule><criteria><leftValue>{!Record.State__c}</leftValue><operator>EQUAL</operator><rightValue>x</rightValue></criteria></visibilityRule>',
    ],
    rule: 'pages/flexipage',
  },
  {
    name: 'visibility logic with a number too many',
    file: FILES.page,
    change: [
      '<identifier>c_dealPanel</identifier>',
      '<identifier>c_dealPanel</identifier><visibilityRule><booleanFilter>1 AND 2</booleanFilter><criteria><leftValue>{!Record.Name}</leftValue><operator>EQUAL</operator><rightValue>x</rightValue></criteria></visibilityRule>',
    ],
    rule: 'pages/visibility',
  },
  {
    name: 'a template nobody has',
    file: FILES.page,
    change: ['flexipage:recordHomeTemplateDesktop', 'flexipage:recordTemplate'],
    rule: 'pages/template',
  },
  {
    name: 'a region the template lacks',
    file: FILES.page,
    change: ['<name>main', '<name>centre'],
    rule: 'pages/template',
  },
  {
    name: 'a property value outside its data source',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="String" datasource="short,long"'],
    rule: 'pages/component',
    blamed: FILES.page,
  },
  {
    name: 'a property value below its minimum',
    file: FILES.page,
    change: ['<value>true', '<value>1'],
    besides: { 'lwc/dealPanel/dealPanel.js-meta.xml': numbered('min="2"') },
    rule: 'pages/component',
  },
  {
    name: 'a property value above its maximum',
    file: FILES.page,
    change: ['<value>true', '<value>9'],
    besides: { 'lwc/dealPanel/dealPanel.js-meta.xml': numbered('max="8"') },
    rule: 'pages/component',
  },
  {
    name: 'a roll-up one may edit',
    file: FILES.layout,
    change: [
      '<behavior>Edit</behavior>\n<field>Status__c',
      '<behavior>Edit</behavior>\n<field>Done_Steps__c',
    ],
    rule: 'pages/layout',
  },
  {
    name: 'a required field that a layout leaves open',
    file: FILES.layout,
    change: [
      '<behavior>Required</behavior>\n<field>Opportunity__c',
      '<behavior>Edit</behavior>\n<field>Opportunity__c',
    ],
    rule: 'pages/layout',
  },
  {
    name: 'a visibility rule without criteria',
    file: FILES.page,
    change: [
      '<identifier>c_dealPanel</identifier>',
      '<identifier>c_dealPanel</identifier><visibilityRule><booleanFilter>1</booleanFilter></visibilityRule>',
    ],
    rule: 'pages/visibility',
  },
];
