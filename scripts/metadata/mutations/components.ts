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
];
