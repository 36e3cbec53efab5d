import { expect } from '@playwright/test'
import { commandLine } from './command-line.ts'

/** Runs a command on a data folder, from it. @returns what it prints; one that fails or warns fails the test with what it says */
export async function cli(dataFolder: string, ...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await commandLine([...words, '--data', dataFolder], {
    cwd: dataFolder,
  })
  expect([words.join(' '), exitCode, stderr]).toEqual([words.join(' '), 0, ''])
  return stdout
}
