import type { OrgModel } from '../../metadata/model.ts';
import { parseXml } from '../../metadata/xml.ts';
import type { CompiledFlow } from './compile-flow.ts';
import { FlowError } from './flow-error.ts';
import type { FlowModel } from './flow-model.ts';
import { isActiveFlow, readFlow } from './read-flow.ts';

const compiled = new WeakMap<OrgModel, readonly CompiledFlow[]>();

/** The active flows of an org in the order in which they run. @throws FlowError, which a deploy has ruled out */
export function flowsOf(model: OrgModel): readonly CompiledFlow[] {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const flows = activeFlows(model).map(({ name, node }) => readFlow(name, node, model));
  flows.sort((a, b) => a.flow.triggerOrder - b.flow.triggerOrder || (a.flow.name < b.flow.name ? -1 : 1));
  compiled.set(model, flows);
  return flows;
}

const started = new WeakMap<readonly CompiledFlow[], Map<string, readonly CompiledFlow[]>>();

/** Those that a save of the object starts at this moment. */
export function flowsFor(
  model: OrgModel,
  object: string,
  moment: FlowModel['moment'],
  isNew: boolean,
): readonly CompiledFlow[] {
  const all = flowsOf(model);
  const byStart = started.get(all) ?? new Map<string, readonly CompiledFlow[]>();
  started.set(all, byStart);
  const key = `${object} ${moment} ${isNew}`;
  const known = byStart.get(key);
  if (known !== undefined) return known;
  const flows = all.filter(
    ({ flow }) => flow.object === object && flow.moment === moment && (isNew ? flow.onCreate : flow.onUpdate),
  );
  byStart.set(key, flows);
  return flows;
}

/** Every active flow that this org cannot run, with the reason and the place in its file. */
export function findBrokenFlows(model: OrgModel): { name: string; error: FlowError }[] {
  return activeFlows(model).flatMap(({ name, node }) => {
    try {
      readFlow(name, node, model);
      return [];
    } catch (error) {
      if (!(error instanceof FlowError)) throw error;
      return [{ name, error }];
    }
  });
}

const activeFlows = (model: OrgModel) =>
  model.others
    .filter(({ type }) => type === 'Flow')
    .map(({ fullName, xml }) => ({ name: fullName, node: parseXml(xml) }))
    .filter(({ node }) => isActiveFlow(node));
