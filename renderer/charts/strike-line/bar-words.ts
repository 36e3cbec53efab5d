import type { Fleet } from '#shared/domain/fleet.ts'
import type { StrikeBar } from '#shared/domain/strike-line.ts'
import { counted } from '#shared/format/numbers.ts'
import { usdPerPh } from '#shared/format/money.ts'
import { hashrateOfThs } from '#shared/format/units.ts'

const THS_PER_PHS = 1000

const modelWord = (label: string) => (label === '' ? 'no model' : label)

/** Model and site of a bar, as far as all of it shares them. */
export function barName(bar: StrikeBar, fleet: Fleet): string {
  const model = bar.modelCode === null ? null : modelWord(fleet.machines.model.labels[bar.modelCode]!)
  const site = bar.siteRow === null ? null : fleet.sites.name[bar.siteRow]!
  if (model !== null && site !== null) return `${model} · ${site}`
  if (model !== null) return `${model} · several sites`
  return site === null ? 'several models' : `several models · ${site}`
}

const STATE_WORDS: Readonly<Record<StrikeBar['state'], string>> = {
  earns: 'earns',
  waits: 'under water until the adjustment',
  'under water': 'under water',
}

/** Break-even of a bar, as a range where its lots differ in what is shown. */
export function barBreakeven(bar: StrikeBar): string {
  const from = usdPerPh(bar.fromUsdPerPhDay, 'up')
  const to = usdPerPh(bar.toUsdPerPhDay, 'up')
  return from === to ? from : `${from} … ${to}`
}

/** A bar in one sentence, for the line under the chart and for assistive technology. */
export function barSentence(bar: StrikeBar, fleet: Fleet): string {
  return `${barName(bar, fleet)}: ${counted(bar.machines, 'machine')}, ${hashrateOfThs(bar.hashratePhs * THS_PER_PHS)}, break-even ${barBreakeven(bar)}, ${STATE_WORDS[bar.state]}`
}
