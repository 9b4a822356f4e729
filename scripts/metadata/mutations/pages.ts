import { FILES, type Mutation } from '../fixture/mutation.ts';

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
    name: 'a tab of a missing object',
    file: 'tabs/Gone__c.tab-meta.xml',
    change: '<CustomTab><customObject>true</customObject></CustomTab>',
    rule: 'pages/tab',
  },
  {
    name: 'an app with a missing tab',
    file: 'applications/Deals.app-meta.xml',
    change: '<CustomApplication><tabs>Gone__c</tabs></CustomApplication>',
    rule: 'pages/app',
  },
];
