import type { ObjectNeed } from './needs.ts';
import type { PreflightFinding } from './preflight.ts';

const OF_RIGHTS: ReadonlySet<PreflightFinding['code']> = new Set([
  'OBJECT_MISSING',
  'FIELD_MISSING',
  'NO_PERMISSION',
]);

/**
 * The findings as they are, unless they say that the user may write less than half of what the sync writes. That is one missing
 * assignment and no list of fields: it comes first, the findings that follow from it are only counted.
 */
export function assignmentFirst(
  needs: readonly ObjectNeed[],
  findings: readonly PreflightFinding[],
): readonly PreflightFinding[] {
  const ofRights = findings.filter(({ code }) => OF_RIGHTS.has(code));
  const denied = new Set(
    ofRights.map(({ object, field }) => (field === null ? object : `${object}.${field}`)),
  );
  const missing = new Set(ofRights.flatMap((one) => (one.code === 'OBJECT_MISSING' ? [one.object] : [])));
  const written = needs.flatMap(({ object, writes }) => writes.map((name) => ({ object, name })));
  const writable = written.filter(
    ({ object, name }) => !missing.has(object) && !denied.has(`${object}.${name}`),
  );
  if (writable.length * 2 >= written.length) return findings;
  const others = findings.filter(({ code }) => !OF_RIGHTS.has(code));
  return [assignment(writable.length, written.length, ofRights), ...others];
}

function assignment(
  writable: number,
  written: number,
  ofRights: readonly PreflightFinding[],
): PreflightFinding {
  const byCode = Object.entries(Object.groupBy(ofRights, ({ code }) => code));
  const counts = byCode.map(([code, of]) => `${of.length} ${code}`).join(', ');
  // What is hidden looks like what is not there.
  const [orMissing, orMissingEs] = ofRights.some(({ code }) => code !== 'NO_PERMISSION')
    ? [', or the package is not deployed', ', o el paquete no está desplegado']
    : ['', ''];
  const told = {
    en: {
      message: `The integration user may write ${writable} of the ${written} fields that the sync writes: the permission set Pilot Sync is not assigned to it${orMissing}. What follows from it: ${counts}.`,
      fix: 'Setup > Permission Sets > Pilot Sync > Manage Assignments > Add Assignment: the integration user. If the set is not listed there, deploy the package: npx pilot install. Then run npx pilot check, which names what is left.',
    },
    es: {
      message: `El usuario de integración puede escribir ${writable} de los ${written} campos que escribe la sincronización: no tiene asignado el conjunto de permisos Pilot Sync${orMissingEs}. Lo que resulta de ello: ${counts}.`,
      fix: 'Configuración > Conjuntos de permisos > Pilot Sync > Gestionar asignaciones > Agregar asignación: el usuario de integración. Si no aparece allí, despliegue el paquete: npx pilot install. Ejecute después npx pilot check, que nombra lo que falta.',
    },
  };
  return { code: 'NO_PERMISSION', object: 'Pilot_Sync', field: null, told };
}
