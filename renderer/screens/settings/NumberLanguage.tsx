import type { NumberLanguage as Language } from '#shared/format/display.ts'
import { NUMBER_LANGUAGES } from '#shared/format/display.ts'
import { number } from '#shared/format/numbers.ts'
import { languageName } from '#shared/format/rates.ts'
import { calendarDayOf, moment } from '#shared/format/times.ts'
import { Select } from '../../ui/Select.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Section } from './Section.tsx'

const NAMES: Readonly<Partial<Record<Language, string>>> = {
  house: 'English, with the day before the month',
  system: 'Like the system',
}
const CHOICES = NUMBER_LANGUAGES.map((value) => ({ value, label: NAMES[value] ?? languageName(value) }))
const DAY_MS = 86_400_000

type Props = { readonly language: Language; readonly onChange: (language: Language) => void }

/** The decimal sign of figures and the look of dates; what is typed is read in the same way. */
export function NumberLanguage({ language, onChange }: Props) {
  const nowMs = useNow()
  return (
    <Section of="language">
      <div className="setting">
        <span className="field-label" id="number-language">
          Write numbers and dates as in
        </span>
        <div>
          <Select
            label="Write numbers and dates as in"
            labelledBy="number-language"
            choices={CHOICES}
            value={language}
            onChange={onChange}
          />
        </div>
      </div>
      <p className="muted">
        So it reads: {number(1_234_567.5, 1)}; {calendarDayOf(nowMs)}; {moment(nowMs - 2 * DAY_MS, nowMs)}.
        Thousands stand apart by a narrow space in every language. Files keep their own rules.
      </p>
    </Section>
  )
}
