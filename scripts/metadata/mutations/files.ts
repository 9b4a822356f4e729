import { FILES, type Mutation } from '../fixture/mutation.ts';

export const FILES_MUTATIONS: readonly Mutation[] = [
  { name: 'a tag that is never closed', file: FILES.key, change: ['</label>', ''], rule: 'xml/well-formed' },
  {
    name: 'a document type with an entity',
    file: FILES.key,
    change: ['<CustomField', '<!DOCTYPE x [<!ENTITY a "b">]><CustomField'],
    rule: 'xml/well-formed',
  },
  {
    name: 'an entity XML does not know',
    file: FILES.key,
    change: ['<label>Key', '<label>&copy;'],
    rule: 'xml/well-formed',
  },
  {
    name: 'a folder no deploy knows',
    file: 'profiles/Admin.profile-meta.xml',
    change: '<Profile/>',
    rule: 'files/unknown',
  },
  {
    name: 'a profile in the package',
    file: 'profiles/Admin.profile-meta.xml',
    change: '<Profile><custom>false</custom></Profile>',
    rule: 'files/unknown',
  },
];
