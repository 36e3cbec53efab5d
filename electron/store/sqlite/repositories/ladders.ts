import type { Database } from 'better-sqlite3'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Ladder, LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'
import type { LotLadder } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

type PointRow = readonly [
  model: string,
  firmware: string,
  source: string,
  profile: string,
  hashrateThs: number,
  powerW: number,
]

type LotPointRow = readonly [machineKey: number, id: string, ...PointRow]

export type Profiles = ReturnType<typeof createLadders>

/** The operator's own ladders; every change must run inside a change of the history. */
export type Ladders = ReturnType<typeof createLadders>

export function createLadders(db: Database) {
  const all = db
    .prepare<[], PointRow>(
      `SELECT model, firmware, source, profile, hashrate_ths, power_w FROM profile_point
       WHERE ${isSoundRow(db, 'profile_point')} ORDER BY model, firmware, power_w`,
    )
    .raw()
  const count = db
    .prepare<[], number>('SELECT count(*) FROM (SELECT 1 FROM profile_point GROUP BY model, firmware)')
    .pluck()
  const insert = db.prepare(
    'INSERT INTO profile_point (model, firmware, source, profile, hashrate_ths, power_w) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM profile_point WHERE model = ? AND firmware = ?')
  const allOfLots = db
    .prepare<[], LotPointRow>(
      `SELECT machine_key, id, model, lot_point.firmware, source, profile, lot_point.hashrate_ths, lot_point.power_w
       FROM lot_point JOIN machine ON machine.key = machine_key
       WHERE ${isSoundRow(db, 'lot_point')} ORDER BY machine_key, lot_point.power_w`,
    )
    .raw()
  const countLots = db.prepare<[], number>('SELECT count(DISTINCT machine_key) FROM lot_point').pluck()
  const insertOfLot = db.prepare(
    'INSERT INTO lot_point (machine_key, firmware, source, profile, hashrate_ths, power_w) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const removeOfLot = db.prepare('DELETE FROM lot_point WHERE machine_key = ?')

  return {
    /** ladders, one per model and firmware, and one per lot that has its own */
    count: (): number => count.get()! + countLots.get()!,

    /** By the key of the lot, points from the lowest power up. */
    ofLots(): readonly LotLadder[] {
      const found: (LotLadder & { readonly ladder: { readonly points: LadderPoint[] } })[] = []
      for (const [machineKey, id, model, firmware, source, name, hashrateThs, powerW] of allOfLots.all()) {
        let lot = found.at(-1)
        if (lot?.machineKey !== machineKey)
          found.push((lot = { machineKey, id, ladder: { model, firmware, source, points: [] } }))
        lot.ladder.points.push({ name, hashrateThs, powerW })
      }
      return found
    },

    /** Takes the place of the lot's ladder. @throws StrikelineError 'bad-input' with the field */
    putOfLot(machineKey: number, id: string, { firmware, source, points }: Ladder): void {
      checkLadder(id, firmware, points)
      removeOfLot.run(machineKey)
      for (const { name, hashrateThs, powerW } of points)
        insertOfLot.run(machineKey, firmware, source, name, hashrateThs, powerW)
    },

    /** @throws StrikelineError 'not-found' */
    removeOfLot(machineKey: number): void {
      if (removeOfLot.run(machineKey).changes === 0)
        throw new StrikelineError('not-found', 'This machine has no ladder of its own.')
    },

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
