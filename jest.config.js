import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

export default {
  ...jestConfig,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/force-app'],
  testRegex: [],
  testMatch: ['**/lwc/**/__tests__/**/*.test.ts'],
  moduleNameMapper: {
    ...jestConfig.moduleNameMapper,
    '^lightning/modal$': '<rootDir>/scripts/testing/jest/modal',
  },
  setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/scripts/testing/jest/setup.cjs'],
};
