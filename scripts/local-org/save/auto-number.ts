import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import type { Store } from '../store/store.ts';

/** The next number of the field in its display format: `RUN-{0000}` → `RUN-0007`. */
export function nextAutoNumber(store: Store, object: ObjectModel, field: FieldModel): string {
  const next = store.nextOf(`autonumber:${object.name}.${field.name}`);
  const format = field.displayFormat ?? '{0}';
  return format.replace(/\{(0+)\}/, (_, zeros: string) => String(next).padStart(zeros.length, '0'));
}
