import lwc from '@lwc/eslint-plugin-lwc';
import tseslint from 'typescript-eslint';

// Who may import whom below scripts/ (see scripts/DESIGN.md). `types` allows `import type` only.
// `testing` and `bench` may import everything and are imported by tests alone.
const DIRECTIONS = {
  domain: {},
  metadata: {},
  sources: { types: ['domain'] },
  salesforce: { types: ['domain'] },
  sync: { values: ['domain', 'sources', 'salesforce'] },
  'local-org': { values: ['metadata'] },
  preview: { values: ['metadata'] },
  package: { values: ['metadata', 'local-org'] },
  sample: { values: ['salesforce'], types: ['domain'] },
  insight: { values: ['domain', 'sources', 'salesforce', 'sync'] },
  report: { values: ['domain', 'salesforce'] },
  cli: {
    values: [
      'domain',
      'sources',
      'salesforce',
      'sync',
      'metadata',
      'local-org',
      'preview',
      'package',
      'sample',
      'insight',
      'report',
    ],
  },
};
const FOLDERS = [...Object.keys(DIRECTIONS), 'testing', 'bench'];

const forbidden = (folder, { values = [], types = [] }) => {
  const pattern = (names) => `^(?:\\.\\./)+(?:scripts/)?(?:${names.join('|')})/`;
  const others = FOLDERS.filter((name) => name !== folder);
  const never = others.filter((name) => !values.includes(name) && !types.includes(name));
  const message = `scripts/${folder} may import ${[...values, ...types.map((name) => `types of ${name}`)].join(', ') || 'nothing outside itself'}.`;
  const patterns = [{ regex: pattern(never), message }];
  if (types.length > 0) patterns.push({ regex: pattern(types), message, allowTypeImports: true });
  return patterns;
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'build/**', '.pilot/**', 'coverage/**', 'force-app/**/lwc/**/*.js'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.js'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...Object.entries(DIRECTIONS).map(([folder, allowed]) => ({
    files: [`scripts/${folder}/**/*.ts`],
    ignores: ['**/*.test.ts', '**/*.test-support.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden(folder, allowed) }],
    },
  })),
  {
    files: ['force-app/**/lwc/**/*.ts'],
    ignores: ['**/__tests__/**', '**/*.d.ts'],
    plugins: { '@lwc/lwc': lwc },
    rules: {
      '@lwc/lwc/no-inner-html': 'error',
      '@lwc/lwc/no-document-query': 'error',
      '@lwc/lwc/no-leading-uppercase-api-name': 'error',
      '@lwc/lwc/valid-api': 'error',
      '@lwc/lwc/valid-track': 'error',
      '@lwc/lwc/valid-wire': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: 'scripts/', message: 'Components import nothing from scripts.' }] },
      ],
    },
  },
  // Tables of cases may be long; generated files are as long as what they derive from.
  {
    files: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', { max: 700, skipBlankLines: true, skipComments: true }] },
  },
  { files: ['force-app/**/pilotLabels/pilotLabels.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
