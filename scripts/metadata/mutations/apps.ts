import type { Mutation } from '../fixture/mutation.ts';

const APP = 'Deals.app-meta.xml';
const ACTION = 'New_Step.quickAction-meta.xml';

export const APPS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'an app with a missing tab',
    file: APP,
    change: ['<tabs>Deal__c', '<tabs>Gone__c'],
    rule: 'apps/tab',
  },
  {
    name: 'an app with a tab twice',
    file: APP,
    change: ['<tabs>standard-home', '<tabs>Deal__c'],
    rule: 'apps/tab',
  },
  {
    name: 'an app with a missing page',
    file: APP,
    change: ['Deal_Page', 'Page_of_Deals'],
    rule: 'apps/override',
  },
  {
    name: 'an app with the page of another object',
    file: APP,
    change: ['<pageOrSobjectType>Opportunity', '<pageOrSobjectType>Account'],
    rule: 'apps/override',
  },
  {
    name: 'an app with a missing utility bar',
    file: APP,
    change: ['<utilityBar>Deal_Bar', '<utilityBar>Gone_Bar'],
    rule: 'apps/utility-bar',
  },
  {
    name: 'an app with a record page as utility bar',
    file: APP,
    change: ['<utilityBar>Deal_Bar', '<utilityBar>Deal_Page'],
    rule: 'apps/utility-bar',
  },
  {
    name: 'a tab of a missing object',
    file: 'tabs/Gone__c.tab-meta.xml',
    change: '<CustomTab><customObject>true</customObject></CustomTab>',
    rule: 'tabs/target',
  },
  {
    name: 'a tab of a missing page',
    file: 'tabs/Start.tab-meta.xml',
    change: '<CustomTab><flexiPage>Gone</flexiPage><label>Start</label></CustomTab>',
    rule: 'tabs/target',
  },
  {
    name: 'a tab of a component that is not made for tabs',
    file: 'tabs/Start.tab-meta.xml',
    change: '<CustomTab><label>Start</label><lwcComponent>dealPanel</lwcComponent></CustomTab>',
    rule: 'tabs/target',
  },
  {
    name: 'a tab of a missing component',
    file: 'tabs/Start.tab-meta.xml',
    change: '<CustomTab><label>Start</label><lwcComponent>gone</lwcComponent></CustomTab>',
    rule: 'tabs/target',
  },
  {
    name: 'a quick action on a missing object',
    file: ACTION,
    change: ['<targetObject>Step__c', '<targetObject>Steps__c'],
    rule: 'quick-actions/target',
  },
  {
    name: 'a quick action whose parent field is no lookup',
    file: ACTION,
    change: ['<targetParentField>Deal__c', '<targetParentField>Hours__c'],
    rule: 'quick-actions/target',
  },
  {
    name: 'a quick action with a missing field',
    file: ACTION,
    change: ['<field>Hours__c', '<field>Hour__c'],
    rule: 'quick-actions/layout',
  },
  {
    name: 'a quick action with a field twice',
    file: ACTION,
    change: ['<field>Hours__c', '<field>Name'],
    rule: 'quick-actions/layout',
  },
  {
    name: 'a quick action without a required field',
    file: ACTION,
    change: ['<field>Name', '<field>Is_Done__c'],
    rule: 'quick-actions/layout',
  },
  {
    name: 'a quick action with no component',
    file: 'quickActions/Deal__c.Show.quickAction-meta.xml',
    change:
      '<QuickAction><lightningWebComponent>gone</lightningWebComponent><type>LightningWebComponent</type></QuickAction>',
    rule: 'quick-actions/component',
  },
  {
    name: 'a quick action with a component for pages',
    file: 'quickActions/Deal__c.Show.quickAction-meta.xml',
    change:
      '<QuickAction><lightningWebComponent>dealPanel</lightningWebComponent><type>LightningWebComponent</type></QuickAction>',
    rule: 'quick-actions/component',
  },
];
