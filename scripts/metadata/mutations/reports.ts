import type { Mutation } from '../fixture/mutation.ts';

const TYPE = 'Deals_with_Steps.reportType-meta.xml';
const REPORT = 'Open_Steps.report-meta.xml';
const BOARD = 'Steps.dashboard-meta.xml';

export const REPORTS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a report type on no object',
    file: TYPE,
    change: ['<baseObject>Opportunity', '<baseObject>Oportunity'],
    rule: 'report-types/base',
  },
  {
    name: 'a join that no child has',
    file: TYPE,
    change: ['<relationship>Steps__r', '<relationship>Steps'],
    rule: 'report-types/join',
  },
  {
    name: 'an inner join behind an outer one',
    file: TYPE,
    change: [
      '<outerJoin>false</outerJoin>\n<relationship>Deals__r',
      '<outerJoin>true</outerJoin>\n<relationship>Deals__r',
    ],
    rule: 'report-types/join',
  },
  {
    name: 'a report type column without field',
    file: TYPE,
    change: ['<field>Hours__c', '<field>Hour__c'],
    rule: 'report-types/column',
  },
  {
    name: 'a report type column through no lookup',
    file: TYPE,
    change: ['Sponsor__c.Email', 'Sponsor__c.Mail'],
    rule: 'report-types/column',
  },
  {
    name: 'a report type column of another table',
    file: TYPE,
    change: ['<table>Opportunity</table>', '<table>Account</table>'],
    rule: 'report-types/column',
  },
  {
    name: 'a report type column twice',
    file: TYPE,
    change: ['<field>Status__c', '<field>Name'],
    rule: 'report-types/column',
  },
  {
    name: 'a report of no type',
    file: REPORT,
    change: ['Deals_with_Steps__c', 'Deals_with_Step__c'],
    rule: 'reports/type',
  },
  {
    name: 'a report on a missing object',
    file: REPORT,
    change: ['Deals_with_Steps__c', 'CustomEntity$Gone__c'],
    rule: 'reports/type',
  },
  {
    name: 'a report column outside its type',
    file: REPORT,
    change: ['<field>Opportunity$Name', '<field>Opportunity$StageName'],
    rule: 'reports/column',
  },
  {
    name: 'a report filter outside its type',
    file: REPORT,
    change: ['<column>Opportunity.Deals__r$Status__c', '<column>Opportunity.Deals__r$Key__c'],
    rule: 'reports/column',
  },
  {
    name: 'a summary report without groups',
    file: REPORT,
    change: [/<groupingsDown>[\s\S]*<\/groupingsDown>/, ''],
    rule: 'reports/grouping',
  },
  {
    name: 'a tabular report with groups',
    file: REPORT,
    change: ['<format>Summary', '<format>Tabular'],
    rule: 'reports/grouping',
  },
  {
    name: 'a matrix without groups across',
    file: REPORT,
    change: ['<format>Summary', '<format>Matrix'],
    rule: 'reports/grouping',
  },
  {
    name: 'a chart by another group',
    file: REPORT,
    change: ['<groupingColumn>Opportunity.Deals__r$Status__c', '<groupingColumn>Opportunity$Name'],
    rule: 'reports/grouping',
  },
  {
    name: 'a report filter value nobody has',
    file: REPORT,
    change: ['<value>Open', '<value>Opened'],
    rule: 'reports/filter',
  },
  {
    name: 'filter logic with a number too many',
    file: REPORT,
    change: ['1 OR 2', '1 OR 3'],
    rule: 'reports/filter',
  },
  {
    name: 'a report without folder',
    file: 'Deal_Reports.reportFolder-meta.xml',
    change: null,
    rule: 'reports/folder',
    blamed: REPORT,
  },
  {
    name: 'a folder without name',
    file: 'Deal_Boards.dashboardFolder-meta.xml',
    change: ['<name>Deal Boards</name>', ''],
    rule: 'reports/folder',
  },
  {
    name: 'a dashboard of no report',
    file: BOARD,
    change: ['Deal_Reports/Open_Steps', 'Deal_Reports/Steps'],
    rule: 'dashboards/report',
  },
  {
    name: 'a dashboard of the viewer that runs as somebody',
    file: BOARD,
    change: ['<textColor>', '<runningUser>boss@example.com</runningUser><textColor>'],
    rule: 'dashboards/running-user',
  },
  {
    name: 'a dashboard chart of a report without groups',
    file: REPORT,
    change: [
      /<chart>[\s\S]*<\/groupingsDown>/,
      '<columns>\n<field>Opportunity$Name</field>\n</columns>\n<format>Tabular</format>',
    ],
    rule: 'dashboards/report',
    blamed: BOARD,
  },
  {
    name: 'a chart in a report without groups',
    file: REPORT,
    change: [/<format>Summary[\s\S]*<\/groupingsDown>/, '<format>Tabular</format>'],
    rule: 'reports/grouping',
  },
  {
    name: 'a group outside the report type',
    file: REPORT,
    change: [
      /(<dateGranularity>Day<\/dateGranularity>\n<field>)Opportunity\.Deals__r\$Status__c/,
      '$1Opportunity.Deals__r$$Key__c',
    ],
    rule: 'reports/column',
  },
  {
    name: 'a chart of a column nobody sums',
    file: REPORT,
    change: ['<column>RowCount', '<column>Opportunity.Deals__r$Key__c'],
    rule: 'reports/column',
  },
];
