import { describe, expect, test } from 'vitest'
import { ownArguments, parseStart } from '#electron/main/arguments.ts'

describe('what the program was started for', () => {
  test.each([
    [[], null],
    [['--data', '/x'], '/x'],
    [['--data=/x'], '/x'],
    [['--no-such-switch', '--remote-debugging-port=0', '--data', 'a b'], 'a b'],
    [['-psn_0_12345'], null],
  ])('%j opens the window', (args, dataFolder) => {
    expect(parseStart(args)).toEqual({ kind: 'window', dataFolder })
  })

  test.each([
    [['margins', '--fleet', 'f.csv'], ['margins', '--fleet', 'f.csv'], null],
    [['report', '--pdf', 'r.pdf', '--data', 'd'], ['report', '--pdf', 'r.pdf', '--data', 'd'], 'd'],
    [['--data', 'd', 'report', '--pdf', 'r.pdf'], ['report', '--pdf', 'r.pdf', '--data', 'd'], 'd'],
    [['export', '--data=d', 'f.csv'], ['export', '--data=d', 'f.csv'], 'd'],
    [['--some-switch', 'export', '--x'], ['export', '--x'], null],
    [['export', '--data'], ['export', '--data'], null],
    [['--help'], ['--help'], null],
    [['--version'], ['--version'], null],
    [['no-such-command'], ['no-such-command'], null],
  ])('%j is for the command line', (args, expected, dataFolder) => {
    expect(parseStart(args)).toEqual({ kind: 'command', args: expected, dataFolder })
  })

  test.each([[['--data']], [['--data=']], [['--data', '']], [['--data', '--help']]])(
    '%j is unusable',
    (args) => {
      expect(parseStart(args)).toEqual({
        kind: 'unusable',
        message: expect.stringContaining('--data DIR') as string,
      })
    },
  )

  test('from source, the folder of the program is no argument of ours', () => {
    const argv = ['/bin/electron', '--inspect=0', '/src/strikeline', '--data', '/x', 'margins']
    expect(ownArguments(argv, false)).toEqual(['--inspect=0', '--data', '/x', 'margins'])
    expect(ownArguments(['/opt/strikeline', 'margins', 'x'], true)).toEqual(['margins', 'x'])
  })
})
