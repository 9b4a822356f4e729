// What a platform rule is: a stable id and a function from a package to what breaks it.
// The sentences of the rules: the Metadata API guide and the object-limits pages, named in each family's file.
import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';
import type { Component } from '../read/component.ts';
import type { Manifest } from '../read/manifest.ts';
import { parseXml, type XmlNode } from '../xml.ts';

export interface PackageUnderCheck {
  readonly components: readonly Component[];
  readonly manifest: Manifest | null;
  /** The org as it would be after the deploy. */
  readonly model: OrgModel;
  /** The org before it. */
  readonly base: OrgModel;
}

export interface Finding {
  readonly component: Component;
  /** The element that is wrong; the component's own when absent. */
  readonly at?: XmlNode | undefined;
  readonly problem: string;
  readonly fix: string;
}

export interface Rule {
  /** `family/rule`, stable. */
  readonly id: string;
  check(pkg: PackageUnderCheck): Iterable<Finding>;
}

/** Reports a broken rule at an element of the component under check. */
export type Fail = (problem: string, fix: string, at?: XmlNode) => void;

/** A rule that looks at each component of the given types on its own. */
export function rule(
  id: string,
  types: string | readonly string[],
  check: (component: Component, pkg: PackageUnderCheck, fail: Fail) => void,
): Rule {
  const wanted = new Set(typeof types === 'string' ? [types] : types);
  return {
    id,
    check(pkg) {
      const findings: Finding[] = [];
      for (const component of pkg.components) {
        if (wanted.has(component.type))
          check(component, pkg, (problem, fix, at) => findings.push({ component, at, problem, fix }));
      }
      return findings;
    },
  };
}

/** API names are compared without case, as the platform does. */
export function findIgnoringCase<T>(map: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = map.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [key, value] of map) if (key.toLowerCase() === lower) return value;
  return undefined;
}

/** The object and field that `Object.Field` names; undefined for what the org does not have. */
export function findField(
  model: OrgModel,
  fullName: string,
): { object: ObjectModel; field: FieldModel } | undefined {
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const object = findIgnoringCase(model.objects, objectName);
  const field = object && findIgnoringCase(object.fields, fieldName);
  return object && field ? { object, field } : undefined;
}

/** The values that occur more than once, ignoring case. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value.toLowerCase()).size);
}

const parsed = new WeakMap<OrgModel, Map<string, ReadonlyMap<string, XmlNode>>>();

/** Definitions of a type that the org has after the deploy, its own ones included; by full name. */
export function definitionsOf({ model }: PackageUnderCheck, type: string): ReadonlyMap<string, XmlNode> {
  const byType = parsed.get(model) ?? new Map<string, ReadonlyMap<string, XmlNode>>();
  parsed.set(model, byType);
  const known =
    byType.get(type) ??
    new Map(
      model.others.filter((each) => each.type === type).map((each) => [each.fullName, parseXml(each.xml)]),
    );
  byType.set(type, known);
  return known;
}
