/** What the program was started for. */
export type Start =
  | { readonly kind: 'window'; readonly dataFolder: string | null }
  | { readonly kind: 'command'; readonly args: readonly string[]; readonly dataFolder: string | null }
  | { readonly kind: 'unusable'; readonly message: string }

const COMMAND_FLAGS: ReadonlySet<string> = new Set(['--help', '--version'])

/**
 * A word that is no option is a command and everything from there on belongs to the command line; without
 * one the window opens. Options before it that are not ours are Chromium's and not looked at.
 *
 * @param args what follows the executable (and, from source, the program's folder)
 */
export function parseStart(args: readonly string[]): Start {
  let dataFolder: string | null = null
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--data' || arg.startsWith('--data=')) {
      const value = arg === '--data' ? args[++i] : arg.slice('--data='.length)
      if (value === undefined || value === '' || value.startsWith('-')) {
        return { kind: 'unusable', message: '--data needs the folder to use: --data DIR' }
      }
      dataFolder = value
    } else if (!arg.startsWith('-') || COMMAND_FLAGS.has(arg)) {
      const own = dataFolder === null ? [] : ['--data', dataFolder]
      const command = [...args.slice(i), ...own]
      return { kind: 'command', args: command, dataFolder: dataFolderAmong(command) }
    }
  }
  return { kind: 'window', dataFolder }
}

/** The folder that a command will use; the command itself checks the option. */
function dataFolderAmong(args: readonly string[]): string | null {
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='))
  if (at === -1) return null
  return (args[at] === '--data' ? args[at + 1] : args[at]?.slice('--data='.length)) ?? null
}

/**
 * The arguments that are meant for us. Started from source, Electron's first word is the program's folder,
 * and Chromium's options may stand before it.
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  const args = argv.slice(1)
  if (isPackaged) return args
  const folder = args.findIndex((arg) => !arg.startsWith('-'))
  return folder === -1 ? args : args.toSpliced(folder, 1)
}
