import { useRef, useState } from 'react'
import type { NextPlan } from '#shared/domain/money/next-purchase.ts'
import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { readOfferPrice } from '#shared/format/offer-text.ts'
import { decimalMark } from '#shared/format/display.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { Calls } from '../../../engine/protocol.ts'
import { engine } from '../../../state/engine.ts'
import { useStore } from '../../../state/store.ts'
import { Field } from '../../../ui/Field.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { needed, SHARE, YEARS } from './investing.ts'
import { OfferTable } from './OfferTable.tsx'
import type { Growths } from './use-purchases.ts'
import { investingNow } from './use-purchases.ts'

type Offer = { readonly model: string; readonly price: string; readonly fault: string | null }
const EMPTY: Offer = { model: '', price: '', fault: null }

const RANKS = [
  { value: 'megawatt', label: 'of a megawatt' },
  { value: 'dollar', label: 'of a dollar' },
] as const satisfies readonly { readonly value: NextPlan['rankBy']; readonly label: string }[]

/** Offers as they are typed, and how they rank at a site. */
export function BuyNext({ growths }: { readonly growths: Growths }) {
  const sites = useStore((state) => state.fleet?.sites ?? null)
  const choices = Array.from(sites?.key ?? [], (value, row) => ({ value, label: sites!.name[row]! }))
  const [siteKey, setSite] = useState<number | null>(choices[0]?.value ?? null)
  const [rankBy, setRank] = useState<NextPlan['rankBy']>('megawatt')
  const [offers, setOffers] = useState<readonly Offer[]>([EMPTY])
  const [years, setYears] = useState('4')
  const [salvage, setSalvage] = useState('0')
  const [answer, setAnswer] = useState<Calls['nextPurchases']['output'] | null>(null)
  const [isBusy, setBusy] = useState(false)
  /** the newest question: what an earlier one answers is of no use */
  const asked = useRef(0)
  const life = needed(years, YEARS)
  const share = readTyped(salvage, SHARE)
  /** What stands below rests on what was typed before. */
  const typed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      asked.current++
      setAnswer(null)
      setBusy(false)
      set(value)
    }
  const type = (row: number, change: Partial<Offer>) =>
    typed(setOffers)(offers.map((offer, i) => (i === row ? { ...offer, fault: null, ...change } : offer)))
  const compare = async () => {
    const read = offers.map(({ model, price }) => ({
      ...{ model, price },
      value: readOfferPrice(price, decimalMark()),
      isEmpty: `${model}${price}`.trim() === '',
    }))
    const meant = read.filter(({ isEmpty }) => !isEmpty)
    const wrong = ({ isEmpty, model, value }: (typeof read)[number]) =>
      isEmpty
        ? meant.length === 0
          ? 'Name a model of the catalogue.'
          : null
        : model.trim() === ''
          ? 'Name a model of the catalogue.'
          : value === null
            ? 'Write a price, like 15/TH or 3000 a machine.'
            : null
    const faults = read.map(wrong)
    setOffers(offers.map((offer, i) => ({ ...offer, fault: faults[i]! })))
    if (faults.some((fault) => fault !== null) || siteKey === null) return
    if (life.value === null || share.fault !== null) return
    const number = ++asked.current
    setBusy(true)
    const found = await engine().nextPurchases({
      ...investingNow(growths),
      ...{ siteKey, rankBy, salvageShare: share.value ?? 0, lifeDays: life.value * DAYS_PER_YEAR },
      offers: meant.map(({ model, value }) => ({ model, price: value! })),
    })
    if (number !== asked.current) return
    setBusy(false)
    if ('faults' in found) {
      let at = 0
      setOffers(
        offers.map((offer, i) => {
          const fault = read[i]!.isEmpty ? null : (found.faults[at++] ?? null)
          return { ...offer, fault: fault === null ? null : `“${offer.model.trim()}” ${fault}.` }
        }),
      )
    } else setAnswer(found)
  }
  return (
    <form
      className="purchase-part"
      aria-label="What to buy next"
      onSubmit={(event) => {
        event.preventDefault()
        compare().catch(engine().tellFault)
      }}
    >
      <div className="form">
        <SelectField label="At the site" choices={choices} value={siteKey} onChange={typed(setSite)} />
        <SelectField label="Ranked by the value" choices={RANKS} value={rankBy} onChange={typed(setRank)} />
        <Field
          numeric
          label="Life of a machine"
          unit="years"
          value={years}
          fault={life.fault}
          onChange={typed(setYears)}
        />
        <Field
          numeric
          label="Salvage, of the price"
          unit="%"
          value={salvage}
          fault={share.fault}
          onChange={typed(setSalvage)}
        />
      </div>
      {offers.map(({ model, price, fault }, row) => (
        <div className="form" key={row}>
          <Field
            label={`Model ${row + 1}`}
            value={model}
            placeholder="Antminer S21 200T"
            fault={fault}
            onChange={(text) => type(row, { model: text })}
          />
          <Field
            label={`Price of model ${row + 1}`}
            unit="USD"
            value={price}
            placeholder="15/TH"
            hint="Per TH/s, or of one machine"
            onChange={(text) => type(row, { price: text })}
          />
        </div>
      ))}
      <div className="actions">
        <button type="button" className="button" onClick={() => typed(setOffers)([...offers, EMPTY])}>
          Another model
        </button>
        <button type="submit" className="button primary" disabled={isBusy}>
          {isBusy ? 'Simulating…' : 'Compare'}
        </button>
      </div>
      {answer === null || 'faults' in answer ? null : 'refusal' in answer ? (
        <p className="fault-text" role="alert">
          {answer.refusal}
        </p>
      ) : (
        <OfferTable answer={answer} />
      )}
    </form>
  )
}
