/**
 * Whether `--no-sandbox` on the command line is followed. Chromium does not run as root with its sandbox, and
 * containers and build machines often cannot have one: there the tests need it off. The installed program of
 * an ordinary user keeps its sandbox on any command line.
 */
export function isSandboxForgone(start: {
  readonly asked: boolean
  readonly isPackaged: boolean
  readonly isRoot: boolean
}): boolean {
  return start.asked && (!start.isPackaged || start.isRoot)
}
