import { startScene } from '../preview/stalled-pilot.test-support.ts';
import { makeYearOfPilots } from './page-pilots.ts';
import { watchPaint } from './page-paint.ts';
const scene = await startScene();
const id = await makeYearOfPilots(scene, 8);
const { page } = await scene.open('/');
const url = `${scene.preview.url}/opportunity/${id}`;
for (let i = 0; i < 4; i += 1) { await page.goto(url); console.log(JSON.stringify(await watchPaint(page))); }
const cdp = await page.context().newCDPSession(page);
await cdp.send('Profiler.enable');
await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
await cdp.send('Profiler.start');
await page.goto(url);
console.log(JSON.stringify(await watchPaint(page)));
const { profile } = await cdp.send('Profiler.stop');
const self = new Map<number, number>();
profile.samples!.forEach((s, i) => self.set(s, (self.get(s) ?? 0) + (profile.timeDeltas![i] ?? 0) / 1000));
const by = new Map<string, number>();
for (const node of profile.nodes) {
  const { functionName, url: file, lineNumber } = node.callFrame;
  const key = `${functionName || '(anon)'} ${file.split('/').pop()}:${lineNumber}`;
  by.set(key, (by.get(key) ?? 0) + (self.get(node.id) ?? 0));
}
for (const [k, v] of [...by].sort((a, b) => b[1] - a[1]).slice(0, 40)) console.log(v.toFixed(1).padStart(8), k);
// inclusive time per function of ours
const parent = new Map<number, number>();
const nodes = new Map(profile.nodes.map((n) => [n.id, n]));
for (const n of profile.nodes) for (const c of n.children ?? []) parent.set(c, n.id);
const incl = new Map<string, number>();
for (const [idn, t] of self) {
  const seen = new Set<string>();
  for (let at: number | undefined = idn; at !== undefined; at = parent.get(at)) {
    const { functionName, url: file, lineNumber } = nodes.get(at)!.callFrame;
    const key = `${functionName || '(anon)'} ${file.split('/').pop()}:${lineNumber}`;
    if (!seen.has(key)) { seen.add(key); incl.set(key, (incl.get(key) ?? 0) + t); }
  }
}
console.log('--- inclusive');
for (const [k, v] of [...incl].sort((a, b) => b[1] - a[1]).slice(0, 70)) console.log(v.toFixed(1).padStart(8), k);
await page.close();
await scene.close();
