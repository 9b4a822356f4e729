import type { PaperWriter } from '../../force-app/main/default/lwc/pilotPaper/paper.ts';
import type { ReportFacts } from './read-report-facts.ts';

/**
 * What the results support: the must-haves decide, without any all criteria do. What was not measured is neither met
 * nor missed.
 */
export function recommendation({ results, agreement }: ReportFacts, paper: PaperWriter): string {
  const mustHaves = results.filter(({ isMustHave }) => isMustHave);
  const deciding = mustHaves.length > 0 ? mustHaves : results;
  if (deciding.length === 0) return paper.say('noCriteria');
  const met = deciding.filter(({ isMet }) => isMet);
  const unmeasured = deciding.filter(({ isMet, actual }) => !isMet && actual === null);
  const missed = deciding.filter(({ isMet, actual }) => !isMet && actual !== null);
  const named = unmeasured.length > 0 ? unmeasured : missed;
  const values = {
    met: paper.number(met.length),
    count: paper.number(deciding.length),
    which: paper.say(mustHaves.length > 0 ? 'mustHaves' : 'criteria'),
    names: named.map(({ name }) => name).join(', '),
  };
  if (named.length === 0) return paper.say(agreement.terms.length > 0 ? 'allMet' : 'allMetNoTerms', values);
  return paper.say(unmeasured.length > 0 ? 'unmeasured' : 'notMet', values);
}
