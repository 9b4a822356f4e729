import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { makePrivateFolder } from './private-folder.ts';

const MODULE = new URL('private-folder.ts', import.meta.url).href;

/** A process that has made a folder, written an id into it, and goes on. */
async function holder(): Promise<{ readonly process: ChildProcess; readonly folder: string }> {
  const script = `import { writeFileSync } from 'node:fs';
    const { makePrivateFolder } = await import(${JSON.stringify(MODULE)});
    const folder = await makePrivateFolder('usage');
    writeFileSync(folder + '/rows.ndjson', 'priya.shah');
    process.stdout.write(folder);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, folder: output.toString() };
}

test('the next folder removes those of killed processes, never one of a process that lives', async () => {
  const killed = await holder();
  const living = await holder();
  try {
    assert.equal(statSync(killed.folder).mode & 0o777, 0o700);
    assert.ok(existsSync(killed.folder) && existsSync(living.folder));
    const end = once(killed.process, 'exit');
    killed.process.kill('SIGKILL');
    await end;
    assert.ok(existsSync(`${killed.folder}/rows.ndjson`), 'nobody could clean up');
    const own = await makePrivateFolder('events');
    assert.ok(existsSync(own));
    assert.ok(!existsSync(killed.folder));
    assert.ok(existsSync(`${living.folder}/rows.ndjson`));
    rmSync(own, { recursive: true });
  } finally {
    const end = once(living.process, 'exit');
    living.process.kill('SIGKILL');
    await end;
    rmSync(living.folder, { recursive: true });
  }
});
