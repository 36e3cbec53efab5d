import type { Database } from 'better-sqlite3'
import type { DecidedMachines, RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import type { Stake } from '#shared/domain/decision/acts/stake.ts'
import { PAUSE, VERDICTS } from '#shared/domain/decision/words.ts'
import { MS_PER_DAY, W_PER_KW } from '#shared/domain/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { amountFrom, nanoUnits } from '../nano-units.ts'
import type { DecisionPeriod, MachineDecision } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'
import { createDecisionEnds } from './decision-ends.ts'

/** A pause ends with the adjustment or halving that was ahead; of those longer ago nothing waits to be called back. */
const PAUSED_FOR_MS = 60 * MS_PER_DAY

const MOST_OF_MACHINE = 100

export type NewDecision = Omit<RecordedDecision, 'key' | 'isTakenBack'>

type Row = Omit<
  RecordedDecision,
  'advised' | 'freedKw' | 'gainUsd' | 'isTakenBack' | 'takenBackAtMs' | 'byWhom' | 'stake'
> & {
  readonly powerDown: number
  readonly pause: number
  readonly start: number
  readonly set: number
  readonly freedW: number
  readonly gainNusd: number
  readonly takenBack: 0 | 1
  readonly takenBackAtMs: number | null
  readonly byWhom: string | null
}

const fromRow = ({
  powerDown,
  pause,
  start,
  set,
  freedW,
  gainNusd,
  takenBack,
  takenBackAtMs,
  byWhom,
  ...rest
}: Row): RecordedDecision => ({
  ...rest,
  advised: { powerDown, pause, start, set },
  freedKw: freedW / W_PER_KW,
  gainUsd: amountFrom(gainNusd),
  isTakenBack: takenBack === 1,
  ...(takenBack === 0 || takenBackAtMs === null ? {} : { takenBackAtMs }),
  ...(byWhom === null ? {} : { byWhom }),
})

const COLUMNS = `key, at_ms AS atMs, site_key AS siteKey, site, kind, reason, advised_power_down AS powerDown,
  advised_pause AS pause, advised_start AS start, advised_set AS "set", machines_done AS machinesDone, freed_w AS freedW,
  gain_nusd AS gainNusd, until_ms AS untilMs, hashprice_usd_per_ph_day AS hashpriceUsdPerPhDay,
  price_usd_per_btc AS priceUsdPerBtc, difficulty, change, taken_back AS takenBack, by_whom AS byWhom,
  (SELECT at_ms FROM decision_mark WHERE decision_key = decision.key ORDER BY decision_mark.key DESC LIMIT 1) AS takenBackAtMs`

export type Decisions = ReturnType<typeof createDecisions>

/** What was advised and what was done; no part of the fleet, but tied to the step of undo that it came with. */
export function createDecisions(db: Database) {
  const latest = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM decision WHERE ${isSoundRow(db, 'decision')} ORDER BY key DESC LIMIT ?`,
  )
  const ofPeriod = db.prepare<
    [from: number | null, to: number | null, atMost: number | null],
    Row & { readonly stakeJson: string | null }
  >(
    `SELECT ${COLUMNS}, stake_json AS stakeJson FROM decision
     WHERE at_ms >= ifnull(?, at_ms) AND at_ms <= ifnull(?, at_ms) AND ${isSoundRow(db, 'decision')}
     ORDER BY at_ms DESC, key DESC LIMIT ifnull(?, -1)`,
  )
  const add = db.prepare(
    `INSERT INTO decision (at_ms, site_key, site, kind, reason, advised_power_down, advised_pause, advised_start,
       advised_set, machines_done, freed_w, gain_nusd, until_ms, hashprice_usd_per_ph_day, price_usd_per_btc, difficulty, change,
       by_whom, stake_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tie = db.prepare('INSERT INTO decision_undo (decision_key, step) SELECT ?, step FROM undo_now')
  const addMachines = db.prepare('INSERT INTO decision_machines (decision_key, machines_json) VALUES (?, ?)')
  const takeBack = db.prepare(
    `UPDATE decision SET taken_back = 1 WHERE key = ? AND kind = 'not-now' AND taken_back = 0`,
  )
  const machines = db
    .prepare<[number], string>(
      `SELECT machines_json FROM decision_machines WHERE decision_key = ? AND ${isSoundRow(db, 'decision_machines')}`,
    )
    .pluck()
  const ofMachine = db.prepare<
    [number, number],
    Omit<MachineDecision, 'act' | 'isTakenBack'> & { readonly act: number; readonly takenBack: 0 | 1 }
  >(
    `SELECT d.at_ms AS atMs, d.kind, d.reason, d.taken_back AS takenBack,
       json_extract(m.machines_json, '$.act[' || place.key || ']') AS act,
       json_extract(m.machines_json, '$.advised[' || place.key || ']') AS advised,
       json_extract(m.machines_json, '$.done[' || place.key || ']') AS done
     FROM decision d JOIN decision_machines m ON m.decision_key = d.key
     JOIN json_each(m.machines_json, '$.key') AS place ON place.value = ?
     WHERE ${isSoundRow(db, 'decision', 'd')} AND ${isSoundRow(db, 'decision_machines', 'm')}
     ORDER BY d.key DESC LIMIT ?`,
  )
  const pauses = db
    .prepare<[number], string>(
      `SELECT m.machines_json FROM decision d JOIN decision_machines m ON m.decision_key = d.key
       WHERE d.kind = 'done' AND d.taken_back = 0 AND d.advised_pause > 0 AND d.at_ms > ?
         AND ${isSoundRow(db, 'decision_machines', 'm')}`,
    )
    .pluck()
  const isOff = db.prepare<[number], 1>("SELECT 1 FROM machine WHERE key = ? AND status = 'off'").pluck()
  /** null: there is no such decision */
  function machinesOf(key: number): DecidedMachines | null {
    const text = machines.get(key)
    return text === undefined ? null : (JSON.parse(text) as DecidedMachines)
  }
  const lastAtMs = db.prepare<[], number | null>('SELECT max(at_ms) FROM decision').pluck()

  return {
    /** Newest first. */
    read: (atMost: number): readonly RecordedDecision[] => latest.all(atMost).map(fromRow),

    /**
     * With what was at stake, as far as later decisions let it last.
     * @param atMost the newest; null: all
     */
    readLog({ fromMs, toMs }: DecisionPeriod, atMost: number | null): readonly RecordedDecision[] {
      const found = ofPeriod.all(fromMs, toMs, atMost)
      const firstKey = found.reduce((first, { key }) => Math.min(first, key), Infinity)
      const untilAgain = createDecisionEnds(db, firstKey, machinesOf)
      return found.map(({ stakeJson, ...row }) => {
        const decision = fromRow(row)
        if (stakeJson === null) return decision
        const stake = JSON.parse(stakeJson) as Stake
        return { ...decision, stake: { ...stake, parts: untilAgain(decision, stake.parts) } }
      })
    },

    /** Those that a machine was in, the newest first. */
    ofMachine: (machineKey: number): readonly MachineDecision[] =>
      ofMachine.all(machineKey, MOST_OF_MACHINE).map(({ act, takenBack, ...rest }) => ({
        ...rest,
        act: VERDICTS[act]!,
        isTakenBack: takenBack === 1,
      })),

    machinesOf,

    /**
     * @param isStep it belongs to the step of undo under way, and must be called inside its change
     */
    add(decision: NewDecision, of: DecidedMachines, isStep: boolean): number {
      const { advised } = decision
      const { lastInsertRowid } = add.run(
        Math.round(decision.atMs),
        decision.siteKey,
        decision.site,
        decision.kind,
        decision.reason,
        advised.powerDown,
        advised.pause,
        advised.start,
        advised.set,
        decision.machinesDone,
        Math.round(decision.freedKw * W_PER_KW),
        nanoUnits(decision.gainUsd) ?? 0,
        decision.untilMs === null ? null : Math.round(decision.untilMs),
        decision.hashpriceUsdPerPhDay,
        decision.priceUsdPerBtc,
        decision.difficulty,
        decision.change,
        decision.byWhom ?? null,
        decision.stake === undefined ? null : JSON.stringify(decision.stake),
      )
      if (isStep) tie.run(lastInsertRowid)
      addMachines.run(lastInsertRowid, JSON.stringify(of))
      return Number(lastInsertRowid)
    },

    /** @throws StrikelineError 'not-found' where it is no "not now" that stands */
    takeBack(key: number): void {
      if (takeBack.run(key).changes === 0)
        throw new StrikelineError('not-found', 'This was taken back already. Nothing was changed.')
    },

    /** Keys of machines that are off because they were powered down until a change that was ahead. */
    paused(): Float64Array {
      const keys = new Set<number>()
      const since = (lastAtMs.get() ?? 0) - PAUSED_FOR_MS
      for (const text of pauses.all(since)) {
        const { key, act, done } = JSON.parse(text) as DecidedMachines
        key.forEach((each, i) => {
          if (act[i] === PAUSE && done[i]! > 0 && isOff.get(each) === 1) keys.add(each)
        })
      }
      return Float64Array.from(keys)
    },
  }
}
