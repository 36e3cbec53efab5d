import { useState } from 'react'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'
import type { Tariffs, WeekPlace } from '#shared/domain/power/tariff-edit.ts'
import {
  MONTHS,
  splitAt,
  withMonth,
  withoutSeason,
  withoutVersion,
  withSeason,
  withVersion,
} from '#shared/domain/power/tariff-edit.ts'
import { monthName, seasonWords } from '#shared/format/tariff-words.ts'
import { calendarDay } from '#shared/format/times.ts'
import { Field } from '../../ui/Field.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { dateFault } from './tariff-words.ts'

type Props = {
  readonly tariffs: Tariffs
  readonly place: WeekPlace
  readonly today: string
  readonly onPlace: (place: WeekPlace) => void
  readonly onTariffs: (tariffs: Tariffs) => void
}

const validWords = ({ from, to }: TariffVersion) =>
  `from ${calendarDay(from)} ${to === null ? 'on' : `to ${calendarDay(to)}`}`

/** Which version and which months the week is of, and what makes more of them. */
export function TariffVersions({ tariffs, place, today, onPlace, onTariffs }: Props) {
  const [date, setDate] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const version = tariffs[place.version]!
  const { seasons } = version
  const season = place.season === null ? undefined : seasons[place.season]

  const addVersion = () => {
    const wrong = dateFault(date)
    const split = wrong === null ? splitAt(tariffs, date.trim()) : null
    setFault(
      wrong ??
        (split === null ? 'A version begins on that day, or none holds on it. Choose a later day.' : null),
    )
    if (split === null) return
    setDate('')
    onTariffs(split.tariffs)
    onPlace({ version: split.version, season: null })
  }
  return (
    <div className="tariff-places">
      <SelectField
        label="Valid"
        choices={tariffs.map((each, v) => ({ value: v, label: validWords(each) }))}
        value={place.version}
        onChange={(v) => onPlace({ version: v, season: null })}
      />
      <SelectField
        label="Months"
        choices={[
          { value: null, label: seasons.length === 0 ? 'All months' : 'All other months' },
          ...seasons.map((each, s) => ({ value: s, label: seasonWords(each) })),
        ]}
        value={place.season}
        onChange={(s) => onPlace({ ...place, season: s })}
      />
      <details className="tariff-more">
        <summary>Versions and seasons…</summary>
        <form
          className="week-add"
          onSubmit={(event) => {
            event.preventDefault()
            addVersion()
          }}
        >
          <Field
            label="Other prices from"
            value={date}
            placeholder={today}
            fault={fault}
            hint="A day, such as 2026-04-01"
            onChange={(text) => {
              setDate(text)
              setFault(null)
            }}
          />
          <button type="submit" className="button">
            Add a version
          </button>
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              onTariffs(withoutVersion(tariffs, place.version))
              onPlace({ version: Math.max(0, place.version - 1), season: null })
            }}
          >
            Remove this version
          </button>
        </form>
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={seasons.reduce((sum, { months }) => sum + months.length, 0) === MONTHS.length}
            onClick={() => {
              const next = withSeason(tariffs, place.version, `Season ${seasons.length + 1}`)
              if (next === null) return
              onTariffs(next)
              onPlace({ ...place, season: seasons.length })
            }}
          >
            Add a season
          </button>
          {place.season === null ? null : (
            <button
              type="button"
              className="button quiet"
              onClick={() => {
                onTariffs(withoutSeason(tariffs, place.version, place.season!))
                onPlace({ ...place, season: null })
              }}
            >
              Remove this season
            </button>
          )}
        </div>
        {season === undefined ? null : (
          <>
            <Field
              label="Name of the season"
              value={season.name}
              onChange={(name) =>
                onTariffs(
                  withVersion(tariffs, place.version, (before) => ({
                    ...before,
                    seasons: before.seasons.map((each, s) => (s === place.season ? { ...each, name } : each)),
                  })),
                )
              }
            />
            <fieldset className="months">
              <legend className="note">Months of {season.name}</legend>
              {MONTHS.map((month) => (
                <label key={month} className="check">
                  <input
                    type="checkbox"
                    checked={season.months.includes(month)}
                    onChange={() =>
                      onTariffs(withMonth(tariffs, { version: place.version, season: place.season! }, month))
                    }
                  />
                  {monthName(month)}
                </label>
              ))}
            </fieldset>
          </>
        )}
      </details>
    </div>
  )
}
