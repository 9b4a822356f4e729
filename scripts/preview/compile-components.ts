// The preview shows the JavaScript that ships, so it must be no older than the TypeScript it comes from.
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the JavaScript of every component file that has none yet or an older one, as the page's compiler
 * would; types are `npm run typecheck`'s to check. Rejects with place and words of what is no TypeScript.
 */
export async function compileComponents(root: string): Promise<void> {
  const lwc = join(root, 'force-app/main/default/lwc');
  const stale = globSync('*/*.ts', { cwd: lwc })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => join(lwc, file))
    .filter(isStale);
  if (stale.length === 0) return;
  const { default: typescript } = await import('typescript');
  const { ESNext } = typescript.ModuleKind;
  // What the page's tsconfig says, as far as it changes the text that is written.
  const compilerOptions = {
    target: typescript.ScriptTarget.ESNext,
    module: ESNext,
    experimentalDecorators: false,
    useDefineForClassFields: true,
    verbatimModuleSyntax: true,
    newLine: typescript.NewLineKind.LineFeed,
  };
  for (const file of stale) {
    const options = { compilerOptions, fileName: file, reportDiagnostics: true };
    const { outputText, diagnostics = [] } = typescript.transpileModule(readFileSync(file, 'utf8'), options);
    if (diagnostics.length > 0) {
      const said = typescript.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      });
      throw new Error(`The page's components do not compile:\n${said}Fix them and start again.`);
    }
    writeFileSync(file.replace(/\.ts$/, '.js'), outputText);
  }
}

function isStale(source: string): boolean {
  const built = source.replace(/\.ts$/, '.js');
  return !existsSync(built) || statSync(built).mtimeMs < statSync(source).mtimeMs;
}
