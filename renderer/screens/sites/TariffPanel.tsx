import { useId, useState } from 'react'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { tariffFault } from '#shared/domain/power/tariff.ts'
import type { Tariffs, WeekPlace } from '#shared/domain/power/tariff-edit.ts'
import { flatTariff, weekAt, withWeek } from '#shared/domain/power/tariff-edit.ts'
import { tariffWords } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import { TariffVersions } from './TariffVersions.tsx'
import { WeekEditor } from './WeekEditor.tsx'

type Props = {
  readonly terms: ContractTerms
  /** what a kWh costs without a tariff, in the contract's currency; NaN: not given */
  readonly plainPrice: number
  /** the site's local date, YYYY-MM-DD */
  readonly today: string
  readonly usdPerUnit: number | null
  readonly onTariffs: (tariffs: Tariffs) => void
}

/** The tariff as a week that is painted: one week for each version and season. */
export function TariffPanel({ terms, plainPrice, today, usdPerUnit, onTariffs }: Props) {
  const headingId = useId()
  const { tariffs, currency, timeZone } = terms
  const [chosen, setPlace] = useState<WeekPlace | null>(null)
  const isThere = chosen !== null && weekAt(tariffs, chosen) !== null
  const place = isThere ? chosen : { version: inForce(tariffs, today), season: null }
  const week = weekAt(tariffs, place)
  const isOnTop = terms.marketAdderUsdPerKwh !== null
  const fault = tariffFault(tariffs)
  const base = isOnTop ? 0 : plainPrice

  if (week === null)
    return (
      <section className="panel pad site-panel" aria-labelledby={headingId}>
        <h2 id={headingId}>Tariff</h2>
        <p className="muted">
          {isOnTop
            ? 'Market prices alone; a tariff would come on top of them.'
            : 'The same price in every hour.'}
        </p>
        {Number.isNaN(base) ? (
          <p className="note">Give the site a power price first: Edit name and price…</p>
        ) : (
          <div className="actions">
            <button type="button" className="button" onClick={() => onTariffs([flatTariff(today, base)])}>
              Paint a tariff by the hour
            </button>
          </div>
        )}
      </section>
    )
  const { tiers, meteredKwhThisMonth } = tariffs[place.version]!
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId}>Tariff</h2>
        <p className="muted">
          Hours of {timeZone}. {isOnTop ? 'It comes on top of market prices. ' : ''}
          {counted(week.periods.length, 'period')} beside the base price.
        </p>
      </header>
      <TariffVersions
        tariffs={tariffs}
        place={place}
        today={today}
        onPlace={setPlace}
        onTariffs={onTariffs}
      />
      {fault === null ? null : (
        <p className="fault-text" role="alert">
          {fault.field}: {fault.message}
        </p>
      )}
      <WeekEditor
        key={`${place.version} ${place.season}`}
        week={week}
        currency={currency}
        usdPerUnit={usdPerUnit}
        onWeek={(next) => onTariffs(withWeek(tariffs, place, next))}
      />
      {tiers.length === 0 ? null : (
        <ul className="notes">
          {tiers.map((tier, t) => (
            <li key={t}>
              {tariffWords(currency, tier.usdPerKwh)} in the place of the base price up to{' '}
              {counted(tier.upToKwhPerMonth, 'kWh', 'kWh')} a month
            </li>
          ))}
          <li>{counted(meteredKwhThisMonth, 'kWh', 'kWh')} used this month</li>
        </ul>
      )}
    </section>
  )
}

/** The version that holds on a day, else the last one; −1: there is none. */
function inForce(tariffs: Tariffs, day: string): number {
  const at = tariffs.findIndex(({ from, to }) => from <= day && (to === null || day <= to))
  return at < 0 ? tariffs.length - 1 : at
}
