import { FILES, type Mutation } from '../fixture/mutation.ts';

export const COMPONENTS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a bundle without its script',
    file: 'dealPanel.js',
    change: null,
    rule: 'components/complete',
    blamed: 'dealPanel.html',
  },
  {
    name: 'a target that is not listed',
    file: FILES.componentMeta,
    change: ['<target>lightning__RecordPage', '<target>lightning__AppPage'],
    rule: 'components/configuration',
  },
  {
    name: 'a label nobody has',
    file: 'dealPanel.js',
    change: ['c.Hello', 'c.Goodbye'],
    rule: 'components/reference',
  },
  {
    name: 'a target nobody has',
    file: FILES.componentMeta,
    change: [/lightning__RecordPage/g, 'lightning__RecordsPage'],
    rule: 'components/target',
  },
  {
    name: 'a property the class lacks',
    file: 'dealPanel.js',
    change: ['@api isShort', 'isShort'],
    rule: 'components/property',
    blamed: FILES.componentMeta,
  },
  {
    name: 'a property of a type pages lack',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="Decimal"'],
    rule: 'components/property',
  },
  {
    name: 'a default of another type',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="Integer" default="few"'],
    rule: 'components/property',
  },
  {
    name: 'a default below the minimum',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="Integer" default="1" min="2"'],
    rule: 'components/property',
  },
  {
    name: 'a bound that is no number',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="Integer" max="many"'],
    rule: 'components/property',
  },
  {
    name: 'a default outside the data source',
    file: FILES.componentMeta,
    change: ['type="Boolean"', 'type="String" datasource="a,b" default="c"'],
    rule: 'components/property',
  },
  {
    name: 'objects on a home page',
    file: FILES.componentMeta,
    change: [/lightning__RecordPage/g, 'lightning__HomePage'],
    rule: 'components/property',
  },
  {
    name: 'a property twice',
    file: FILES.componentMeta,
    change: ['<objects>', '<property name="isShort" type="Boolean"/><objects>'],
    rule: 'components/configuration',
  },
  {
    name: 'a component for a missing object',
    file: FILES.componentMeta,
    change: ['<object>Opportunity', '<object>Oportunity'],
    rule: 'components/configuration',
  },
  {
    name: 'a component of a later API',
    file: FILES.componentMeta,
    change: ['<apiVersion>67.0', '<apiVersion>68.0'],
    rule: 'components/configuration',
  },
  {
    name: 'a schema field nobody has',
    file: 'dealStep.js',
    change: [
      'import { LightningElement',
      "import KEY from '@salesforce/schema/Deal__c.Kee__c';\nimport { LightningElement",
    ],
    rule: 'components/reference',
  },
  {
    name: 'an imported permission nobody has',
    file: 'dealStep.js',
    change: [
      'import { LightningElement',
      "import may from '@salesforce/customPermission/Move_Start';\nimport { LightningElement",
    ],
    rule: 'components/reference',
  },
  {
    name: 'a message channel nobody has',
    file: 'dealStep.js',
    change: [
      'import { LightningElement',
      "import channel from '@salesforce/messageChannel/Gone__c';\nimport { LightningElement",
    ],
    rule: 'components/reference',
  },
  {
    name: 'a field in a text that nobody has',
    file: 'dealStep.js',
    change: ['@api step;', "@api step;\n  fields = ['Deal__c.State__c'];"],
    rule: 'components/code',
  },
  {
    name: 'a related list nobody has',
    file: 'dealStep.js',
    change: ['@api step;', "@api step;\n  list = { relatedListId: 'Step__r' };"],
    rule: 'components/code',
  },
  {
    name: 'a property the class inherits',
    file: 'dealPanel.js',
    change: [
      'extends LightningElement {\n  @api recordId;\n  @api isShort = false;',
      'extends DealStep {\n  @api recordId;',
    ],
    besides: {
      'lwc/dealStep/dealStep.js':
        "import { LightningElement, api } from 'lwc';\nexport default class DealStep extends LightningElement {\n  @api step;\n  @api isShort = false;\n}\n",
    },
    rule: 'components/property',
    blamed: FILES.componentMeta,
  },
  {
    name: 'a property that is @api in a comment alone',
    file: 'dealPanel.js',
    change: ['@api isShort = false', '// @api isShort\n  isShort = false'],
    rule: 'components/property',
    blamed: FILES.componentMeta,
  },
  {
    name: 'a static resource nobody has',
    file: 'dealStep.js',
    change: [
      'import { LightningElement',
      "import logo from '@salesforce/resourceUrl/Gone';\nimport { LightningElement",
    ],
    rule: 'components/reference',
  },
  {
    name: 'a schema object nobody has',
    file: 'dealStep.js',
    change: [
      'import { LightningElement',
      "import DEAL from '@salesforce/schema/Dael__c';\nimport { LightningElement",
    ],
    rule: 'components/reference',
  },
];
