import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const results = process.env['STRIKELINE_RESULTS'] ?? join(import.meta.dirname, 'out', 'results')

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  // One program at a time, and no second chance: a test that fails now and then is a fault.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: join(results, 'playwright.json') }]],
  outputDir: join(results, 'playwright'),
})
