// Quick actions.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_quickaction.htm
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';
import { bundleFile } from './components.ts';
import { repeated, rule, type Rule } from './rule.ts';

function layoutItems(action: XmlNode): XmlNode[] {
  const layout = child(action, 'quickActionLayout');
  return (layout ? childrenOf(layout, 'quickActionLayoutColumns') : []).flatMap((column) =>
    childrenOf(column, 'quickActionLayoutItems'),
  );
}

const target = rule('quick-actions/target', 'QuickAction', ({ fullName, node }, { model }, fail) => {
  const [parent = ''] = fullName.split('.');
  const isGlobal = !fullName.includes('.');
  const name = textOf(node, 'targetObject');
  const object = name === null ? undefined : model.objects.get(name);
  if (!isGlobal && !model.objects.has(parent))
    fail(`The object ${parent} of the action does not exist.`, 'Name the file Object.Action.quickAction.');
  if (name !== null && !object)
    fail(`The target object ${name} does not exist.`, 'Correct <targetObject>.', child(node, 'targetObject'));
  const link = textOf(node, 'targetParentField');
  const field = link === null ? undefined : object?.fields.get(link);
  if (link !== null && object && !isGlobal && !field?.reference?.to.includes(parent))
    fail(
      `targetParentField ${link} is no lookup of ${name} to ${parent}.`,
      'Name the lookup that points to the object of the action.',
      child(node, 'targetParentField'),
    );
});

const layout = rule('quick-actions/layout', 'QuickAction', ({ node }, { model }, fail) => {
  const object = model.objects.get(textOf(node, 'targetObject') ?? '');
  const items = layoutItems(node);
  if (!object || textOf(node, 'type') !== 'Create') return;
  for (const item of items) {
    const name = textOf(item, 'field');
    if (name !== null && !object.fields.has(name))
      fail(`In field: field - no CustomField named ${object.name}.${name} found`, 'Correct it.', item);
  }
  const shown = items.flatMap((item) => textOf(item, 'field') ?? []);
  for (const name of repeated(shown)) fail(`The action shows ${name} twice.`, 'Keep one.');
  const parent = textOf(node, 'targetParentField');
  const needed = [...object.fields.values()].filter(
    (field) =>
      field.name !== parent &&
      field.isCreateable &&
      field.defaultValue === null &&
      ((field.isCustom && field.isRequired) || field.name === 'Name'),
  );
  for (const { name } of needed)
    if (!shown.includes(name))
      fail(`The action lacks the required field ${name}.`, 'Add it with <uiBehavior>Required</uiBehavior>.');
});

const component = rule('quick-actions/component', 'QuickAction', ({ node }, pkg, fail) => {
  const name = textOf(node, 'lightningWebComponent');
  const meta = name === null ? undefined : bundleFile(pkg, name, '.js-meta.xml');
  if (name === null) return;
  const targets = meta
    ? childrenOf(child(meta.node, 'targets') ?? meta.node, 'target').map((each) => each.text.trim())
    : [];
  if (!meta) fail(`no LightningComponentBundle named ${name} found`, 'Correct the name.');
  else if (!targets.includes('lightning__RecordAction'))
    fail(
      `Component c:${name} does not support lightning__RecordAction.`,
      'Add the target in its js-meta.xml.',
    );
});

export const QUICK_ACTION_RULES: readonly Rule[] = [target, layout, component];
