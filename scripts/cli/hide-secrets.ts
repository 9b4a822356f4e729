import { redacted } from '../salesforce/redact.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Output = Pick<NodeJS.WriteStream, 'write'>;

// What the environment holds under such names is never printed, whatever it looks like.
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE|API_?KEY|KEY_FILE|CREDENTIAL|PING_URL|ALERT_URL/i;

/** Makes the function that hides the secrets of this environment, and all that looks like one, in a text. */
export function secretHider(environment: Environment): (text: string) => string {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= 6 && SECRET_NAME.test(name)
      ? [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]
      : [],
  );
  // The longest first: one secret may be part of another.
  const known = [...new Set(values)].toSorted((a, b) => b.length - a.length);
  return (text) => redacted(known.reduce((left, value) => left.replaceAll(value, '[hidden]'), text));
}

/** From here on nothing that this process writes to the streams holds a secret, libraries' warnings and stacks included. */
export function hideSecrets(streams: readonly Output[], environment: Environment): void {
  const hide = secretHider(environment);
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = ((chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? hide(chunk) : chunk, ...rest)) as Output['write'];
  }
}
