import { memo } from 'react'
import { missingValues } from '#shared/ipc/conditions.ts'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Money } from '#shared/format/money.ts'
import { valueWord } from '#shared/format/value-words.ts'
import type { AnswerWords } from '../../lib/answer-words.ts'
import { answerDetails, answerWords, notNowWords } from '../../lib/answer-words.ts'
import { exportCsv, saveReport } from '../../state/actions.ts'
import {
  selectFlips,
  selectMarket,
  selectMoney,
  selectStale,
  selectWhatIfActive,
} from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { StaleBadge } from '../../ui/StaleBadge.tsx'

/** The one sentence, with the money set off by colour and sign. */
function Sentence({ words, money }: { readonly words: AnswerWords; readonly money: Money }) {
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

/** Which values stand between here and an answer, and what can be done. */
function unknownWords(network: NetworkState | null): string {
  const missing = network === null ? [] : missingValues(network).map(valueWord)
  const what = missing.length === 0 || missing.length === 4 ? '' : `Missing: ${missing.join(', ')}. `
  return `${what}Refresh the sources, or type values by hand under Data. The break-evens below need none of them.`
}

export function Answer() {
  const market = useStore(selectMarket)
  const totals = useStore((state) => state.picture?.totals ?? null)
  const advice = useStore((state) => state.picture?.advice ?? null)
  const sitesToCall = useStore((state) => state.picture?.sitesToCall ?? NO_SITES_TO_CALL)
  const refusal = useStore((state) => state.picture?.refusal ?? null)
  const flips = useStore(selectFlips)
  const network = useStore((state) => state.network)
  const trying = useStore(selectWhatIfActive)
  const money = useStore(selectMoney)
  const stale = useStore(selectStale)
  const homeSite = useStore((state) => state.settings?.homeSite ?? '')
  const decisions = useStore((state) => state.decisions)
  const answered =
    market === null || totals === null ? null : { market, totals, advice, sitesToCall, homeSite }
  const quiet = network === null ? [] : notNowWords(sitesToCall, decisions ?? [], network.readAtMs)
  return (
    <section className="answer" aria-label="Answer">
      <h1>
        {answered === null ? (
          'No network data yet, so no advice.'
        ) : (
          <Sentence words={answerWords(answered)} money={money} />
        )}
      </h1>
      <p className="muted">
        {trying ? <span className="what-if-mark">what if</span> : null}
        {answered === null ? null : <StaleBadge values={stale} />}
        {answered === null ? unknownWords(network) : answerDetails(money, answered, flips, quiet).join(' ')}
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
const Actions = memo(function Actions({ answered }: { readonly answered: boolean }) {
  const { open, show } = useStore.getState()
  return (
    <div className="actions">
      {answered ? (
        <button type="button" className="button primary" onClick={() => void saveReport()}>
          Save PDF…
        </button>
      ) : (
        <button type="button" className="button primary" onClick={() => show('data')}>
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
