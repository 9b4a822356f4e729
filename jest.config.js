import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

export default {
  ...jestConfig,
  rootDir: import.meta.dirname,
  // Checks of accessibility take seconds each on a busy machine; the default of five is a test of the machine.
  testTimeout: 30_000,
  roots: ['<rootDir>/force-app'],
  testRegex: [],
  testMatch: ['**/lwc/**/__tests__/**/*.test.ts'],
  moduleNameMapper: {
    ...jestConfig.moduleNameMapper,
    '^lightning/modal$': '<rootDir>/scripts/testing/jest/modal',
  },
  setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/scripts/testing/jest/setup.cjs'],
};
