import { useRef, useState } from 'react'
import type { SiteInput } from '#shared/ipc/schemas/channels.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { counted } from '#shared/format/numbers.ts'
import { tariffPrice } from '#shared/format/money.ts'
import { siteInput, storedSite } from './site-form.ts'
import { besideWords, noRateWords, priceFault, tariffAt } from '../../parts/tariff.ts'
import { api, settle } from '../../lib/api.ts'
import { rateOf } from '../../lib/reporting-currency.ts'
import { changed } from '../../state/actions.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { LiveNumber } from '../../ui/LiveNumber.tsx'
import { StaleBadge } from '../../ui/StaleBadge.tsx'

type Props = {
  readonly fleet: ShownFleet
  readonly row: number
  readonly rowsWithOwnPrice: number
}

/** The power price of a site, shown and typed in the currency in which it is paid. */
export function PriceCell({ fleet, row, rowsWithOwnPrice }: Props) {
  const { sites } = fleet
  const key = sites.key[row]!
  const name = sites.name[row]!
  const tariff = tariffAt(fleet.tariffs, key)
  const currency = tariff?.currency ?? 'USD'
  const rate = useStore((state) => rateOf(state.network, currency))
  const triedUsdPerKwh = useStore((state) => state.whatIf.sitePowerPrices.get(key))
  const money = useStore(selectMoney)
  const { trySitePower } = useStore.getState()
  const [fault, setFault] = useState<string | null>(null)
  /** the site when a price was begun to be typed */
  const shownSite = useRef<SiteInput | null>(null)

  const usdPerUnit = currency === 'USD' ? 1 : (rate?.value ?? null)
  const stored = tariff === null ? sites.powerPriceUsdPerKwh[row]! : (tariff.powerPricePerKwh ?? Number.NaN)
  const shown = triedUsdPerKwh === undefined || usdPerUnit === null ? stored : triedUsdPerKwh / usdPerUnit
  const beside = besideWords(money, currency, triedUsdPerKwh ?? sites.powerPriceUsdPerKwh[row]!)

  function endTyping(): void {
    shownSite.current = null
    trySitePower(key, null)
  }
  const store = async (perKwh: number | null) => {
    const isSame = perKwh === null ? Number.isNaN(stored) : perKwh === stored
    const wrong = perKwh === null ? null : priceFault('powerPriceUsdPerKwh', perKwh, { currency, usdPerUnit })
    setFault(wrong)
    if (!isSame && wrong === null) {
      const other = tariff?.otherPerKwh ?? sites.otherUsdPerKwh[row]!
      const site = siteInput({ name, overhead: sites.overhead[row]! }, currency, perKwh, other)
      const answer = await settle(
        api.site.update({
          key,
          site,
          replaceOwn: false,
          before: shownSite.current ?? storedSite(fleet, row),
        }),
      )
      if (answer.ok)
        await changed(`Power at ${name} is ${tariffPrice(currency, perKwh ?? Number.NaN)} per kWh.`)
      else setFault(answer.error.message)
    }
    endTyping()
  }

  return (
    <td>
      <LiveNumber
        label={`Power price at ${name}`}
        unit={`${currency}/kWh`}
        leastWidth={74}
        value={shown}
        placeholder="not given"
        onLive={(perKwh) => {
          shownSite.current ??= storedSite(fleet, row)
          if (usdPerUnit !== null) trySitePower(key, perKwh === null ? null : perKwh * usdPerUnit)
        }}
        onCommit={(perKwh) => void store(perKwh)}
        onCancel={endTyping}
      />
      {beside === null ? null : <p className="note">{beside}</p>}
      {usdPerUnit === null ? <p className="note fault">{noRateWords(currency)}</p> : null}
      {rate?.stale === true ? (
        <p>
          <StaleBadge values={[{ name: `${currency} rate`, asOfMs: rate.asOfMs }]} />
        </p>
      ) : null}
      {rowsWithOwnPrice === 0 ? null : (
        <p className="note">{counted(rowsWithOwnPrice, 'row')} with its own price</p>
      )}
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
    </td>
  )
}
