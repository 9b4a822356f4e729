import { metricsText } from '../sync/metrics-text.ts';
import { alert, ping } from '../sync/notify.ts';
import { notifyFrom, type NotifyConfig } from '../sync/notify-config.ts';
import type { RunReport } from '../sync/run-report.ts';
import { readWatch, watchFile, watchRun, writeWatch, type Alarm } from '../sync/run-watch.ts';
import type { SyncConfig } from '../sync/sync-config.ts';
import { writeAtomically } from '../sync/write-atomically.ts';
import { secretHider } from './hide-secrets.ts';

export interface MonitorOptions {
  readonly config: string;
  readonly targetOrg?: string;
  readonly dryRun?: boolean;
  /** File for the report as JSON. */
  readonly report?: string;
  /** File for the metrics as Prometheus text. */
  readonly metrics?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tells the outside how a run went: report file, metrics, ping, page. Whatever fails here is said through `warn` and
 * changes nothing about the run. A dry run sends nothing and is not remembered.
 */
export class RunMonitor {
  readonly #options: MonitorOptions;
  readonly #environment: Environment;
  readonly #warn: (code: string, text: string) => void;
  #config: SyncConfig | null = null;
  #now: Date | null = null;

  constructor(options: MonitorOptions, environment: Environment, warn: (code: string, text: string) => void) {
    this.#options = options;
    this.#environment = environment;
    this.#warn = warn;
  }

  /** Call as soon as the configuration is known; the age of data is judged by the run's clock `now`. */
  async started(config: SyncConfig, now: Date): Promise<void> {
    this.#config = config;
    this.#now = now;
    if (!this.#options.dryRun) this.#say(await ping(this.#notify(), 'started'));
  }

  /** Call with the report, or what stands for it after a failure; a stopped run notifies nobody. */
  async ended(report: RunReport, isStopped: boolean): Promise<void> {
    const { report: reportFile, metrics: metricsFile, dryRun } = this.#options;
    const finishedAt = new Date();
    const hide = secretHider(this.#environment);
    if (reportFile !== undefined)
      await this.#try(`the report ${reportFile}`, () =>
        writeAtomically(reportFile, hide(`${JSON.stringify(report, null, 2)}\n`), 0o600),
      );
    const file =
      this.#config && watchFile(this.#config, this.#options.config, this.#options.targetOrg ?? null);
    const { watch, alarm } = watchRun(await readWatch(file), report, {
      now: this.#now ?? finishedAt,
      finishedAt,
    });
    if (metricsFile !== undefined)
      // Others read it, such as the node exporter; it holds numbers and names of sources and objects only.
      await this.#try(`the metrics ${metricsFile}`, () =>
        writeAtomically(metricsFile, hide(metricsText(report, watch, finishedAt)), 0o644),
      );
    if (dryRun) return;
    const isPaged = alarm !== null && !isStopped && (await this.#page(alarm));
    if (file !== null)
      await this.#try('the memory of past runs', () =>
        writeWatch(file, isPaged ? { ...watch, pagedFor: alarm.why } : watch),
      );
    if (!isStopped && report.exitCode !== 4)
      this.#say(await ping(this.#notify(), report.exitCode <= 1 ? 'finished' : 'failed'));
  }

  /** Whether somebody was reached, or nobody is to be; an undelivered page is tried again by the next run. */
  async #page(alarm: Alarm): Promise<boolean> {
    const failures = await alert(this.#notify(), alarm, this.#environment);
    failures.forEach((failure) => this.#say(failure));
    return failures.length === 0;
  }

  #notify(): NotifyConfig {
    const off = { ping_url: null, alert_url: null, alert_command: null, timeout_seconds: 10 };
    return notifyFrom(this.#config?.notify ?? off, this.#environment);
  }

  #say(failure: string | null): void {
    if (failure !== null) this.#warn('NOTIFY_FAILED', `${failure}; the run is not affected.`);
  }

  async #try(what: string, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#warn('OUTPUT_FAILED', `${what} could not be written: ${reason}`);
    });
  }
}
