// Which permission set may do what with which object. R read, C create, E edit, D delete, V view all, M modify all.
// Sets are additive: Manager is given on top of Rep, and its D needs R and E beside it.
import { childrenOf, flagOf, textOf, type XmlNode } from '../metadata/xml.ts';
import { rule, type Rule } from '../metadata/rules/rule.ts';

type Rights = Readonly<Record<string, string>>;

/** Permission set → object → letters. */
export const OBJECT_RIGHTS: Readonly<Record<string, Rights>> = {
  Pilot_Rep: {
    Account: 'R',
    Contact: 'R',
    Opportunity: 'R',
    Pilot__c: 'RCE',
    SuccessCriterion__c: 'RCED',
    ConversionTerm__c: 'RCE',
    PilotCheckIn__c: 'RCE',
    PilotCommitment__c: 'RCED',
    PilotUsageKey__c: 'RCED',
    PilotUsage__c: 'R',
    PilotTemplate__c: 'R',
    PilotTemplateItem__c: 'R',
    PilotSyncRun__c: 'R',
    PilotSyncIssue__c: 'R',
  },
  Pilot_Manager: {
    Account: 'R',
    Contact: 'R',
    Opportunity: 'R',
    Pilot__c: 'RED',
    ConversionTerm__c: 'RED',
    PilotTemplate__c: 'RCE',
    PilotTemplateItem__c: 'RCE',
    PilotSyncRun__c: 'RV',
    PilotSyncIssue__c: 'RV',
  },
  Pilot_Admin: {
    Account: 'R',
    Contact: 'R',
    Opportunity: 'R',
    Pilot__c: 'RCED',
    SuccessCriterion__c: 'RCED',
    ConversionTerm__c: 'RCED',
    PilotCheckIn__c: 'RCED',
    PilotCommitment__c: 'RCED',
    PilotUsageKey__c: 'RCED',
    PilotUsage__c: 'RED',
    PilotTemplate__c: 'RCEDVM',
    PilotTemplateItem__c: 'RCED',
    PilotSyncRun__c: 'REDVM',
    PilotSyncIssue__c: 'REDVM',
  },
  Pilot_Sync: {
    Account: 'R',
    Contact: 'R',
    Opportunity: 'REV',
    Pilot__c: 'RE',
    SuccessCriterion__c: 'RE',
    ConversionTerm__c: 'R',
    PilotCheckIn__c: 'R',
    PilotCommitment__c: 'R',
    PilotUsageKey__c: 'RCE',
    PilotUsage__c: 'RCED',
    PilotSyncRun__c: 'RCED',
    PilotSyncIssue__c: 'RCED',
  },
};

const LETTERS = [
  ['R', 'allowRead'],
  ['C', 'allowCreate'],
  ['E', 'allowEdit'],
  ['D', 'allowDelete'],
  ['V', 'viewAllRecords'],
  ['M', 'modifyAllRecords'],
] as const;

// Objects of another package (a test's) have no row anywhere.
function isOurs(object: string): boolean {
  return object.startsWith('Pilot') || Object.values(OBJECT_RIGHTS).some((table) => object in table);
}

/** The letters of one `<objectPermissions>`. */
function rightsOf(grant: XmlNode): string {
  return LETTERS.flatMap(([letter, element]) => (flagOf(grant, element) ? letter : [])).join('');
}

/** The table against the permission sets, for the objects that the package or the platform has. */
export const objectRights: Rule = rule(
  'house/object-rights',
  'PermissionSet',
  ({ fullName, node }, pkg, fail) => {
    const table = OBJECT_RIGHTS[fullName];
    if (!table) return;
    const grants = childrenOf(node, 'objectPermissions');
    for (const grant of grants) {
      const object = textOf(grant, 'object') ?? '';
      const [has, may] = [rightsOf(grant), table[object] ?? ''];
      if (has !== may && isOurs(object))
        fail(
          `${fullName} has "${has}" on ${object}; the table of rights says "${may}".`,
          'Correct the grant, or the table in scripts/package/object-rights.ts.',
          grant,
        );
    }
    const granted = new Set(grants.map((each) => textOf(each, 'object')));
    for (const object of Object.keys(table))
      if (!granted.has(object) && pkg.model.objects.has(object))
        fail(`${fullName} lacks ${object}.`, `Grant it "${table[object]}".`);
  },
);
