// The files of config/schedule, each held against its platform's own rules.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const file = (name: string): string => readFileSync(join(ROOT, 'config/schedule', name), 'utf8');
const COMMAND = 'node_modules/.bin/node scripts/cli/pilot.ts';
const CRON = /^(\*|\d+(-\d+)?(\/\d+)?|\*\/\d+)( (\*|\d+(-\d+)?(\/\d+)?|\*\/\d+)){4}$/;

// https://www.freedesktop.org/software/systemd/man/latest/systemd.directives.html
const SYSTEMD: Readonly<Record<string, readonly string[]>> = {
  Unit: ['Description', 'Documentation', 'Wants', 'After'],
  Service: [
    ...['Type', 'User', 'WorkingDirectory', 'EnvironmentFile', 'ExecStart', 'SuccessExitStatus'],
    ...['TimeoutStartSec', 'TimeoutStopSec', 'UMask', 'NoNewPrivileges', 'PrivateTmp'],
    ...['ProtectSystem', 'ReadWritePaths'],
  ],
  Timer: ['OnCalendar', 'RandomizedDelaySec', 'Persistent'],
  Install: ['WantedBy'],
};

/** Section.Key → value; a line that is neither comment, section nor known directive fails. */
function unit(text: string): Map<string, string> {
  let section = '';
  const values = new Map<string, string>();
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const head = /^\[(\w+)\]$/.exec(line);
    if (head) section = head[1]!;
    else {
      const [, key, value] = /^(\w+)=(.+)$/.exec(line) ?? [];
      assert.ok(key !== undefined && SYSTEMD[section]?.includes(key), `[${section}] ${line}`);
      values.set(`${section}.${key}`, value!);
    }
  }
  return values;
}

test('the systemd units hold known directives, start the command itself and leave time to stop', () => {
  const service = unit(file('pilot-sync.service'));
  assert.match(
    service.get('Service.ExecStart')!,
    new RegExp(`^/srv/pilot/${COMMAND.replaceAll('.', '\\.')} sync `),
  );
  assert.ok(Number(service.get('Service.TimeoutStopSec')) > 5);
  assert.match(service.get('Service.SuccessExitStatus')!, /\b4\b/);
  assert.match(unit(file('pilot-sync.timer')).get('Timer.OnCalendar')!, /^\*-\*-\* \d\d:\d\d:\d\d$/);
});

test('systemd itself finds nothing wrong with the units', () => {
  assert.equal(
    spawnSync('systemd-analyze', ['--version']).error,
    undefined,
    'systemd-analyze is not on this machine: install the Debian package systemd (.ci/run does)',
  );
  const folder = mkdtempSync(join(tmpdir(), 'pilot-units-'));
  try {
    // The installed path is this folder here, so that the program is found.
    for (const name of ['pilot-sync.service', 'pilot-sync.timer'])
      writeFileSync(join(folder, name), file(name).replaceAll('/srv/pilot', ROOT));
    const paths = ['pilot-sync.service', 'pilot-sync.timer'].map((name) => join(folder, name));
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
    const own = verified.stderr.split('\n').filter((line) => line.includes('pilot-sync'));
    assert.deepEqual(own, []);
    writeFileSync(join(folder, 'broken.service'), '[Service]\nExecStart=/bin/true\nNonsense=1\n');
    const broken = spawnSync('systemd-analyze', ['verify', '--man=no', join(folder, 'broken.service')], {
      encoding: 'utf8',
    });
    assert.match(broken.stderr, /Nonsense/, 'the check itself notices a mistake');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function bashAccepts(text: string): void {
  execFileSync('bash', ['-n'], { input: text });
}

test('the cron file has five fields, a user and a command that bash can read', () => {
  const lines = file('pilot-sync.cron')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const jobs = lines.filter((line) => !/^[A-Z]+=\S+$/.test(line));
  assert.equal(jobs.length, 1);
  const [, schedule, user, command] = /^((?:\S+ ){4}\S+) +(\w+) +(.+)$/.exec(jobs[0]!)!;
  assert.match(schedule!, CRON);
  assert.equal(user, 'pilot');
  // cron turns an unescaped % into a line end (crontab(5)).
  assert.ok(!command!.includes('%'));
  assert.ok(command!.includes(`exec ${COMMAND} sync `));
  bashAccepts(command!);
});

// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ and, for the pod, …/pod-v1/
const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
const count = z.int().min(0);
const quantity = z.string().regex(/^\d+(\.\d+)?(m|Ki|Mi|Gi)?$/);
const resources = z.partialRecord(z.enum(['cpu', 'memory']), quantity);
const CronJob = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  metadata: z.strictObject({ name: name.max(52) }),
  spec: z.strictObject({
    schedule: z.string().regex(CRON),
    timeZone: z.string(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']),
    startingDeadlineSeconds: count,
    successfulJobsHistoryLimit: count,
    failedJobsHistoryLimit: count,
    jobTemplate: z.strictObject({
      spec: z.strictObject({
        backoffLimit: count,
        activeDeadlineSeconds: count,
        template: z.strictObject({
          spec: z.strictObject({
            restartPolicy: z.enum(['Never', 'OnFailure']),
            terminationGracePeriodSeconds: count,
            securityContext: z.strictObject({ runAsNonRoot: z.boolean(), runAsUser: count, fsGroup: count }),
            containers: z.tuple([
              z.strictObject({
                name,
                image: z.string().regex(/^[\w.-]+(\/[\w.-]+)+:[\w.-]+$/),
                args: z.array(z.string()),
                envFrom: z.array(z.strictObject({ secretRef: z.strictObject({ name }) })),
                resources: z.strictObject({ requests: resources, limits: resources }),
                securityContext: z.strictObject({
                  allowPrivilegeEscalation: z.boolean(),
                  readOnlyRootFilesystem: z.boolean(),
                }),
                volumeMounts: z.array(
                  z.strictObject({
                    name,
                    mountPath: z.string().startsWith('/'),
                    readOnly: z.boolean().optional(),
                  }),
                ),
              }),
            ]),
            volumes: z.array(
              z.union([
                z.strictObject({ name, configMap: z.strictObject({ name }) }),
                z.strictObject({ name, emptyDir: z.strictObject({}) }),
                z.strictObject({ name, persistentVolumeClaim: z.strictObject({ claimName: name }) }),
              ]),
            ),
          }),
        }),
      }),
    }),
  }),
});

test('the Kubernetes job has documented fields only, never two at once, and mounts what it declares', () => {
  const { spec } = CronJob.parse(parse(file('kubernetes-cronjob.yaml')));
  assert.equal(spec.concurrencyPolicy, 'Forbid');
  const pod = spec.jobTemplate.spec.template.spec;
  assert.ok(pod.terminationGracePeriodSeconds > 5);
  const [container] = pod.containers;
  assert.equal(container.args[0], 'sync');
  assert.deepEqual(
    container.volumeMounts.map((mount) => mount.name),
    pod.volumes.map((volume) => volume.name),
  );
});

test('the Kubernetes job can write where a sync writes, and nowhere else', () => {
  const pod = CronJob.parse(parse(file('kubernetes-cronjob.yaml'))).spec.jobTemplate.spec.template.spec;
  const [{ securityContext, volumeMounts }] = pod.containers;
  assert.equal(securityContext.readOnlyRootFilesystem, true);
  const writable = volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath);
  assert.deepEqual(writable.toSorted(), ['/app/.pilot', '/tmp']);
  const temporary = volumeMounts.find(({ mountPath }) => mountPath === '/tmp');
  assert.ok(pod.volumes.some((volume) => 'emptyDir' in volume && volume.name === temporary?.name));
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
const step = z.union([
  z.strictObject({
    uses: z.string().regex(/^[\w-]+\/[\w-]+@v\d+$/),
    with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
  z.strictObject({
    name: z.string().optional(),
    run: z.string(),
    env: z.record(z.string(), z.string()).optional(),
  }),
]);
const Workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    schedule: z.array(z.strictObject({ cron: z.string().regex(CRON) })),
    workflow_dispatch: z.strictObject({}),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.literal(false) }),
  jobs: z.strictObject({
    sync: z.strictObject({ 'runs-on': z.string(), 'timeout-minutes': count, steps: z.array(step) }),
  }),
});

test('the GitHub workflow has documented keys only, scripts that bash can read, and takes secrets from secrets', () => {
  const { steps } = Workflow.parse(parse(file('github-actions.yml'))).jobs.sync;
  const scripts = steps.flatMap((each) => ('run' in each ? [each] : []));
  for (const { run } of scripts) bashAccepts(run);
  assert.ok(scripts.some(({ run }) => run.startsWith(`exec ${COMMAND} sync `)));
  for (const { env = {} } of scripts)
    for (const [key, value] of Object.entries(env)) assert.equal(value, `\${{ secrets.${key} }}`);
});

test('the Dockerfile starts the command itself, as nobody special, and holds no secret', () => {
  const lines = file('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const known = /^(FROM|ENV|WORKDIR|COPY|RUN|USER|VOLUME|ENTRYPOINT|CMD) \S/;
  assert.deepEqual(
    lines.filter((line) => !known.test(line)),
    [],
  );
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  assert.deepEqual(JSON.parse(of('ENTRYPOINT')[0]!), COMMAND.split(' '));
  assert.equal((JSON.parse(of('CMD')[0]!) as string[])[0], 'sync');
  assert.deepEqual(of('USER'), ['node']);
  for (const command of of('RUN')) bashAccepts(command);
  for (const source of of('COPY').flatMap((copy) => copy.split(' ').slice(0, -1)))
    assert.ok(execFileSync('git', ['ls-files', source], { cwd: ROOT, encoding: 'utf8' }) !== '', source);
  assert.doesNotMatch(file('Dockerfile'), /(TOKEN|SECRET|PASSWORD)=/);
});

// https://docs.docker.com/build/concepts/context/#filename-and-location
test('what the Dockerfile copies is all that a build gets to see', () => {
  const copied = [...file('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap((match) =>
    match[1]!.split(' '),
  );
  const [first, ...rest] = file('Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(first, '*');
  assert.deepEqual(rest.toSorted(), copied.map((path) => `!${path}`).toSorted());
});
