import { readLogo } from '#electron/files/logo/read-logo.ts'
import { EXIT, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import type { ReportCall } from '../sealed-reports.ts'
import { withStore } from '../stored.ts'

/** `report logo FILE | remove`: the one logo of all reports. */
export async function runLogo(call: ReportCall, operands: readonly string[]): Promise<ExitCode> {
  const [what, ...more] = operands
  if (what === undefined || more.length > 0)
    throw new UsageError('report logo: takes a PNG, JPEG or SVG file, or remove')
  const { host, options, path } = call
  const logo = what === 'remove' ? null : await readLogo(path(what))
  await withStore(host, options.data, (store) => store.putLogo(logo))
  await writeLine(
    host.stdout,
    logo === null ? 'Reports have no logo.' : `Reports have this logo: ${logo.type}.`,
  )
  return EXIT.done
}
