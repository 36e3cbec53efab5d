import { useEffect, useMemo, useState } from 'react'
import type { CoinPrice, DatedRate, Day, Month } from '#shared/domain/money/ledger/entry.ts'
import { isNearRate, nearestRate } from '#shared/domain/money/ledger/near-rate.ts'
import type { LedgerRate } from '#shared/ipc/schemas/ledger.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { api, settle } from '../../../lib/api.ts'
import { useStore } from '../../../state/store.ts'
import type { KnownPrices } from './read-entry.ts'

/** What a typed entry is held against. */
export type EntryBasis = {
  readonly sites: readonly string[]
  /** time zone of a site's contract; UTC where there is none, and for the company as a whole */
  readonly zoneOf: (site: string) => string
  readonly pools: readonly string[]
  /** null: none is closed */
  readonly lastClosed: Month | null
  readonly known: KnownPrices
}

const NO_ZONE = 'UTC'

/** Sites, pools, prices and rates as they are stored; null until they are read. */
export function useBasis(): EntryBasis | null {
  const past = useStore((state) => state.past)
  const readPast = useStore((state) => state.readPast)
  const sites = useStore((state) => state.fleet?.sites ?? null)
  const [read, setRead] = useState<
    Pick<EntryBasis, 'pools' | 'lastClosed'> & {
      readonly zones: ReadonlyMap<number, string>
      readonly rates: readonly LedgerRate[]
    }
  >()
  useEffect(() => {
    let ended = false
    const isLate = () => ended
    const readAll = async () => {
      const [inputs, pools, months, rates] = await Promise.all([
        settle(api.case.read({})),
        settle(api.ledger.pools({})),
        settle(api.ledger.months({})),
        settle(api.ledger.rates({})),
        readPast(),
      ])
      if (isLate()) return
      const { contracts } = inputs.ok ? inputs.value : { contracts: [] }
      setRead({
        zones: new Map(contracts.map(({ siteKey, contract }) => [siteKey, contract.timeZone])),
        rates: rates.ok ? rates.value : [],
        pools: pools.ok
          ? [...new Set(pools.value.pools.map(({ name }) => name)), ...pools.value.withoutTerms]
          : [],
        lastClosed: months.ok
          ? (months.value.findLast(({ closed }) => closed !== null)?.month ?? null)
          : null,
      })
    }
    void readAll()
    return () => void (ended = true)
  }, [readPast])
  return useMemo(() => {
    if (read === undefined) return null
    const keyOf = new Map(Array.from(sites?.key ?? [], (key, row) => [sites!.name[row]!, key]))
    return {
      sites: [...keyOf.keys()],
      zoneOf: (site) => read.zones.get(keyOf.get(site) ?? -1) ?? NO_ZONE,
      pools: read.pools,
      lastClosed: read.lastClosed,
      known: {
        priceOn: (day) => priceOn(past, day),
        rateOn: (currency, day) => nearRate(read.rates, currency, day),
      },
    }
  }, [read, sites, past])
}

function priceOn(past: Past | null, day: Day): CoinPrice | null {
  const row = past?.series.dates.indexOf(day) ?? -1
  const usdPerBtc = row < 0 ? Number.NaN : past!.series.priceUsd[row]!
  return usdPerBtc > 0 ? { usdPerBtc, source: 'daily history' } : null
}

/** null: none that holds for the day; one that is further away is typed, as a file asks about it */
function nearRate(rates: readonly LedgerRate[], currency: Currency, day: Day): DatedRate | null {
  const found = nearestRate(
    rates.filter((rate) => rate.currency === currency),
    day,
  )
  return found !== null && isNearRate(found, day) ? found : null
}
