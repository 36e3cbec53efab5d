import { THS_PER_PHS } from '#shared/domain/units.ts'
import type { BarNames } from '#shared/domain/margins/bar-names.ts'
import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import { counted } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { hashrateOfThs } from '#shared/format/units.ts'

/** A bar with its names in place of the codes of a fleet. */
export type NamedBar = StrikeBar & BarNames

const modelWord = (label: string) => (label === '' ? 'no model' : label)

/** The names of a bar in words. */
export function barName({ model: label, site }: BarNames): string {
  const model = label === null ? null : modelWord(label)
  if (model !== null && site !== null) return `${model} · ${site}`
  if (model !== null) return `${model} · several sites`
  return site === null ? 'several models' : `several models · ${site}`
}

const STATE_WORDS: Readonly<Record<StrikeBar['state'], string>> = {
  earns: 'earns',
  falls: 'earns until the adjustment',
  waits: 'under water until the adjustment',
  'under water': 'under water',
}

const IDLE_WORDS: Readonly<Record<StrikeBar['state'], string>> = {
  earns: 'off, worth starting',
  falls: 'off, would earn until the adjustment',
  waits: 'off, worth starting after the adjustment',
  'under water': 'off, not worth starting',
}

/** A bar in one sentence, for the line under the chart and for assistive technology. */
export function barSentence(bar: NamedBar, money: Money): string {
  const strike = money.perPhRange(bar.fromUsdPerPhDay, bar.toUsdPerPhDay)
  return `${barName(bar)}: ${counted(bar.machines, 'machine')}, ${hashrateOfThs(bar.hashratePhs * THS_PER_PHS)}, ${bar.isIdle ? 'starts' : 'stops'} at ${strike}, ${(bar.isIdle ? IDLE_WORDS : STATE_WORDS)[bar.state]}`
}
