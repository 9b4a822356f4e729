import type { Clocks } from './clocks.ts';
import type { PreflightFinding } from './preflight.ts';

/** Far more than an answer takes; a run near midnight could judge the wrong day with more. */
const MOST_MINUTES = 5;

/** What is wrong with this machine's clock, if anything: the run's day and its time stamps are its own. */
export function clockFinding(clocks: Clocks | null): PreflightFinding[] {
  if (clocks === null) return [];
  const minutes = (clocks.machine.getTime() - clocks.org.getTime()) / 60_000;
  if (Math.abs(minutes) <= MOST_MINUTES) return [];
  const apart = Math.round(Math.abs(minutes));
  const [machine, org] = [shown(clocks.machine), shown(clocks.org)];
  const told = {
    en: {
      message: `This machine's clock shows ${machine}, the org's ${org}: ${apart} minutes ${minutes > 0 ? 'ahead' : 'behind'}; at most ${MOST_MINUTES} are allowed.`,
      fix: "Set this machine's clock, e.g. timedatectl set-ntp true.",
    },
    es: {
      message: `El reloj del equipo de la sincronización marca ${machine} y el de la organización ${org}: ${apart} minutos de ${minutes > 0 ? 'adelanto' : 'retraso'}; se admiten ${MOST_MINUTES} como máximo.`,
      fix: 'Ponga en hora ese equipo, p. ej. con timedatectl set-ntp true.',
    },
  };
  return [{ code: 'CLOCK_SKEW', object: 'Organization', field: null, told }];
}

function shown(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
