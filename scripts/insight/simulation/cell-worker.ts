// Runs the cells that the main thread hands over, one after the other.
import { parentPort } from 'node:worker_threads';
import { runCell, type CellRun } from './run-cell.ts';

parentPort?.on('message', (run: CellRun) => parentPort?.postMessage(runCell(run)));
