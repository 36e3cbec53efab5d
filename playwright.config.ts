import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const results = process.env['STRIKELINE_RESULTS'] ?? join(import.meta.dirname, 'out', 'results')

/** A program on each display: see tools/e2e.ts. */
const displays = JSON.parse(process.env['STRIKELINE_DISPLAYS'] ?? '[{}]') as readonly object[]

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  workers: displays.length,
  // No second chance but to be alone (tools/e2e.ts): a test that fails now and then is a fault.
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['STRIKELINE_REPORT'] ?? join(results, 'playwright.json') }],
  ],
  outputDir: join(results, 'playwright'),
})
