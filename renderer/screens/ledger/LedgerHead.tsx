import type { Month } from '#shared/domain/money/ledger/entry.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { changedWords, closedWords, ledgerMonthWords, monthWords } from '#shared/format/ledger-month-words.ts'
import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import { showLedgerMonth } from '../../state/ledger.ts'
import { useStore } from '../../state/store.ts'
import { Select } from '../../ui/Select.tsx'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { LedgerActions } from './LedgerActions.tsx'

type Props = {
  readonly months: readonly MonthHead[]
  readonly month: Month | null
  /** null until it is read */
  readonly shown: LedgerMonth | null
  /** reading takes its time */
  readonly isLate: boolean
}

/** The answer of the month, which month it is, and whether it is closed. */
export function LedgerHead({ months, month, shown, isLate }: Props) {
  const changed = shown === null ? null : changedWords(shown)
  return (
    <header className="ledger-head">
      <h1>
        {shown === null
          ? `Reading ${month === null ? 'the month' : monthWords(month)}…`
          : ledgerMonthWords(shown)}
      </h1>
      <div className="ledger-bar">
        {month === null ? null : <MonthChoice months={months} month={month} />}
        {shown === null ? null : <Closing months={months} shown={shown} />}
        <span className="muted" role="status">
          {isLate ? 'Reading the books…' : ''}
        </span>
        <LedgerActions isBegun />
      </div>
      {changed === null ? null : (
        <p className="fault-text" role="alert">
          {changed}
        </p>
      )}
    </header>
  )
}

function MonthChoice({ months, month }: { readonly months: Props['months']; readonly month: Month }) {
  const at = months.findIndex((head) => head.month === month)
  const step = (by: number, name: string, path: string) => {
    const to = months[at + by]
    return (
      <SteadyButton
        className="icon-button"
        aria-label={name}
        title={name}
        idle={to === undefined}
        onClick={() => to && showLedgerMonth(to.month)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={path} />
        </svg>
      </SteadyButton>
    )
  }
  return (
    <div className="ledger-month" role="group" aria-label="Month">
      {step(-1, 'Month before', 'M10 3.5L5.5 8l4.5 4.5')}
      <Select
        label="Month"
        choices={months.toReversed().map((head) => ({
          value: head.month,
          label: `${monthWords(head.month)}${head.closed === null ? '' : ', closed'}`,
        }))}
        value={month}
        onChange={showLedgerMonth}
      />
      {step(1, 'Month after', 'M6 3.5L10.5 8L6 12.5')}
    </div>
  )
}

function Closing({ months, shown }: { readonly months: Props['months']; readonly shown: LedgerMonth }) {
  const open = useStore((state) => state.open)
  const kind = shown.closed === null ? 'close' : 'reopen'
  const refusal = refusalOf(months, shown)
  return (
    <div className="ledger-closed">
      <span className="ledger-state" data-closed={shown.closed !== null || undefined}>
        {closedWords(shown)}
        {shown.closed === null ? '' : `, sealed as ${sealWords(shown.closed.hash)}`}
        <span className="muted">, {counted(shown.entries, 'entry', 'entries')}</span>
      </span>
      <SteadyButton
        idle={refusal !== null}
        aria-describedby={refusal === null ? undefined : 'ledger-refusal'}
        onClick={() => open({ kind: 'ledger', of: { kind, month: shown.month } })}
      >
        {kind === 'close' ? 'Close…' : 'Reopen…'}
      </SteadyButton>
      {refusal === null ? null : (
        <span id="ledger-refusal" className="muted">
          {refusal}
        </span>
      )}
    </div>
  )
}

/** Why the lock of a month stays as it is, and what comes first; null: it can be changed, as far as the list of months says. */
function refusalOf(months: Props['months'], { month, closed }: LedgerMonth): string | null {
  const head = months.find((each) => each.month === month)
  if (head === undefined) return null
  if (closed !== null) return head.isReopenable ? null : 'Reopen the newest closed month first.'
  switch (head.closable) {
    case 'not over':
      return 'It is not over yet.'
    case 'an earlier month is open':
      return `Close ${monthWords(firstOpen(months))} first.`
    case null:
      return null
  }
}

/** The first month with entries that is open: months close in order. */
const firstOpen = (months: Props['months']): Month =>
  months.find(({ entries, closed }) => entries > 0 && closed === null)?.month ?? ''
