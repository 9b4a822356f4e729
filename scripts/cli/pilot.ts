#!/usr/bin/env node
// The command line. Commands load what they need when they run, so that --help answers at once.
import { Command, CommanderError } from 'commander';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { hideSecrets } from './hide-secrets.ts';
import { outliveReaders } from './outlive-readers.ts';

outliveReaders([process.stdout, process.stderr]);
hideSecrets([process.stdout, process.stderr], process.env);

const program = new Command('pilot')
  .description('Pilots on the Salesforce opportunity: sync, checks and a local org to try it all.')
  .exitOverride()
  .showHelpAfterError('(pilot --help lists the commands)');

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

program
  .command('start')
  .description('try everything on this machine: local org, package, sample, sync, page')
  .option('--exit', 'end after the sync, with its exit code')
  .option('--port <number>', 'port of the page', '4280')
  .option('--now <time>', 'pretend it is this day or instant, e.g. 2026-11-22')
  .option('--seed <number>', 'another sample', '1')
  .addHelpText('after', examples('npx pilot start --exit'))
  .action(async (options) => (await import('./start-command.ts')).startCommand(options));

program
  .command('sync')
  .description('read usage and pilots, judge them, write the differences')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--events <->', 'read usage as JSON lines from standard input (-) instead of the source’s files')
  .option('--dry-run', 'write nothing; say what would be written')
  .option('--accept-mass-change', 'flag pilots even if usage fell for many at once')
  .option('--now <time>', 'pretend it is this day or instant')
  .option('--json', 'print the report as JSON')
  .option('--report <file>', 'also write the report as JSON into this file')
  .option(
    '--metrics <file>',
    'write Prometheus text for the node exporter, e.g. /var/lib/node_exporter/pilot.prom',
  )
  .addHelpText(
    'after',
    examples(
      'npx pilot sync --config sync.yaml --target-org prod --dry-run',
      'npx pilot sync --config sync.yaml --report report.json --metrics pilot.prom',
    ),
  )
  .action(async (options) => (await import('./sync-command.ts')).syncCommand(options));

program
  .command('check')
  .description('say what is missing before a sync can work, with the click that fixes it')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--json', 'print the findings as JSON')
  .addHelpText('after', examples('npx pilot check --config sync.yaml --target-org prod'))
  .action(async (options) => (await import('./check-command.ts')).checkCommand(options));

const keys = program
  .command('keys')
  .description('which workspace of the product belongs to which pilot, and which to none');
for (const command of [
  keys,
  keys.command('suggest').description('likely pilots of unlinked workspaces, as CSV for import'),
  keys.command('import <file>').description('link by a CSV file: pilot,source,key[,from,to,filter]'),
])
  command
    .option('--config <file>', 'configuration', 'config/sync.yaml')
    .option('--target-org <alias>', 'alias or username of a stored login')
    .option('--now <time>', 'pretend it is this day or instant')
    .option('--json', 'print the result as JSON');
keys.addHelpText(
  'after',
  examples('npx pilot keys --config sync.yaml --target-org prod', 'npx pilot keys suggest > links.csv'),
);
keys.action(async (options) => (await import('./keys-command.ts')).keysCommand(options));
keys.commands[0]!.action(async (_, command) =>
  (await import('./keys-command.ts')).suggestKeysCommand(command.optsWithGlobals()),
);
keys.commands[1]!.action(async (file, _, command) =>
  (await import('./keys-command.ts')).importKeysCommand(file, command.optsWithGlobals()),
);

program
  .command('runs')
  .description('the last sync runs, as the org recorded them')
  .option('--limit <number>', 'how many', '10')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--json', 'print the runs as JSON')
  .addHelpText('after', examples('npx pilot runs --config sync.yaml --target-org prod --limit 20'))
  .action(async (options) => (await import('./runs-command.ts')).runsCommand(options));

program
  .command('issues')
  .description('what is open: code, message, what to do, and where')
  .option('--ack <issue...>', 'mark these (number or id) as known: they no longer make the exit code 1')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--now <time>', 'pretend it is this day or instant')
  .option('--json', 'print the issues as JSON')
  .addHelpText(
    'after',
    examples(
      'npx pilot issues --config sync.yaml --target-org prod',
      'npx pilot issues --config sync.yaml --target-org prod --ack SI-000012',
    ),
  )
  .action(async (options) => (await import('./issues-command.ts')).issuesCommand(options));

program
  .command('forget')
  .description('remove a person or a workspace from reject files, networks and issues')
  .option('--user <id>', 'the person, by the id that the source uses')
  .option('--key <key>', 'the workspace, by its usage key')
  .option('--dry-run', 'remove nothing; say what would be removed')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--json', 'print what was removed as JSON')
  .addHelpText(
    'after',
    examples('npx pilot forget --config sync.yaml --target-org prod --user u-4711 --dry-run'),
  )
  .action(async (options) => (await import('./forget-command.ts')).forgetCommand(options));

program
  .command('explain <pilot>')
  .description(
    'why a pilot (id or name) has its verdict: facts, every rule, what would change it; writes nothing',
  )
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--now <time>', 'pretend it is this day or instant')
  .option('--json', 'print the explanation as JSON')
  .addHelpText(
    'after',
    examples("npx pilot explain 'Acme: SaaS adoption' --config sync.yaml --target-org prod"),
  )
  .action(async (pilot, options) => (await import('./explain-command.ts')).explainCommand(pilot, options));

program
  .command('report <pilot>')
  .description(
    'a document for the buyer of a pilot (id or name): PDF, HTML or Markdown; nothing internal in it',
  )
  .requiredOption(
    '--out <file>',
    'where to; the ending says what: .pdf (needs Chromium or Chrome), .html, .md',
  )
  .option('--kind <kind>', 'readout, weekly (the weekly note) or case (the business case)', 'readout')
  .option('--language <code>', 'en or es: the customer’s', 'en')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--now <time>', 'pretend it is this day or instant')
  .option('--json', 'print what was written as JSON')
  .addHelpText(
    'after',
    examples("npx pilot report 'Acme: SaaS adoption' --out readout.pdf --config sync.yaml --target-org prod"),
  )
  .action(async (pilot, options) => (await import('./report-command.ts')).reportCommand(pilot, options));

program
  .command('whatif')
  .description('which flags another policy would add or remove, pilot by pilot; changes no pilot')
  .requiredOption('--policy <file>', 'policy records with the fields to change, YAML or JSON')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--now <time>', 'pretend it is this day or instant')
  .option('--store', 'keep the result in the org, for the setup page, in place of the last one')
  .option('--json', 'print the result as JSON')
  .addHelpText(
    'after',
    examples('npx pilot whatif --policy policy.yaml --config sync.yaml --target-org prod'),
  )
  .action(async (options) => (await import('./what-if-command.ts')).whatIfCommand(options));

program
  .command('learn')
  .description('which pilots converted here, by what they have in common; counts, and rates from eight on')
  .option('--config <file>', 'configuration', 'config/sync.yaml')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--json', 'print counts and rates as JSON')
  .addHelpText('after', examples('npx pilot learn --config sync.yaml --target-org prod'))
  .action(async (options) => (await import('./learn-command.ts')).learnCommand(options));

program
  .command('install')
  .description('install or upgrade the package in an org; what an admin changed stays')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--dry-run', 'change nothing; say what would happen')
  .option('--overwrite', 'take ours where the org differs')
  .option('--previous <zip>', 'what was installed last (default: what this machine remembers)')
  .option('--page', 'with the example page and the dashboard')
  .option('--translations', 'with Spanish, where the language is active')
  .addHelpText('after', examples('npx pilot install --target-org my-org --dry-run'))
  .action(async (options) => (await import('./install-command.ts')).installCommand(options));

const sample = program
  .command('sample')
  .addHelpText('after', examples('npx pilot sample add --target-org my-sandbox'))
  .description('made-up customers, deals and pilots in an org, and out again without a row left');
sample
  .command('add')
  .description('enter the sample and write its usage to .pilot/sample/usage')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .action(async (options) => (await import('./sample-command.ts')).addSampleCommand(options));
sample
  .command('remove')
  .description('remove the sample and what was entered on it, nothing else')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .action(async (options) => (await import('./sample-command.ts')).removeSampleCommand(options));

program
  .command('uninstall')
  .description('export the data, then remove the package from an org')
  .option('--target-org <alias>', 'alias or username of a stored login')
  .option('--yes', 'really remove it, with all its data')
  .option('--dry-run', 'export only')
  .option('--export <folder>', 'where the records go', '.pilot/uninstall')
  .addHelpText('after', examples('npx pilot uninstall --target-org my-org --dry-run'))
  .action(async (options) => (await import('./uninstall-command.ts')).uninstallCommand(options));

program
  .command('org')
  .addHelpText('after', examples('npx pilot org start --port 4281'))
  .description('the local org')
  .command('start')
  .description('start an empty local org on 127.0.0.1')
  .option('--port <number>', 'port', '4281')
  .option('--now <time>', 'its clock starts at this day or instant')
  .option('--db <file>', 'keep its data in this file (default: in memory)')
  .action(async (options) => (await import('./org-start-command.ts')).orgStartCommand(options));

try {
  process.exitCode = EXIT.good;
  await program.parseAsync();
} catch (error) {
  // Commander has already printed its own help or complaint.
  process.exitCode =
    error instanceof CommanderError ? (error.exitCode === 0 ? EXIT.good : EXIT.config) : fail(error);
}
