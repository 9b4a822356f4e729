import { coveredFields } from '../compound-fields.ts';
import type { ObjectAccess, PermissionSetModel } from '../model.ts';
import { childrenOf, flagOf, textOf, type XmlNode } from '../xml.ts';

/** Reads a `<PermissionSet>` element; grants of one thing named twice are united, a rule reports them. */
export function readPermissionSet(name: string, node: XmlNode): PermissionSetModel {
  const enabled = (element: string) =>
    new Set(
      childrenOf(node, element)
        .filter((each) => flagOf(each, 'enabled'))
        .map((each) => textOf(each, 'name') ?? ''),
    );
  return {
    name,
    label: textOf(node, 'label') ?? name,
    objects: new Map(
      childrenOf(node, 'objectPermissions').map((each) => [textOf(each, 'object') ?? '', objectAccess(each)]),
    ),
    fields: new Map(
      childrenOf(node, 'fieldPermissions').flatMap((each) => {
        const access = { isReadable: flagOf(each, 'readable'), isEditable: flagOf(each, 'editable') };
        return coveredFields(textOf(each, 'field') ?? '').map((field) => [field, access] as const);
      }),
    ),
    customPermissions: enabled('customPermissions'),
    userPermissions: enabled('userPermissions'),
  };
}

function objectAccess(node: XmlNode): ObjectAccess {
  return {
    read: flagOf(node, 'allowRead'),
    create: flagOf(node, 'allowCreate'),
    edit: flagOf(node, 'allowEdit'),
    delete: flagOf(node, 'allowDelete'),
    viewAll: flagOf(node, 'viewAllRecords'),
    modifyAll: flagOf(node, 'modifyAllRecords'),
  };
}
