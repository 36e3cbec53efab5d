import { useState } from 'react'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'
import { number } from '#shared/format/numbers.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { runBackTest, stopBackTest, useBackTest } from '../../state/back-test.ts'
import { selectHasMachines } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { ProgressOf } from '../../parts/Progress.tsx'
import { Field } from '../../ui/Field.tsx'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { BackTestResult } from './BackTestResult.tsx'
import { FillHistory } from './FillHistory.tsx'

/** What following the advice would have brought on the days that are stored. */
export function BackTest({ history }: { readonly history: DecisionLog['history'] }) {
  const { result, said, isFault } = useBackTest()
  const hasMachines = useStore(selectHasMachines)
  return (
    <section className="panel back-test" aria-labelledby="back-test-heading">
      <header>
        <h2 id="back-test-heading">Back-test: had the advice been followed</h2>
        <p className="muted">
          Your fleet as it is today, with its contracts and limits, on every stored day: what the advice would
          have earned, knowing nothing of later days. It is not what you earned: machines that came or went
          since, and other prices of power, are not in it.
        </p>
      </header>
      {!hasMachines ? (
        <p>There are no machines yet, so that there is nothing to test.</p>
      ) : history.throughMs === null ? (
        <p className="back-test-lacks">
          There is no history yet: it needs price, difficulty, new bitcoin and fees of each day.{' '}
          <FillHistory />
        </p>
      ) : (
        <Choices history={history} />
      )}
      {said === null ? null : (
        <p className={isFault ? 'fault-text' : 'muted'} role={isFault ? 'alert' : 'status'}>
          {said}
        </p>
      )}
      {result === 'nothing' ? (
        <p className="back-test-lacks">
          Nothing is stored of any day in this period. <FillHistory />
        </p>
      ) : result === null ? null : (
        <BackTestResult result={result} />
      )}
    </section>
  )
}

const REVIEW: TypedField = { unit: 'days', usual: [0.5, 60], example: '7' }
const MOST_REVIEW_DAYS = 365

function Choices({ history: { fromMs, throughMs } }: { readonly history: DecisionLog['history'] }) {
  const isRunning = useBackTest((state) => state.isRunning)
  const progress = useBackTest((state) => state.progress)
  const usual = useStore((state) => state.settings?.reviewDays ?? Number.NaN)
  const [fromDay, setFrom] = useState('')
  const [toDay, setTo] = useState('')
  const [review, setReview] = useState('')
  const read = readTyped(review, REVIEW)
  const reviewDays = read.value
  const isInBounds = reviewDays === null || (reviewDays > 0 && reviewDays <= MOST_REVIEW_DAYS)
  const fault = read.fault ?? (isInBounds ? null : `More than 0 and up to ${MOST_REVIEW_DAYS} days.`)
  const isReversed = fromDay !== '' && toDay !== '' && fromDay > toDay
  const run = () => {
    if (fault !== null || isReversed) return
    void runBackTest({
      fromDay: fromDay === '' ? null : fromDay,
      toDay: toDay === '' ? null : toDay,
      reviewDays,
    })
  }
  return (
    <form
      className="back-test-choices"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <Field day label="From" value={fromDay} onChange={setFrom} />
      <Field
        day
        label="To"
        value={toDay}
        fault={isReversed ? 'Lies before the first day.' : null}
        onChange={setTo}
      />
      <Field
        numeric
        label="Reviewed every"
        unit="days"
        value={review}
        placeholder={number(usual, Number.isInteger(usual) ? 0 : 2)}
        fault={fault}
        onChange={setReview}
      />
      <SteadyButton className="button primary" idle={isRunning} onClick={run}>
        Run
      </SteadyButton>
      {isRunning ? (
        <>
          <button type="button" className="button" onClick={stopBackTest}>
            Cancel
          </button>
          <ProgressOf progress={progress} waiting="Reading the history…" of="Days" />
        </>
      ) : (
        <p className="note">
          Without days: a year up to the last stored day. Stored are {calendarDayOf(fromMs ?? Number.NaN)} to{' '}
          {calendarDayOf(throughMs ?? Number.NaN)}.
        </p>
      )}
    </form>
  )
}
