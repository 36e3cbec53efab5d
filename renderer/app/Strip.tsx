import type { ReactNode } from 'react'
import { memo } from 'react'
import { MARGIN_VALUE_NAMES, SAMPLE, TYPED, usesSample } from '#shared/ipc/conditions.ts'
import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { MISSING, percentRange, signedPercent } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { rateSentence, sats } from '#shared/format/money.ts'
import { dayMonth } from '#shared/format/times.ts'
import { difficulty, hashrate } from '#shared/format/units.ts'
import { selectCurrency, selectMarket, selectMoney, selectReportingRate } from '../state/selectors.ts'
import type { SharedAge } from '../lib/shared-age.ts'
import { oldestOf, sharedAge } from '../lib/shared-age.ts'
import { WhyButton } from '../parts/why/WhyButton.tsx'
import { useStore } from '../state/store.ts'
import type { FigureName } from '../state/view-slice.ts'
import { Freshness } from '../ui/Freshness.tsx'
import { Tip } from '../ui/Tip.tsx'
import { TypedShape } from '../ui/TypedShape.tsx'
import { useOffline } from '../lib/offline.ts'
import { useNow } from '../ui/use-now.ts'

type GaugeProps = {
  readonly name: string
  readonly value: string
  /** an en dash is left out */
  readonly beside?: string
  /** what is told of this value alone; null: the same as of all */
  readonly foot: ReactNode
  readonly why?: FigureName
  /** what goes first where there is little room: 1 before 2 before 3 */
  readonly goes?: 1 | 2 | 3
}

function Gauge({ name, value, beside, foot, why, goes }: GaugeProps) {
  return (
    <div className="gauge" role="group" aria-label={name} data-goes={goes}>
      <span className="gauge-name">
        {name}
        {why === undefined ? null : <WhyButton of={name} subject={{ kind: 'figure', name: why }} />}
      </span>
      <span className="gauge-value">
        <b>{value}</b>
        {beside === undefined || beside === MISSING ? null : <span className="gauge-beside">{beside}</span>}
      </span>
      {foot === null ? null : <span className="gauge-foot">{foot}</span>}
    </div>
  )
}

/** The hashprice in bitcoin, or in money where the figure is in satoshi. */
function besideHashprice({ cents, hashprice }: Money, market: Market | null): string {
  if (hashprice.words.startsWith('sat'))
    return `${cents(market?.hashpriceUsdPerPhDay ?? Number.NaN)} per PH/s`
  return sats(market?.hashpriceBtcPerPhDay ?? Number.NaN)
}

const WHAT_IF = <span className="what-if-mark">what if</span>

/**
 * Of the values that a figure rests on those that are credited: the oldest, where the sample's or a stale one speaks first, and a
 * typed one in any case.
 */
function credited(values: readonly (DatedValue | null | undefined)[]): readonly DatedValue[] {
  const given = values.filter((value): value is DatedValue => value !== null && value !== undefined)
  const typed = oldestOf(given.filter(({ source }) => source === TYPED))
  const worst = oldestOf(given.filter(({ stale, source }) => stale || source === SAMPLE))
  return [worst ?? (typed === null ? oldestOf(given) : null), typed].filter((value) => value !== null)
}

/**
 * The fault to be told here: one that leaves a value stale or missing, or every source silent. That one of several
 * sources does not answer while another does is told under Data.
 */
function sourceTrouble(network: NetworkState | null): string | null {
  if (network === null) return null
  const faults = network.sources.map((source) => source.lastError).filter((error) => error !== null)
  const hurts =
    usesSample(network) || Object.values(network.values).some((value) => value === null || value.stale)
  return hurts || faults.length === network.sources.length ? (faults[0] ?? null) : null
}

/** What turns USD into the currency of the figures; where no rate is known, why they are in USD. */
function ReportingRate({ nowMs, shared }: { readonly nowMs: number; readonly shared: SharedAge | null }) {
  const currency = useStore(selectCurrency)
  const rate = useStore(selectReportingRate)
  const isRead = useStore((state) => state.network !== null)
  if (currency === 'USD' || !isRead) return null
  return rate === null ? (
    <Gauge
      name="Money"
      value="in USD"
      foot={
        <span className="freshness stale">
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <path d="M5 1l4.5 8h-9z" />
          </svg>
          no rate for {currency} is known
        </span>
      }
    />
  ) : (
    <Gauge
      name={`Money in ${currency}`}
      value={rateSentence(currency, rate.value)}
      foot={shared?.differs(rate) === false ? null : <Freshness value={rate} nowMs={nowMs} />}
    />
  )
}

type ValueName = keyof NetworkState['values']

/** The network at a glance, always there: the hashprice first, one age for all, and beside a value what is told of it alone. */
export function Strip() {
  const network = useStore((state) => state.network)
  const market = useStore(selectMarket)
  const money = useStore(selectMoney)
  const rate = useStore(selectReportingRate)
  const triesPrice = useStore((state) => state.whatIf.priceUsdPerBtc !== null)
  const triesChange = useStore((state) => state.whatIf.change !== null)
  const isBeingTyped = useStore((state) => state.typing !== null)
  const nowMs = useNow()
  const values = network?.values
  const shared = network === null ? null : sharedAge([...Object.values(network.values), rate], nowMs)
  /** Of what a figure rests on, what differs from all. */
  const differing = (names: readonly ValueName[]) =>
    shared === null ? [] : credited(names.map((name) => values?.[name])).filter(shared.differs)
  const told = (differ: readonly DatedValue[]) =>
    differ.length === 0
      ? null
      : differ.map((value) => <Freshness key={value.source} value={value} nowMs={nowMs} />)
  const own = (...names: readonly ValueName[]) =>
    shared !== null && names.every((name) => (values?.[name] ?? null) === null) ? (
      <span className="freshness">not known yet</span>
    ) : (
      told(differing(names))
    )
  /** beside words that do not tell where the values come from */
  const typed = (...names: readonly ValueName[]) =>
    told(differing(names).filter(({ source }) => source === TYPED))
  const price = market?.conditions.priceUsdPerBtc ?? values?.priceUsdPerBtc?.value ?? Number.NaN
  const target = market?.conditions.difficulty ?? values?.difficulty?.value ?? Number.NaN
  const byHand = network?.typed
  const typedNow: DatedValue | null =
    byHand === undefined || market?.hashpriceIsTyped !== true
      ? null
      : {
          value: byHand.hashpriceUsdPerPhDay,
          source: TYPED,
          asOfMs: byHand.typedAtMs,
          fetchedAtMs: byHand.typedAtMs,
          stale: false,
        }
  const isUndated = market?.hashpriceIsTyped === true && market.isPerDay
  const dayOf = (ms: number) => dayMonth(ms, undefined, nowMs)
  const about = dayOf(market?.adjustmentAtMs ?? Number.NaN)
  const passed = market?.applied.at(-1)
  const range = market?.estimate === undefined || market.estimate === null ? null : market.estimate.change80
  return (
    <header className="strip" aria-label="Network">
      <Gauge
        name={`Hashprice, ${money.hashprice.per}`}
        value={money.perPh(market?.hashpriceUsdPerPhDay ?? Number.NaN)}
        beside={besideHashprice(money, market)}
        foot={
          triesPrice ? (
            WHAT_IF
          ) : market === null ? (
            <span className="freshness">not known yet</span>
          ) : isBeingTyped ? (
            <TypedMark words="being typed" />
          ) : typedNow !== null ? (
            <Freshness value={typedNow} nowMs={nowMs} />
          ) : (
            own(...MARGIN_VALUE_NAMES)
          )
        }
        why="hashprice"
      />
      <Gauge
        name={about === MISSING ? 'Next adjustment' : `Next adjustment, about ${about}`}
        value={isUndated ? 'not known' : signedPercent(market?.change ?? Number.NaN)}
        {...(range === null || triesChange ? {} : { beside: `80 %: ${percentRange(range)}` })}
        foot={
          triesChange ? (
            WHAT_IF
          ) : isUndated ? (
            <span className="freshness">left out, no date</span>
          ) : market?.hashpriceIsTyped === true && market.changeIsAssumed ? (
            <TypedMark words="typed" />
          ) : (
            <Passing market={market} dayOf={dayOf} typed={typed('epochBlocks', 'epochSeconds')}>
              {own('epochBlocks', 'epochSeconds')}
            </Passing>
          )
        }
        why="adjustment"
      />
      <Gauge
        name="Bitcoin"
        value={money.whole(price)}
        foot={triesPrice ? WHAT_IF : own('priceUsdPerBtc')}
        why="price"
        goes={3}
      />
      <Gauge
        name="Difficulty"
        value={difficulty(target)}
        foot={
          passed === undefined ? (
            own('difficulty')
          ) : (
            <>
              <span className="freshness">expected since {dayOf(passed.dueMs)}</span>
              {typed('difficulty')}
            </>
          )
        }
        why="difficulty"
        goes={2}
      />
      <Gauge
        name="Network"
        value={hashrate(market?.networkHashrateHs ?? Number.NaN)}
        foot={null}
        why="network"
        goes={1}
      />
      <ReportingRate nowMs={nowMs} shared={shared} />
      <div className="strip-age" role="group" aria-label="Age of the values">
        {shared === null ? (
          <span className="freshness">{network === null ? '' : 'no value is known yet'}</span>
        ) : (
          <Freshness value={shared.value} nowMs={nowMs} credit={shared.credit} />
        )}
      </div>
      <StripEnd />
    </header>
  )
}

function TypedMark({ words }: { readonly words: string }) {
  return (
    <span className="freshness typed">
      <TypedShape />
      {words}
    </span>
  )
}

type PassingProps = {
  readonly market: Market | null
  readonly dayOf: (ms: number) => string
  readonly typed: ReactNode
  /** where nothing has passed */
  readonly children: ReactNode
}

/** That the next adjustment was due, or that one has been applied; else what is told of the epoch alone. */
function Passing({ market, dayOf, typed, children }: PassingProps) {
  const dueMs = market?.mayHavePassedSinceMs ?? null
  const passed = market?.applied.at(-1)
  if (dueMs === null && passed === undefined) return children
  return (
    <>
      <span className="freshness">
        {dueMs !== null
          ? `was due ${dayOf(dueMs)}, may have passed`
          : `that of ${dayOf(passed!.dueMs)} applied as expected`}
      </span>
      {typed}
    </>
  )
}

/** What is wrong with the sources, and asking them again. */
const StripEnd = memo(function StripEnd() {
  const fault = useStore((state) => state.networkFault ?? sourceTrouble(state.network))
  const offline = useOffline()
  const trouble = fault ?? (offline ? 'This computer is not connected.' : null)
  const refreshing = useStore((state) => state.network?.refreshing ?? false)
  const refresh = useStore((state) => state.refreshNetwork)
  return (
    <div className="strip-end">
      {trouble === null ? null : (
        <Tip text={trouble}>
          <button type="button" className="source-fault" onClick={() => useStore.getState().show('data')}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <path d="M5 1l4.5 8h-9z" />
            </svg>
            {offline ? 'no internet' : 'source not answering'}
          </button>
        </Tip>
      )}
      {offline ? (
        <button
          type="button"
          className="button quiet"
          aria-busy={refreshing}
          disabled={refreshing}
          onClick={() => void refresh()}
        >
          {refreshing ? 'asking…' : 'ask again'}
        </button>
      ) : (
        <Tip text="Ask the sources again">
          <button
            type="button"
            className="icon-button"
            aria-label="Refresh"
            aria-busy={refreshing}
            disabled={refreshing}
            onClick={() => void refresh()}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" />
            </svg>
          </button>
        </Tip>
      )}
    </div>
  )
})
