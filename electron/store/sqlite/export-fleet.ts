import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { writeFleetCsv } from '#electron/files/fleet/write-fleet.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { Task } from './task.ts'

/**
 * Writes a fleet with its notes as fleet.csv, whole or not at all.
 * @param notes per machine a JSON object {"column": "text"}, or null
 */
export async function exportFleet(
  path: string,
  fleet: Fleet,
  notes: readonly (string | null)[],
  task: Task,
): Promise<{ readonly rows: number }> {
  const noteColumns = new Set<string>()
  for (const note of notes) {
    if (note !== null) for (const column of Object.keys(JSON.parse(note) as object)) noteColumns.add(column)
  }
  const rows = fleet.machines.length
  await replaceFile(
    path,
    withSteps(writeFleetCsv(fleet, { noteColumns: [...noteColumns], notes }), rows, task),
  )
  return { rows }
}

function* withSteps(pieces: Iterable<string>, rows: number, task: Task): Generator<string> {
  let done = 0
  for (const piece of pieces) {
    task.step(done, rows)
    yield piece
    // A little too much where a note holds a line break; it is only for a progress bar.
    done = Math.min(rows, done + piece.split('\n').length - 1)
  }
  task.step(rows, rows)
}

/**
 * A cost other than power that is unknown in USD cannot be exported: its empty cell would read as 0. (An empty power
 * price reads as not given.)
 * @throws StrikelineError 'bad-input' that names the site and its currency
 */
export function refuseUnknownCost({ sites, tariffs }: Pick<FleetView, 'sites' | 'tariffs'>): void {
  const row = sites.otherUsdPerKwh.findIndex((value) => Number.isNaN(value))
  if (row === -1) return
  const currency = tariffs.find(({ siteKey }) => siteKey === sites.key[row])?.currency
  throw new StrikelineError(
    'bad-input',
    `${sites.name[row]!} pays its other cost in ${currency ?? 'another currency'}, whose rate is not known: it cannot be written in USD. ` +
      `Type the rate, then export again.`,
  )
}
