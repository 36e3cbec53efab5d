import { expect, test as programTest } from './app.ts'
import { commandLine } from './command-line.ts'

export { expect }

/** The program on a data folder whose settings keep it from asking the network by itself. */
export const test = programTest.extend({
  dataFolder: async ({ dataFolder }, use) => {
    const words = ['settings', 'set', 'network.auto-refresh', 'false', '--data', dataFolder]
    const { exitCode, stderr } = await commandLine(words, { cwd: dataFolder })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    await use(dataFolder)
  },
})
