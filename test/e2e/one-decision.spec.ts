import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verdict } from '#shared/domain/decision/words.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { number } from '#shared/format/numbers.ts'
import { usd } from '#shared/format/money.ts'
import { startMempoolServer } from '../mempool-server.ts'
import { expect, test } from './app.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { cutFigures } from './cut-figures.ts'
import { saveReport, textOfPdf } from './pdf.ts'

/** Twelve stored mixes of tariff, take-or-pay, ladder and state: window, PDF and command line decide the same for the same money. */

const EVENINGS = {
  from: '2025-01-01',
  baseUsdPerKwh: 0.04,
  periods: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromHour: 16, toHour: 21, usdPerKwh: 0.12 },
  ],
}
const FLAT = { from: '2025-01-01', baseUsdPerKwh: 0.051 }
const COMMITTED: readonly (object | null)[] = [
  null,
  { committedKwhPerDay: 700, handBackUsdPerKwh: 0.02, committedUsdPerKwh: 0.05 },
  { committedKwhPerDay: 900, per: 'day', handBackUsdPerKwh: 0.035 },
]

const MIXES = Array.from({ length: 12 }, (_, i) => ({
  site: `Site ${String.fromCharCode(65 + i)}`,
  name: String.fromCharCode(65 + i),
  tariff: i % 2 === 0 ? FLAT : EVENINGS,
  takeOrPay: COMMITTED[Math.floor(i / 2) % 3] ?? null,
  hasLadder: i >= 6,
  // What is off, and what a start costs, differs from site to site.
  idle: i % 4,
  restartUsd: [0, 4, 25][i % 3]!,
}))

const LOTS = [
  { lot: 1, model: 'Antminer S19j Pro 104T', quantity: 10 },
  { lot: 2, model: 'Antminer S19 95T', quantity: 7 },
  { lot: 3, model: 'Antminer S21 200T', quantity: 4 },
]

const fleetCsv = [
  'id,model,quantity,site,power_price_usd_kwh,restart_usd,status',
  ...MIXES.flatMap(({ site, name, idle, restartUsd }) =>
    LOTS.map(({ lot, model, quantity }) =>
      [`${name}${lot}`, model, quantity, site, 0.06, restartUsd, idle === lot ? 'off' : 'running'].join(','),
    ),
  ),
].join('\n')

const sitesJson = JSON.stringify({
  sites: MIXES.map(({ site, tariff, takeOrPay }) => ({
    site,
    timeZone: 'America/Chicago',
    tariffs: [tariff],
    ...(takeOrPay === null ? {} : { takeOrPay }),
  })),
})

const laddersCsv = [
  'id,profile,hashrate_ths,power_w',
  ...MIXES.filter(({ hasLadder }) => hasLadder).flatMap(({ name }) => [
    `${name}1,eco,80,1950`,
    `${name}1,full,104,3068`,
  ]),
].join('\n')

type Decided = {
  readonly machines: readonly {
    readonly id: string
    readonly verdict: Verdict
    readonly gainUsd: number
    readonly shareOfHours: { readonly now: number; readonly after: number }
    readonly machines: { readonly run: number; readonly pause: number; readonly off: number }
  }[]
  readonly fleet: {
    readonly gainUsd: number
    readonly actions: { readonly powerDown: number; readonly start: number }
    readonly verdicts: Readonly<Record<Verdict, number>>
    readonly marginNowUsdPerDay: number
    readonly advisedMarginNowUsdPerDay: number
    readonly advisedAllInMarginNowUsdPerDay: number
  }
}

/** What it is called in a sum of machines that do different things. */
const quantityOf = ({ machines: { run, pause, off } }: Decided['machines'][number]) => run + pause + off
const isSplit = ({ machines: { run, pause, off } }: Decided['machines'][number]) => run > 0 && pause + off > 0
const isPartTime = ({ shareOfHours: { now, after } }: Decided['machines'][number]) =>
  (now > 0 && now < 1) || (after > 0 && after < 1)

/** What may be shown between two moments: the figure of one, of the other, and every cent from one to the other. */
const between = (one: number, other: number) => {
  const least = Math.ceil(Math.min(one, other) * 100)
  const most = Math.floor(Math.max(one, other) * 100)
  const cents = Array.from({ length: Math.max(0, most - least + 1) }, (_, i) => (least + i) / 100)
  return [one, ...cents, other]
}
const plain = (words: string) => words.replace(/\s+/g, ' ')

test('window, PDF and command line decide the same machines for the same money', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(120_000)
  const cli = async (...words: readonly string[]) => {
    const answer = await commandLine([...words, '--data', dataFolder], { cwd: dataFolder })
    expect(answer.exitCode, answer.stderr).toBe(0)
    return answer.stdout
  }
  const decide = async () => JSON.parse(await cli('decide', '--json')) as Decided
  const file = (name: string, text: string) => writeFileSync(join(dataFolder, name), text)
  file('fleet.csv', fleetCsv)
  file('sites.json', sitesJson)
  file('ladders.csv', laddersCsv)
  // Blocks come fast, so that something earns now and loses after the adjustment.
  const server = await startMempoolServer({ epochSeconds: 950_000 })
  await cli('settings', 'set', 'network.order', 'mempool')
  await cli('settings', 'set', 'network.mempool.url', server.url)
  await cli('refresh')
  await cli('settings', 'set', 'network.auto-refresh', 'false')
  await server.close()
  await cli('import', 'fleet.csv')
  await cli('contracts', 'import', 'sites.json')
  await cli('ladders', 'import', 'ladders.csv')

  const before = await decide()
  const { electron, window } = await launch()
  const grid = window.getByRole('treegrid', { name: 'Fleet' })
  await expect(grid).toContainText('Site ')
  const path = join(dataFolder, 'report.pdf')
  await saveReport(electron, window, path)
  const sentence = (await window.getByRole('heading', { level: 1 }).textContent()) ?? ''
  const totals = window.getByRole('region', { name: 'Totals' })
  const margins = (name: RegExp) => totals.getByRole('row', { name }).getByRole('cell').first().textContent()
  const shownMargins = [await margins(/As it runs/), await margins(/With the advice/)]
  const facts = (await totals.textContent()) ?? ''
  const search = window.getByRole('searchbox', { name: 'Search the machines' })
  const rows = new Map<string, { readonly word: string; readonly money: string }>()
  for (const { id } of before.machines) {
    await search.fill(id)
    // the headings, the head of its group, and itself
    await expect(grid.getByRole('row')).toHaveCount(3)
    const row = grid.getByRole('row').nth(2)
    await expect(row).toContainText(id)
    rows.set(id, {
      word: (await row.locator('.verdict').textContent()) ?? '',
      money: (await row.locator('.advice-money').textContent()) ?? '',
    })
  }
  // With its reasons open, the place has no fault for assistive technology and cuts no figure.
  await search.fill('J')
  await grid.focus()
  for (const key of ['Control+Home', 'ArrowDown', 'w']) await window.keyboard.press(key)
  await expect(window.getByRole('complementary')).toContainText('Price of the next kWh')
  expect(await faultsOf(window)).toEqual([])
  expect(await cutFigures(window)).toEqual([])
  // Each door looks from its own moment: what it prints lies between the answers before and after it.
  const after = await decide()
  const hasBetween = (text: string, of: (decided: Decided) => number) => {
    const figures = between(of(before), of(after))
    expect(
      figures.some((figure) => plain(text).includes(plain(usd(figure)))),
      `${of(before)} to ${of(after)} in ${text}`,
    ).toBe(true)
  }

  expect(after.machines.map(({ id, verdict }) => [id, verdict])).toEqual(
    before.machines.map(({ id, verdict }) => [id, verdict]),
  )
  // The mixes are worth comparing: many words come out.
  expect(new Set(before.machines.map(({ verdict }) => verdict)).size).toBeGreaterThanOrEqual(5)

  const { actions, verdicts } = before.fleet
  hasBetween(sentence, ({ fleet }) => fleet.gainUsd)
  if (actions.powerDown > verdicts.pause)
    expect(sentence.toLowerCase()).toContain(`power down ${actions.powerDown - verdicts.pause} machine`)
  if (actions.start > 0) expect(sentence.toLowerCase()).toContain(`start ${actions.start} idle machine`)
  hasBetween(shownMargins[0] ?? '', ({ fleet }) => fleet.marginNowUsdPerDay)
  hasBetween(shownMargins[1] ?? '', ({ fleet }) => fleet.advisedMarginNowUsdPerDay)
  hasBetween(facts, ({ fleet }) => fleet.advisedAllInMarginNowUsdPerDay)

  const text = plain(textOfPdf(path))
  expect(text).toContain(plain(sentence))
  hasBetween(text, ({ fleet }) => fleet.marginNowUsdPerDay)
  hasBetween(text, ({ fleet }) => fleet.advisedMarginNowUsdPerDay)
  const listed = before.machines.filter(
    (machine) =>
      machine.verdict !== 'hold' &&
      (!['run', 'stay-off'].includes(machine.verdict) ||
        isSplit(machine) ||
        (machine.verdict === 'run' && isPartTime(machine) && machine.gainUsd !== 0)),
  )
  // Each of them stands in the list of the report.
  const rowOf = (machine: (typeof listed)[number]) =>
    new RegExp(` ${machine.id} ${quantityOf(machine)} .{0,160}`).exec(text)?.[0] ?? ''
  expect(listed.length).toBeGreaterThan(5)
  expect(listed.filter((machine) => rowOf(machine) === '')).toEqual([])

  for (const [i, machine] of before.machines.entries()) {
    const { id, verdict, gainUsd } = machine
    const { word, money } = rows.get(id)!
    expect({ id, word }).toEqual({ id, word: VERDICT_WORDS[verdict] })
    if (
      gainUsd !== 0 &&
      (!['run', 'stay-off'].includes(verdict) || (verdict === 'run' && isPartTime(machine)))
    )
      hasBetween(money, ({ machines }) => Math.abs(machines[i]!.gainUsd))
    if (isSplit(machine)) expect(money).toContain(`${machine.machines.run} of ${quantityOf(machine)} run`)
    if (!listed.includes(machine)) continue
    // The column adds up to its sentence: its last places are shared out, so that one is rounded up or down.
    const worths = between(gainUsd, after.machines[i]!.gainUsd).flatMap((worth) =>
      [0, 2].flatMap((decimals) =>
        (['down', 'up'] as const).map((rounding) => plain(number(worth, decimals, rounding))),
      ),
    )
    expect(
      worths.some((worth) => rowOf(machine).includes(` ${worth} `)),
      `${id} ${worths[0]}: ${rowOf(machine)}`,
    ).toBe(true)
  }
})
