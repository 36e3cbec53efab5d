import { memo, useMemo, useState } from 'react'
import type { SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { tariffWords, usdWhole } from '#shared/format/money.ts'
import { CHANGE_FIELD, HASHPRICE_FIELD, priceField, TYPED_VALUES } from '#shared/format/typed-fields.ts'
import { priceFault, tariffAt } from '../../parts/tariff.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { LiveNumber } from '../../ui/LiveNumber.tsx'
import { Select } from '../../ui/Select.tsx'
import {
  selectRealMarket,
  selectWantedHashprice,
  selectWantedPrice,
  selectWhatIfActive,
} from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'

const priceFaultOf = (value: number) => (value > 0 ? null : 'It must be above 0 USD.')
const changeFault = (change: number) =>
  change >= -0.75 && change <= 3 ? null : 'It must be from −75 to 300 %.'

type SliderProps = {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  readonly text: string
  readonly onChange: (value: number) => void
}

function Slider({ label, text, onChange, ...range }: SliderProps) {
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={text}
      {...range}
      value={Number.isFinite(range.value) ? range.value : range.min}
      disabled={!Number.isFinite(range.value)}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  )
}

/** Which site's power price is tried. Apart from the sliders, so that it is not drawn again with them. */
const SiteChoice = memo(function SiteChoice({
  sites,
  siteKey,
  onChange,
}: {
  readonly sites: SiteColumns
  readonly siteKey: number
  readonly onChange: (key: number) => void
}) {
  if (sites.length === 1) return <span className="try-name">Power at {sites.name[0]}</span>
  return (
    <Select
      label="Site whose power price is tried"
      choices={sites.name.map((name, row) => ({ value: sites.key[row]!, label: `Power at ${name}` }))}
      value={siteKey}
      onChange={onChange}
    />
  )
})

/** The price of a bitcoin in USD, and the hashprice that it makes: two names of one trial. */
function PriceTry({ realPrice }: { readonly realPrice: number }) {
  const price = useStore(selectWantedPrice)
  const hashprice = useStore(selectWantedHashprice)
  const { tryPrice, tryHashprice } = useStore.getState()
  return (
    <>
      <div className="try fixed">
        <span className="try-name">Hashprice</span>
        <LiveNumber
          label="Hashprice, what if"
          unit="USD/PH/day"
          leastWidth={58}
          field={HASHPRICE_FIELD}
          value={Math.round(hashprice * 100) / 100}
          faultOf={priceFaultOf}
          onLive={tryHashprice}
        />
      </div>
      <div className="try">
        <span className="try-name">Bitcoin</span>
        <LiveNumber
          label="Bitcoin price, what if"
          unit="USD"
          leastWidth={76}
          field={TYPED_VALUES.priceUsdPerBtc}
          value={Math.round(price)}
          faultOf={priceFaultOf}
          onLive={tryPrice}
        />
        <Slider
          label="Bitcoin price"
          min={Math.round(realPrice * 0.5)}
          max={Math.round(realPrice * 1.5)}
          step={Math.max(1, Math.round(realPrice / 500))}
          value={price}
          text={usdWhole(price)}
          onChange={tryPrice}
        />
      </div>
    </>
  )
}

function ChangeTry({ realChange }: { readonly realChange: number }) {
  const change = useStore((state) => state.whatIf.change) ?? realChange
  const { tryChange } = useStore.getState()
  return (
    <div className="try">
      <span className="try-name">Difficulty change</span>
      <LiveNumber
        label="Difficulty change, what if"
        unit="%"
        leastWidth={58}
        field={CHANGE_FIELD}
        value={Math.round(change * 1000) / 1000}
        faultOf={changeFault}
        onLive={tryChange}
      />
      <Slider
        label="Difficulty change"
        min={-0.2}
        max={0.2}
        step={0.001}
        value={change}
        text={signedPercent(change)}
        onChange={tryChange}
      />
    </div>
  )
}

/** In the currency in which the site pays it. */
function PowerTry({ sites }: { readonly sites: SiteColumns }) {
  const prices = useStore((state) => state.whatIf.sitePowerPrices)
  const tariffs = useStore((state) => state.fleet?.tariffs)
  const network = useStore((state) => state.network)
  const { trySitePower } = useStore.getState()
  const [siteKey, setSiteKey] = useState<number | null>(null)
  const siteRow = Math.max(0, sites.key.indexOf(siteKey ?? Number.NaN))
  const key = sites.key[siteRow]
  const tariff = key === undefined || tariffs === undefined ? null : tariffAt(tariffs, key)
  const rate = tariff === null ? null : rateOf(network, tariff.currency)
  const [currency, usdPerUnit] =
    tariff === null || rate === null ? (['USD', 1] as const) : [tariff.currency, rate.value]
  const field = useMemo(() => priceField(currency, usdPerUnit), [currency, usdPerUnit])
  if (key === undefined) return null
  const sitePower = prices.get(key) ?? sites.powerPriceUsdPerKwh[siteRow]!
  return (
    <div className="try">
      <SiteChoice sites={sites} siteKey={key} onChange={setSiteKey} />
      <LiveNumber
        label="Power price, what if"
        unit={`${currency}/kWh`}
        leastWidth={66}
        field={field}
        value={sitePower / usdPerUnit}
        faultOf={(perKwh) => priceFault('powerPriceUsdPerKwh', perKwh, { currency, usdPerUnit })}
        onLive={(value) => trySitePower(key, value === null ? null : value * usdPerUnit)}
      />
      <Slider
        label="Power price"
        min={0}
        max={0.15}
        step={0.0005}
        value={sitePower}
        text={tariffWords(currency, sitePower / usdPerUnit)}
        onChange={(value) => trySitePower(key, value)}
      />
    </div>
  )
}

/**
 * Hashprice or bitcoin price, difficulty change and one site's power price, tried out: everything follows while they are moved. One press, or
 * Escape, ends it.
 */
export function TryOut() {
  const active = useStore(selectWhatIfActive)
  const real = useStore(selectRealMarket)
  const sites = useStore((state) => state.fleet?.sites)
  const { open, resetWhatIf } = useStore.getState()
  if (real === null || sites === undefined) return null
  return (
    <section
      className="try-out"
      aria-label="What if"
      data-active={active || undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && active) resetWhatIf()
      }}
    >
      <h2>What if</h2>
      <PriceTry realPrice={real.conditions.priceUsdPerBtc} />
      <ChangeTry realChange={real.change} />
      <div className="try-end">
        <PowerTry sites={sites} />
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={!active}
            onClick={() => open({ kind: 'keep-scenario' })}
          >
            Keep as scenario…
          </button>
          <button type="button" className="button" disabled={!active} onClick={resetWhatIf}>
            Reset
          </button>
        </div>
      </div>
    </section>
  )
}
