import type { Column } from './machine-columns.ts'
import type { MachineKey as Key } from './layout.ts'
import type { RowShares } from './row-terms.ts'
import { formula } from './sheet.ts'
import type { Format } from './styles.ts'

/** A number in every row, so that formulas over the column can compute on it. */
const part = (
  words: string,
  format: Format,
  written: (at: (key: Key) => string) => string,
  name: keyof RowShares,
): Column => ({
  heading: words,
  width: 14,
  cell: (lot, at) => formula(written(at), lot.shares[name], format),
})

const isWeighed = (at: (key: Key) => string) =>
  `AND(${at('status')}<>"repair",COUNT(${at('accepted')},${at('cost')},${at('standbyCost')})=3)`
const saved = (at: (key: Key) => string) => `(${at('cost')}-${at('standbyCost')})`
const isAlways = (at: (key: Key) => string) =>
  `OR(${at('isProtected')}=1,AND(${at('accepted')}=0,${saved(at)}<=0))`

/** Whether a lot counts, what it adds as it runs, and what it earns in an epoch in which each does what earns most. */
export const sumColumns = {
  counted: part(
    'In the sums of the fleet: 1',
    'count',
    (at) => `IF(AND(${at('status')}="running",COUNT(${at('accepted')},${at('cost')})=2),1,0)`,
    'counted',
  ),
  countedPhs: part(
    'In the sums, PH/s',
    'phs',
    (at) => `IF(${at('counted')}=1,${at('accepted')},0)`,
    'countedPhs',
  ),
  countedUsd: part(
    'In the sums, cost, USD/day',
    'usd',
    (at) => `IF(${at('counted')}=1,${at('cost')},0)`,
    'countedUsd',
  ),
  hosting: part(
    'In the sums, other cost, USD/day',
    'usd',
    (at) => `IF(${at('counted')}=1,${at('energy')}*N(${at('other')})*${at('otherCounts')},0)`,
    'hostingUsd',
  ),
  alwaysPhs: part(
    'Runs whatever it earns, PH/s',
    'phs',
    (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},${at('accepted')},0),0)`,
    'alwaysPhs',
  ),
  alwaysUsd: part(
    'Costs whatever it does, USD/day',
    'usd',
    (at) =>
      `IF(${isWeighed(at)},IF(${isAlways(at)},IF(${at('status')}="running",${at('cost')},${saved(at)}),IF(${at('status')}="running",${at('standbyCost')},0)),0)`,
    'alwaysUsd',
  ),
  choicePhs: part(
    'May stop, PH/s',
    'phs',
    (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},0,${at('accepted')}),0)`,
    'choicePhs',
  ),
  choiceUsd: part(
    'Saves by stopping, USD/day',
    'usd',
    (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},0,${saved(at)}),0)`,
    'choiceUsd',
  ),
} satisfies Partial<Record<Key, Column>>
