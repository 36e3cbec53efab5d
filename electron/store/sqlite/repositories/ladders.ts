import type { Database } from 'better-sqlite3'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Ladder, LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'

type PointRow = readonly [
  model: string,
  firmware: string,
  source: string,
  profile: string,
  hashrateThs: number,
  powerW: number,
]

export type Profiles = ReturnType<typeof createLadders>

/** The operator's own ladders; every change must run inside a change of the history. */
export function createLadders(db: Database) {
  const all = db
    .prepare<[], PointRow>(
      'SELECT model, firmware, source, profile, hashrate_ths, power_w FROM profile_point ORDER BY model, firmware, power_w',
    )
    .raw()
  const count = db
    .prepare<[], number>('SELECT count(*) FROM (SELECT 1 FROM profile_point GROUP BY model, firmware)')
    .pluck()
  const insert = db.prepare(
    'INSERT INTO profile_point (model, firmware, source, profile, hashrate_ths, power_w) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM profile_point WHERE model = ? AND firmware = ?')

  return {
    /** ladders, one per model and firmware */
    count: (): number => count.get()!,

    /** By model and firmware, points from the lowest power up. */
    ladders(): readonly Ladder[] {
      const ladders: (Omit<Ladder, 'points'> & { readonly points: LadderPoint[] })[] = []
      for (const [model, firmware, source, name, hashrateThs, powerW] of all.all()) {
        let ladder = ladders.at(-1)
        const isNext =
          ladder?.model.toLowerCase() !== model.toLowerCase() ||
          ladder.firmware.toLowerCase() !== firmware.toLowerCase()
        if (isNext) ladders.push((ladder = { model, firmware, source, points: [] }))
        ladder!.points.push({ name, hashrateThs, powerW })
      }
      return ladders
    },

    /** Takes the place of the ladder of that model and firmware. @throws StrikelineError 'bad-input' with the field */
    put({ model, firmware, source, points }: Ladder): void {
      checkLadder(model, firmware, points)
      remove.run(model, firmware)
      for (const { name, hashrateThs, powerW } of points)
        insert.run(model, firmware, source, name, hashrateThs, powerW)
    },

    /** @throws StrikelineError 'not-found' */
    remove(model: string, firmware: string): void {
      if (remove.run(model, firmware).changes === 0)
        throw new StrikelineError('not-found', `There are no profiles of ${wordsOf(model, firmware)}.`)
    },
  }
}

function checkLadder(model: string, firmware: string, points: readonly LadderPoint[]): void {
  if (model === '') throw new StrikelineError('bad-input', 'The profiles name no model.', 'model')
  for (const [field, text] of [
    ['model', model],
    ['firmware', firmware],
    ...points.map(({ name }) => ['profile', name]),
  ] as const) {
    const unfit = nameFault(text)
    if (unfit !== null) throw new StrikelineError('bad-input', `The ${field} ${unfit}.`, field)
  }
  const wrong = ladderFault(points)
  if (wrong !== null) throw refused(model, firmware, wrong.message, wrong.field)
  for (const point of points) {
    for (const field of ['hashrateThs', 'powerW'] as const) {
      const [, most] = MACHINE_FIELDS[field].bounds
      if (point[field] > most)
        throw refused(model, firmware, `${point[field]} of ${point.name} is above ${most}`, field)
    }
  }
}

function refused(model: string, firmware: string, message: string, field: string): StrikelineError {
  return new StrikelineError('bad-input', `The profiles of ${wordsOf(model, firmware)}: ${message}.`, field)
}

const wordsOf = (model: string, firmware: string) => (firmware === '' ? model : `${model} with ${firmware}`)
