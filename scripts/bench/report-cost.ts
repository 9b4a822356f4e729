// Loaded into a measured command by `node --import`: as the process ends, it adds a line with what it took to the file
// that the environment names. Every Node process of the command does, so that none of its children is forgotten.
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['PILOT_BENCH_COST'];

// A worker's numbers are those of the whole process, which tells them itself.
if (file !== undefined && isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const cost = { cpuSeconds: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1024 };
    appendFileSync(file, `${JSON.stringify(cost)}\n`);
  });
