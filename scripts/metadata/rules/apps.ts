// Apps and tabs.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_customapplication.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_tab.htm
import { child, childrenOf, flagOf, textOf } from '../xml.ts';
import { bundleFile } from './components.ts';
import { definitionsOf, findIgnoringCase, repeated, rule, type Rule } from './rule.ts';

const app = rule('apps/tab', 'CustomApplication', ({ node }, pkg, fail) => {
  const tabs = definitionsOf(pkg, 'CustomTab');
  const named = childrenOf(node, 'tabs');
  for (const tab of named) {
    const name = tab.text.trim();
    if (!name.startsWith('standard-') && !tabs.has(name))
      fail(
        `In field: tab - no CustomTab named ${name} found`,
        'Add the tab, or take it out of the app.',
        tab,
      );
  }
  for (const name of repeated(named.map((each) => each.text.trim())))
    fail(`The app shows the tab ${name} twice.`, 'Keep one.');
});

const override = rule('apps/override', 'CustomApplication', ({ node }, pkg, fail) => {
  const pages = definitionsOf(pkg, 'FlexiPage');
  for (const each of [
    ...childrenOf(node, 'actionOverrides'),
    ...childrenOf(node, 'profileActionOverrides'),
  ]) {
    const name = textOf(each, 'content');
    if (textOf(each, 'type')?.toLowerCase() !== 'flexipage' || name === null) continue;
    const page = pages.get(name);
    const object = textOf(each, 'pageOrSobjectType');
    const of = page && textOf(page, 'sobjectType');
    if (!page) fail(`In field: content - no FlexiPage named ${name} found`, 'Correct the page name.', each);
    else if (of && object !== of)
      fail(
        `The page ${name} is for ${of}, not for ${object ?? 'nothing'}.`,
        'Name a page of the object.',
        each,
      );
  }
});

const utilityBar = rule('apps/utility-bar', 'CustomApplication', ({ node }, pkg, fail) => {
  const name = textOf(node, 'utilityBar');
  const page = name === null ? undefined : definitionsOf(pkg, 'FlexiPage').get(name);
  if (name !== null && (!page || textOf(page, 'type') !== 'UtilityBar'))
    fail(
      `In field: utilityBar - no FlexiPage named ${name} of type UtilityBar found`,
      'Add the page, or take <utilityBar> out.',
      child(node, 'utilityBar'),
    );
});

const tab = rule('tabs/target', 'CustomTab', ({ fullName, node }, pkg, fail) => {
  if (flagOf(node, 'customObject') && !findIgnoringCase(pkg.model.objects, fullName))
    fail(
      `In field: customObject - no CustomObject named ${fullName} found`,
      'Name the tab after its object.',
    );
  const page = textOf(node, 'flexiPage');
  if (page !== null && !definitionsOf(pkg, 'FlexiPage').has(page))
    fail(`In field: flexiPage - no FlexiPage named ${page} found`, 'Correct it.', child(node, 'flexiPage'));
  const component = textOf(node, 'lwcComponent');
  const meta = component === null ? undefined : bundleFile(pkg, component, '.js-meta.xml');
  const isForTabs =
    meta &&
    childrenOf(child(meta.node, 'targets') ?? meta.node, 'target').some(
      (each) => each.text.trim() === 'lightning__Tab',
    );
  if (component !== null && !isForTabs)
    fail(
      `In field: lwcComponent - no LightningComponentBundle named ${component} with the target lightning__Tab found`,
      'Correct the name, or add the target to its js-meta.xml.',
      child(node, 'lwcComponent'),
    );
});

export const APP_RULES: readonly Rule[] = [app, override, utilityBar, tab];
