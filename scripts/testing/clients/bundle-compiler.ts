// The compiler that Salesforce runs when a component is deployed, as the preview takes one.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { BundleCompiler } from '../../preview/load-compiled.ts';
import { CLIENTS } from './clients-folder.ts';

const COMPILER = '@lwc/sfdc-lwc-compiler';

const Compiled = z.object({
  success: z.boolean(),
  diagnostics: z.array(z.object({ level: z.number(), message: z.string() })),
  results: z.array(z.object({ code: z.string() })).optional(),
});

interface Compiler {
  compile(config: { readonly bundle: object }): Promise<unknown>;
}

const load = createRequire(join(CLIENTS, 'package.json'));

/** What the compiler says about a bundle of `files`, text by name; failures are in `diagnostics`. */
export async function compileBundle(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<z.infer<typeof Compiled>> {
  const { compile } = load(COMPILER) as Compiler;
  return Compiled.parse(await compile({ bundle: { type: 'platform', name, namespace: 'c', files } }));
}

/** For a page built from what the platform would serve; any word of the compiler rejects. */
export const bundleCompiler: BundleCompiler = {
  get name() {
    return `${COMPILER} ${(load(`${COMPILER}/package.json`) as { version: string }).version}`;
  },
  async compile(bundle, files) {
    const { success, diagnostics, results = [] } = await compileBundle(bundle, files);
    const [result] = results;
    if (!success || diagnostics.length > 0 || result === undefined)
      throw new Error(`${bundle} does not compile: ${diagnostics.map((one) => one.message).join(' ')}`);
    return result.code;
  },
};
