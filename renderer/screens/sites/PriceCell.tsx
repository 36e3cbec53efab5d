import { useRef, useState } from 'react'
import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import { counted } from '#shared/format/numbers.ts'
import type { PriceSource } from '#shared/domain/power/supply.ts'
import { countingPrice } from '#shared/format/site-words.ts'
import { tariffWords } from '#shared/format/money.ts'
import { priceField } from '#shared/format/typed-fields.ts'
import { siteInput, storedSite } from './site-form.ts'
import { siteThing } from './site-question.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { agree } from '../../parts/agreed.ts'
import { questionBefore } from '../../parts/look-ahead.ts'
import { besideWords, noRateWords, priceFault, tariffAt } from '../../parts/tariff.ts'
import { api, settle } from '../../lib/api.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { changed } from '../../state/actions.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { LiveNumber } from '../../ui/LiveNumber.tsx'
import { StaleBadge } from '../../ui/StaleBadge.tsx'

type Props = {
  readonly fleet: ShownFleet
  readonly row: number
  readonly rowsWithOwnPrice: number
  /** of energy that its machines use */
  readonly pricesFrom: PriceSource
}

/** The power price of a site, shown and typed in the currency in which it is paid. */
export function PriceCell({ fleet, row, rowsWithOwnPrice, pricesFrom }: Props) {
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
  const [question, setQuestion] = useState<{ readonly perKwh: number; readonly words: string } | null>(null)
  /** the site when a price was begun to be typed */
  const shownSite = useRef<SiteInput | null>(null)

  const usdPerUnit = currency === 'USD' ? 1 : (rate?.value ?? null)
  const stored = tariff === null ? sites.powerPriceUsdPerKwh[row]! : (tariff.powerPricePerKwh ?? Number.NaN)
  const shown = triedUsdPerKwh === undefined || usdPerUnit === null ? stored : triedUsdPerKwh / usdPerUnit
  const beside = besideWords(money, currency, triedUsdPerKwh ?? sites.powerPriceUsdPerKwh[row]!)

  const counting = countingPrice(pricesFrom)
  const faultOf = (perKwh: number) => priceFault('powerPriceUsdPerKwh', perKwh, { currency, usdPerUnit })
  const thingOf = (perKwh: number) => siteThing('Power price', name, perKwh)
  const priceWords = (perKwh: number) => tariffWords(currency, perKwh)
  const ask = async (perKwh: number) => {
    // Without a rate the site has no figures that could change.
    if (usdPerUnit === null) return null
    const terms = {
      powerPriceUsdPerKwh: perKwh * usdPerUnit,
      otherUsdPerKwh: sites.otherUsdPerKwh[row]!,
      overhead: sites.overhead[row]!,
    }
    return questionBefore({
      name: `Power price at ${name}`,
      thing: thingOf(perKwh),
      before: Number.isNaN(stored) ? null : stored,
      after: perKwh,
      show: priceWords,
      tried: { sites: new Map([[key, terms]]) },
    })
  }
  function endTyping(): void {
    shownSite.current = null
    trySitePower(key, null)
  }
  const store = async (perKwh: number | null) => {
    const asked = perKwh === null ? null : await ask(perKwh)
    if (perKwh === null || asked === null) await write(perKwh)
    else setQuestion({ perKwh, words: asked })
  }
  const write = async (perKwh: number | null) => {
    const isSame = perKwh === null ? Number.isNaN(stored) : perKwh === stored
    setFault(null)
    if (!isSame) {
      const other = tariff?.otherPerKwh ?? sites.otherUsdPerKwh[row]!
      const site = siteInput({ name, overhead: sites.overhead[row]! }, currency, perKwh, other)
      const before = shownSite.current ?? storedSite(fleet, row)
      const answer = await settle(api.site.update({ key, site, replaceOwn: false, before }))
      if (answer.ok) await changed(`Power at ${name} is ${priceWords(perKwh ?? Number.NaN)}.`)
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
        field={priceField(currency, usdPerUnit)}
        value={shown}
        faultOf={faultOf}
        placeholder="not given"
        onLive={(perKwh) => {
          setQuestion(null)
          shownSite.current ??= storedSite(fleet, row)
          if (usdPerUnit !== null) trySitePower(key, perKwh === null ? null : perKwh * usdPerUnit)
        }}
        onCommit={(perKwh) => void store(perKwh)}
        onCancel={endTyping}
      />
      {question === null ? null : (
        <AskFirst
          question={question.words}
          yes={`Yes, use ${priceWords(question.perKwh)}`}
          no="No, leave it"
          onYes={() => {
            setQuestion(null)
            void agree([thingOf(question.perKwh)]).then(() => write(question.perKwh))
          }}
          onNo={() => {
            setQuestion(null)
            endTyping()
          }}
        />
      )}
      {counting === null ? null : <p className="note">{counting}</p>}
      {beside === null ? null : <p className="note">{beside}</p>}
      {usdPerUnit === null ? <p className="note fault">{noRateWords(currency)}</p> : null}
      {rate !== null && (rate.stale || rate.source === TYPED) ? (
        <p>
          <StaleBadge
            values={[{ name: `${currency} rate`, asOfMs: rate.asOfMs, isTyped: rate.source === TYPED }]}
          />
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
