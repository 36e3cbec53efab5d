import type { ReactNode } from 'react'
import { useMemo } from 'react'
import type { ChannelOutput, FleetView } from '#shared/ipc/schemas/channels.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import { ratesUsed, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { barNames } from '#shared/domain/margins/bar-names.ts'
import { nearestStrikes } from '#shared/domain/margins/nearest-strikes.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { count, counted, percent } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { dateTime } from '#shared/format/times.ts'
import { hashrateOfThs, jPerTh, power } from '#shared/format/units.ts'
import type { Unweighed } from '#shared/format/words.ts'
import { unweighedWords, VERDICT_WORDS } from '#shared/format/words.ts'
import { answerDetails, answerWords } from '../lib/answer-words.ts'
import { moneyOf, rateOf } from '../lib/reporting-currency.ts'
import type { StaleValue } from '../lib/stale-values.ts'
import { staleValues } from '../lib/stale-values.ts'
import { strikePlan } from '../charts/strike-line/plan.ts'
import { StrikeDrawing } from '../charts/strike-line/StrikeDrawing.tsx'
import { StaleMark } from '../ui/StaleBadge.tsx'
import { Assumptions } from './Assumptions.tsx'
import type { ListLine } from './power-down-list.ts'
import { cutList, powerDownList } from './power-down-list.ts'
import { StatePatterns } from './StatePatterns.tsx'

/** What the page is told, with its machines unpacked. */
export type ReportContent = Omit<ChannelOutput<'report.read'>, 'fleet'> & { readonly fleet: FleetView }

const MOST_BARS = 40
/** Pixels of the drawing, which fills the width of the page. */
const DRAWING = { widthPx: 700, heightPx: 214, textPx: 8 }

/** null while the network is not known */
function pictureIn({ fleet, network, horizonDays, madeAt }: ReportContent): Picture | null {
  const conditions = conditionsOf(network)
  if (conditions === null) return null
  const basis = prepareMargins({ machines: fleet.machines, sites: fleet.sites })
  return pictureOf(basis, marketOf(conditions, { change: null, horizonDays }, madeAt))
}

/**
 * One page: the answer, the picture, the totals, the list, and what it all rests on.
 *
 * @param atMost lines of the list; the rest is told in one line
 */
export function Report({ content, atMost }: { readonly content: ReportContent; readonly atMost: number }) {
  const { fleet, network, horizonDays, currency, madeAt, version } = content
  // Once for all the numbers of lines that are tried.
  const picture = useMemo(() => pictureIn(content), [content])
  const rate = rateOf(network, currency)
  const usdPerUnit = rate?.value ?? null
  const money = useMemo(() => moneyOf(currency, usdPerUnit), [currency, usdPerUnit])
  const stale = staleValues(network, VALUES_BENEATH.advice, ratesUsed(fleet.tariffs, currency))
  return (
    <main>
      <header className="masthead">
        <b>Strikeline</b>
        <span>
          {counted(fleet.sites.length, 'site')}, {counted(fleet.machines.length, 'row')} · made{' '}
          {dateTime(madeAt)} · version {version}
        </span>
      </header>
      {picture === null ? (
        <h1>No network data, so no advice.</h1>
      ) : (
        <Answered
          picture={picture}
          unweighed={fleet}
          atMost={atMost}
          money={money}
          stale={stale}
          madeAt={madeAt}
        />
      )}
      <Assumptions
        network={network}
        tariffs={fleet.tariffs}
        currency={currency}
        market={picture?.market ?? null}
        horizonIsChosen={horizonDays !== null}
      />
    </main>
  )
}

type AnsweredProps = {
  readonly picture: Picture
  readonly unweighed: Unweighed
  readonly atMost: number
  readonly money: Money
  readonly stale: readonly StaleValue[]
  readonly madeAt: number
}

function Answered({ picture, unweighed, atMost, money, stale, madeAt }: AnsweredProps) {
  const { basis, market, decisions } = picture
  const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after } = market
  const index = useMemo(() => prepareStrikeLine(basis), [basis])
  const line = useMemo(
    () => strikeBars(index, { now, after: Number.isFinite(after) ? after : null }, MOST_BARS),
    [index, now, after],
  )
  const plan = useMemo(
    () =>
      strikePlan({
        bars: line.bars.map((bar) => ({ ...bar, ...barNames(bar, basis.fleet) })),
        hashprices: { now, after, after80: market.hashpriceAfter80 },
        money,
        afterWord: 'after the adjustment',
        size: DRAWING,
      }),
    [line, basis, now, after, market, money],
  )
  const lines = useMemo(
    () =>
      decisions === null || market.outlook === null ? null : powerDownList(basis, decisions, market.outlook),
    [basis, decisions, market],
  )
  const { before, moneyUsd, after: end } = answerWords(picture)
  const sample = stale.filter(({ isSample }) => isSample)
  const staleMark = stale.length === 0 ? null : <StaleMark values={stale} nowMs={madeAt} />
  return (
    <>
      <h1>
        {before}
        {Number.isNaN(moneyUsd) ? null : <em>{money.amount(moneyUsd)}</em>}
        {end}
      </h1>
      <p className="beside">
        {sample.length === 0 ? null : <StaleMark values={sample} nowMs={madeAt} />}{' '}
        {[
          ...answerDetails(money, picture, nearestStrikes(basis, index.order, now)),
          ...unweighedWords(unweighed),
        ].join(' ')}
      </p>
      <Totals picture={picture} money={money} staleMark={staleMark} />
      {line.bars.length === 0 ? null : (
        <section>
          <h2>
            Strike line{' '}
            <small>
              hashrate by break-even hashprice, {money.currency} per PH/s a day; hatched: under water
            </small>
          </h2>
          <StrikeDrawing label="Fleet by break-even hashprice" plan={plan}>
            <StatePatterns />
          </StrikeDrawing>
          {staleMark === null ? null : <p>{staleMark}</p>}
        </section>
      )}
      {lines === null ? null : <List lines={lines} atMost={atMost} money={money} />}
    </>
  )
}

type TotalsProps = {
  readonly picture: Picture
  readonly money: Money
  readonly staleMark: ReactNode
}

function Totals({ picture, money, staleMark }: TotalsProps) {
  const { totals, advice, market } = picture
  const after = advice?.marginAfterUsdPerDay
  return (
    <section className="totals">
      <table>
        {staleMark === null ? null : <caption>{staleMark}</caption>}
        <thead>
          <tr>
            <th scope="col">Cash margin a day</th>
            <th scope="col" className="figure">
              now
            </th>
            <th scope="col" className="figure">
              after the adjustment
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">As it runs</th>
            <td className="figure">{money.amount(totals.marginUsdPerDay)}</td>
            <td className="figure">{money.amount(after?.asIs ?? Number.NaN)}</td>
          </tr>
          <tr>
            <th scope="row">With the advice</th>
            <td className="figure">
              <b>{money.amount(advice?.marginNowUsdPerDay.advised ?? Number.NaN)}</b>
            </td>
            <td className="figure">
              <b>{money.amount(after?.advised ?? Number.NaN)}</b>
            </td>
          </tr>
          <tr>
            <th scope="row">Under water</th>
            <td className="figure">{counted(advice?.underwater.now.machines ?? Number.NaN, 'machine')}</td>
            <td className="figure">{counted(advice?.underwater.after.machines ?? Number.NaN, 'machine')}</td>
          </tr>
        </tbody>
      </table>
      <dl>
        <dt>Running</dt>
        <dd>
          {count(totals.running)} of {counted(totals.machines, 'machine')},{' '}
          {hashrateOfThs(totals.hashrateThs)}
        </dd>
        <dt>Power</dt>
        <dd>
          {power(totals.powerW)} at {jPerTh(totals.efficiencyJPerTh)} J/TH
        </dd>
        <dt>Margin of revenue</dt>
        <dd>{percent(totals.marginShare)}</dd>
        <dt>Cash cost of one BTC</dt>
        <dd>{money.cost(totals.costPerBtcUsd)}</dd>
        <dt>Power the advice frees</dt>
        <dd>{power(advice?.powerFreedW.now ?? Number.NaN)}</dd>
        <dt>Hashprice, per PH/s a day</dt>
        <dd>{money.perPh(market.hashpriceUsdPerPhDay)}</dd>
      </dl>
    </section>
  )
}

type ListProps = { readonly lines: readonly ListLine[]; readonly atMost: number; readonly money: Money }

function List({ lines, atMost, money }: ListProps) {
  const { shown, rest } = cutList(lines, atMost)
  if (shown.length === 0) return <p className="nothing">No machine needs to be powered down or paused.</p>
  return (
    <section>
      <h2>
        What to power down <small>most money first; break-even in {money.currency} per PH/s a day</small>
      </h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Advice</th>
            <th scope="col">Site</th>
            <th scope="col">Model</th>
            <th scope="col">Lots</th>
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col" className="figure">
              Break-even
            </th>
            <th scope="col" className="figure">
              Margin a day
            </th>
            <th scope="col" className="figure">
              Saves
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr key={`${line.verdict} ${line.site} ${line.model}`}>
              <td>{line.verdict === 'pause' ? 'Pause until the adjustment' : VERDICT_WORDS[line.verdict]}</td>
              <td>{line.site}</td>
              <td>{line.model === '' ? 'no model' : line.model}</td>
              <td>{line.id ?? counted(line.lots, 'lot')}</td>
              <td className="figure">{count(line.machines)}</td>
              <td className="figure">{money.perPhRange(...line.breakevenUsdPerPhDay)}</td>
              <td className="figure">{money.amount(line.marginNowUsdPerDay)}</td>
              <td className="figure">
                <b>{money.amount(line.gainUsd)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest === null ? null : (
        <p className="rest">
          and {counted(rest.lots, 'more lot', 'more lots')} with {counted(rest.machines, 'machine')}, saving{' '}
          {money.amount(rest.gainUsd)}
        </p>
      )}
    </section>
  )
}
