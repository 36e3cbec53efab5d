import { labelAt } from '../../fleet/columns.ts'
import type { Advice } from '../advice.ts'
import { groupAt } from '../prepare.ts'
import type { Prepared } from '../prepare.ts'
import type { Verdict } from '../words.ts'
import { NO_VERDICT, VERDICTS } from '../words.ts'

/** What machines of one model at a site are to do, in machines. */
export type OptimumLine = {
  readonly model: string
  readonly verdict: Verdict
  /** another operating point; null: as they are */
  readonly mode: string | null
  /** of that point, for one machine; NaN: as they are, or not known */
  readonly hashrateThs: number
  readonly machines: number
  /** of them, those that run from now on */
  readonly run: number
}

/** Rows that are looked at one by one, for their points and for lots that are split; beyond them the word alone counts. */
const MOST_ROWS = 2000

/** The best choice at a site as its machines are told it, the largest groups first. */
export function siteOptimum(prepared: Prepared, advice: Advice, site: number): readonly OptimumLine[] {
  const { machines } = prepared.basis.fleet
  const { verdict } = advice.decisions
  const lines = new Map<string, { -readonly [K in keyof OptimumLine]: OptimumLine[K] }>()
  let looked = 0
  for (let row = 0; row < machines.length; row++) {
    const code = verdict[row]!
    if (machines.site[row] !== site || code === NO_VERDICT) continue
    const model = labelAt(machines.model, row)
    const told = groupAt(prepared, row) !== -1 && looked++ < MOST_ROWS ? advice.row(row) : null
    const mode = told?.mode ?? null
    const key = JSON.stringify([model, code, mode])
    const quantity = machines.quantity[row]!
    const line = lines.get(key) ?? {
      ...{ model, verdict: VERDICTS[code]!, mode, machines: 0, run: 0 },
      hashrateThs: mode === null ? NaN : pointThs(prepared, row, mode),
    }
    line.machines += quantity
    line.run += told?.machines.run ?? (RUNS_NOW.has(line.verdict) ? quantity : 0)
    lines.set(key, line)
  }
  return [...lines.values()].sort((a, b) => b.machines - a.machines)
}

const RUNS_NOW: ReadonlySet<Verdict> = new Set<Verdict>([
  'run',
  'run-until',
  'start',
  'start-until',
  'profile',
])

function pointThs(prepared: Prepared, row: number, mode: string): number {
  const point = prepared.laddersOf(row).counted?.points.find(({ name }) => name === mode)
  return point?.hashrateThs ?? NaN
}
