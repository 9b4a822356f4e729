/** An earlier answer does not have what a later subrequest asks of it. */
export class MissingReference extends Error {}

/** Replaces `@{referenceId.path}` in every text of a value by what the earlier answer holds there; case counts. */
export function fillReferences<T>(value: T, answers: ReadonlyMap<string, unknown>): T {
  return fill(value, answers) as T;
}

function fill(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return fillText(value, answers);
  if (Array.isArray(value)) return value.map((each) => fill(each, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, answers)]));
}

function fillText(text: string, answers: ReadonlyMap<string, unknown>): unknown {
  const whole = /^@\{([^}]+)\}$/.exec(text)?.[1];
  // A text that is nothing but a reference keeps the type of the value.
  if (whole !== undefined) return read(whole, answers);
  return text.replace(/@\{([^}]+)\}/g, (_, path: string) => String(read(path, answers)));
}

function read(path: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [referenceId = '', ...keys] = path.split(/\.|\[|\]\.?/).filter((key) => key !== '');
  const value = keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    answers.get(referenceId),
  );
  if (value !== undefined) return value;
  throw new MissingReference(`Invalid reference specified. No value for ${path} found in ${referenceId}`);
}
