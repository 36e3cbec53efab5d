import { memo } from 'react'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import type { Money } from '#shared/format/money.ts'
import type { AnswerWords } from '#shared/format/answer-words.ts'
import { answerDetails, answerWords, notNowWords } from '#shared/format/answer-words.ts'
import { exportCsv, saveReport } from '../../state/actions.ts'
import {
  selectFlips,
  selectMarket,
  selectMoney,
  selectNowMs,
  selectStale,
  selectWhatIfActive,
} from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { HashpriceByHand } from './HashpriceByHand.tsx'

/** The one sentence, with the money set off by colour and sign. */
export function Sentence({ words, money }: { readonly words: AnswerWords; readonly money: Money }) {
  const { before, moneyUsd, after } = words
  return (
    <>
      {before}
      {Number.isNaN(moneyUsd) ? null : (
        <em className={moneyUsd < 0 ? 'loses' : 'earns'}>{money.amount(moneyUsd)}</em>
      )}
      {after}
    </>
  )
}

export function Answer() {
  const market = useStore(selectMarket)
  const totals = useStore((state) => state.picture?.totals ?? null)
  const advice = useStore((state) => state.picture?.advice ?? null)
  const sitesToCall = useStore((state) => state.picture?.sitesToCall ?? NO_SITES_TO_CALL)
  const refusal = useStore((state) => state.picture?.refusal ?? null)
  const flips = useStore(selectFlips)
  const trying = useStore(selectWhatIfActive)
  const money = useStore(selectMoney)
  const stale = useStore(selectStale)
  const homeSite = useStore((state) => state.settings?.homeSite ?? '')
  const decisions = useStore((state) => state.decisions)
  const answered =
    market === null || totals === null ? null : { market, totals, advice, sitesToCall, homeSite }
  const nowMs = useStore(selectNowMs)
  const quiet = nowMs === null ? [] : notNowWords(sitesToCall, decisions ?? [], nowMs)
  return (
    <section className="answer" aria-label="Answer">
      <h1>
        {answered === null ? (
          'Working out the answer…'
        ) : (
          <Sentence words={answerWords(answered)} money={money} />
        )}
      </h1>
      <p className="muted">
        {trying ? <span className="what-if-mark">what if</span> : null}
        {answered === null ? null : <StaleBadge values={stale} />}
        <HashpriceByHand />
        {answered === null ? null : answerDetails(money, answered, flips, quiet).join(' ')}
      </p>
      {refusal === null ? null : (
        <p className="note" role="alert">
          A stored contract cannot be weighed, so there is no advice: {refusal}.
        </p>
      )}
      <Actions answered={answered !== null} />
    </section>
  )
}

/** What can be done, apart from the figures, so that it is not drawn again with them. */
export const Actions = memo(function Actions({ answered }: { readonly answered: boolean }) {
  const { open, show } = useStore.getState()
  return (
    <div className="actions">
      {answered ? (
        <button type="button" className="button primary" onClick={() => void saveReport('pdf')}>
          Save PDF…
        </button>
      ) : (
        <button type="button" className="button" onClick={() => show('data')}>
          Open data sources
        </button>
      )}
      <button type="button" className="button" onClick={() => open({ kind: 'machine', key: null })}>
        Add machines…
      </button>
      <button type="button" className="button" onClick={() => open({ kind: 'import' })}>
        Import…
      </button>
      <Menu trigger="More" entries={[{ label: 'Export fleet as CSV…', run: () => void exportCsv() }]} />
    </div>
  )
})
