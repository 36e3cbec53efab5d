import type { ReactNode } from 'react'
import { useMemo } from 'react'
import type { ChannelOutput, FleetView } from '#shared/ipc/schemas/channels.ts'
import { conditionsOf, usesSample } from '#shared/ipc/conditions.ts'
import { ratesUsed, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import { settled } from '#shared/domain/decision/advise.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { hasClearedSites, pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { riskOf } from '#shared/domain/decision/case-inputs.ts'
import { chanceOfActs } from '#shared/domain/decision/acts/chance-of-acts.ts'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { count, counted, percent } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { dateTime } from '#shared/format/times.ts'
import { hashrateOfThs, jPerTh, power } from '#shared/format/units.ts'
import { adviceWords } from '#shared/format/advice-words.ts'
import { flipOf } from '#shared/format/shown-flip.ts'
import { shownLine } from '../engine/shown-line.ts'
import { answerDetails, answerWords } from '#shared/format/answer-words.ts'
import { moneyOf, rateOf } from '#shared/ipc/reporting-money.ts'
import type { StaleValue } from '#shared/format/stale-values.ts'
import { staleValues } from '#shared/format/stale-values.ts'
import { lineMoney, lineSentence } from '../charts/strike-line/bar-words.ts'
import { MoneyLine } from '../charts/strike-line/MoneyLine.tsx'
import { Legend, occurringIn } from '../charts/strike-line/Legend.tsx'
import { flipMarks, strikePlan } from '../charts/strike-line/plan.ts'
import { StrikeDrawing } from '../charts/strike-line/StrikeDrawing.tsx'
import { StaleMark } from '../ui/StaleBadge.tsx'
import { Assumptions } from './Assumptions.tsx'
import type { ListLine } from './change-list.ts'
import { changeList, cutList } from './change-list.ts'

/** What the page is told, with its machines unpacked. */
export type ReportContent = Omit<ChannelOutput<'report.read'>, 'fleet'> & { readonly fleet: FleetView }

const MOST_BARS = 40
/** Pixels of the drawing, which fills the width of the page. */
const DRAWING = { widthPx: 700, heightPx: 214, textPx: 8 }

/** null while the network is not known */
export function pictureIn({ fleet, inputs, network, horizonDays, madeAt }: ReportContent): Picture | null {
  const conditions = conditionsOf(network)
  if (conditions === null) return null
  const prepared = prepare({ machines: fleet.machines, sites: fleet.sites }, inputs)
  return pictureOf(prepared, marketOf(conditions, { change: null, horizonDays, ...riskOf(inputs) }, madeAt))
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
  const price = picture?.market.conditions.priceUsdPerBtc ?? null
  const money = useMemo(() => moneyOf(currency, usdPerUnit, price), [currency, usdPerUnit, price])
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
          atMost={atMost}
          money={money}
          stale={stale}
          madeAt={madeAt}
          recent={usesSample(network) ? null : content.recent}
        />
      )}
      <Assumptions
        network={network}
        tariffs={fleet.tariffs}
        currency={currency}
        market={picture?.market ?? null}
        money={money}
        horizonIsChosen={horizonDays !== null}
      />
    </main>
  )
}

type AnsweredProps = {
  readonly picture: Picture
  readonly atMost: number
  readonly money: Money
  readonly stale: readonly StaleValue[]
  readonly madeAt: number
  readonly recent: ReportContent['recent']
}

function Answered({ picture, atMost, money, stale, madeAt, recent }: AnsweredProps) {
  const { prepared, basis, market, advice, refusal } = picture
  const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after } = market
  const index = useMemo(() => prepareStrikeLine(basis), [basis])
  const line = useMemo(
    () =>
      shownLine(
        strikeBars(
          index,
          { now, after: Number.isFinite(after) ? after : null },
          MOST_BARS,
          advice?.decisions.verdict,
        ),
        basis.fleet,
      ),
    [index, now, after, advice, basis],
  )
  const lines = useMemo(() => (advice === null ? null : changeList(picture)), [advice, picture])
  const answered = {
    advice: advice?.totals ?? null,
    sitesToCall: advice === null ? NO_SITES_TO_CALL : sitesToCall(prepared, market, advice),
    market,
    totals: picture.totals,
  }
  const flips = useMemo(() => {
    if (advice === null) return { above: null, below: null, chance: null }
    const { above, below } = advice.flips()
    const chance = settled(chanceOfActs(prepared, advice))
    return { above: flipOf(basis.fleet, above), below: flipOf(basis.fleet, below), chance }
  }, [advice, basis, prepared])
  const plan = useMemo(
    () =>
      strikePlan({
        bars: line.bars,
        hashprices: {
          now,
          real: now,
          after,
          after80: market.hashpriceAfter80,
          inSight: [now, after],
        },
        past: recent,
        nowMs: madeAt,
        adjustmentAtMs: market.adjustmentAtMs,
        money,
        size: DRAWING,
      }),
    [line, recent, madeAt, now, after, market, money],
  )
  const marginUsdPerDay = advice?.totals.marginNowUsdPerDay.asIs ?? picture.totals.marginUsdPerDay
  const sums = lineMoney(line, picture.totals.marginUsdPerDay, marginUsdPerDay)
  const { before, moneyUsd, after: end } = answerWords(answered)
  const made = stale.filter(({ isSample, isTyped }) => isSample ?? isTyped)
  const staleMark = stale.length === 0 ? null : <StaleMark values={stale} nowMs={madeAt} />
  return (
    <>
      <h1>
        {before}
        {Number.isNaN(moneyUsd) ? null : <em>{money.amount(moneyUsd)}</em>}
        {end}
      </h1>
      <p className="beside">
        {made.length === 0 ? null : <StaleMark values={made} nowMs={madeAt} />}{' '}
        {[
          ...(refusal === null
            ? []
            : [`A stored contract cannot be weighed, so there is no advice: ${refusal}.`]),
          ...answerDetails(money, answered, flips),
        ].join(' ')}
      </p>
      <Totals picture={picture} money={money} staleMark={staleMark} />
      {line.bars.length === 0 ? null : (
        <section>
          <h2>
            Strike line{' '}
            <small>break-even against hashprice, {money.hashprice.words}; area = money a day</small>
          </h2>
          <MoneyLine of={sums} money={money} />
          <StrikeDrawing
            label={lineSentence(line.bars, now, sums, money)}
            plan={plan}
            flips={
              <path
                className="flip"
                d={flipMarks(
                  plan,
                  [flips.above, flips.below].flatMap((flip) => flip?.hashpriceUsdPerPhDay ?? []),
                  money,
                )}
              />
            }
          />
          <Legend occurring={occurringIn(line.bars)} />
          {staleMark === null ? null : <p>{staleMark}</p>}
        </section>
      )}
      {lines === null ? null : (
        <List
          lines={lines}
          atMost={atMost}
          money={money}
          sumUsd={answered.advice?.gainUsd ?? Number.NaN}
          isPerDay={market.isPerDay}
          addsUp={!hasClearedSites(picture.prepared)}
          madeAt={madeAt}
        />
      )}
    </>
  )
}

type TotalsProps = {
  readonly picture: Picture
  readonly money: Money
  readonly staleMark: ReactNode
}

function Totals({ picture, money, staleMark }: TotalsProps) {
  const { totals, market } = picture
  const advice = picture.advice?.totals ?? null
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
            <td className="figure">
              {money.amount(advice?.marginNowUsdPerDay.asIs ?? totals.marginUsdPerDay)}
            </td>
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
        <dt>At the meter, with the advice</dt>
        <dd>
          {power((advice?.powerKw.asIs ?? Number.NaN) * W_PER_KW)},{' '}
          {power((advice?.powerKw.advised ?? Number.NaN) * W_PER_KW)}
        </dd>
        <dt>All-in a day, with the advice</dt>
        <dd>
          {money.amount(advice?.allInNowUsdPerDay.asIs ?? totals.allInMarginUsdPerDay)},{' '}
          {money.amount(advice?.allInNowUsdPerDay.advised ?? Number.NaN)}
        </dd>
        <dt>Hashprice, {money.hashprice.per}</dt>
        <dd>{money.perPh(market.hashpriceUsdPerPhDay)}</dd>
      </dl>
    </section>
  )
}

/** `Power down until the adjustment (about 26 Nov)`; of a lot that is split how many run. */
function lineWords(line: ListLine, madeAt: number): string {
  if (line.verdict === 'run' && line.isPartTime) return 'Run, and stand still in dear hours'
  return Number.isNaN(line.runs)
    ? adviceWords(line.verdict, line, undefined, madeAt)
    : `${count(line.runs)} of ${count(line.machines)} run, the others power down`
}

type ListProps = {
  readonly lines: readonly ListLine[]
  readonly atMost: number
  readonly money: Money
  /** what the sentence says that all of it is worth */
  readonly sumUsd: number
  readonly isPerDay: boolean
  readonly addsUp: boolean
  readonly madeAt: number
}

function List({ lines, atMost, money, sumUsd, isPerDay, addsUp, madeAt }: ListProps) {
  const { shown, rest } = cutList(lines, atMost)
  const gains = [...shown, ...(rest === null ? [] : [rest])].map(({ gainUsd }) => gainUsd)
  const worth = moneyColumn(money, gains, addsUp && Number.isFinite(sumUsd) ? sumUsd : undefined)
  if (shown.length === 0)
    return <p className="nothing">No machine needs to be powered down, paused or started.</p>
  return (
    <section>
      <h2>
        What changes{' '}
        <small>
          most money first, in {money.currency}
          {isPerDay ? ' a day' : ' over the horizon'}
        </small>
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
              Margin a day
            </th>
            <th scope="col" className="figure">
              Worth
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line, i) => (
            <tr key={`${line.verdict} ${line.mode} ${line.site} ${line.model} ${line.runs} ${line.id}`}>
              <td>{lineWords(line, madeAt)}</td>
              <td>{line.site}</td>
              <td>{line.model === '' ? 'no model' : line.model}</td>
              <td>{line.id ?? counted(line.lots, 'lot')}</td>
              <td className="figure">{count(line.machines)}</td>
              <td className="figure">{money.amount(line.marginNowUsdPerDay)}</td>
              <td className="figure">
                <b>{worth.parts[i]}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest === null ? null : (
        <p className="rest">
          and {counted(rest.lots, 'more lot', 'more lots')} with {counted(rest.machines, 'machine')}, worth{' '}
          {worth.parts.at(-1)}
        </p>
      )}
      {addsUp ? null : (
        <p className="nothing">
          Where a contract has a site decided as a whole, a lot is weighed with the rest as advised: these
          figures need not add up to the sum above.
        </p>
      )}
    </section>
  )
}
