import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { leftOutOfMarketWords } from '#shared/format/market-words.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { power } from '#shared/format/units.ts'
import { answerWords } from '#shared/format/answer-words.ts'
import type { TypingRead } from '../../../lib/typing.ts'
import { selectMarket, selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { tell, warn } from '../../../ui/toasts.ts'
import { Sentence } from '../Answer.tsx'
import { copiedAnswer } from './copied-answer.ts'
import { HomeLots, useLots } from './HomeLots.tsx'
import { THEN_PRINT, TYPING_FORM } from './typing-form.ts'

/** Half a kilowatt: less frees nothing. */
const LEAST_KW = 0.5

/** The answer to what is typed, as it will stand. */
export function AnswerAside({ read }: { readonly read: TypingRead | null }) {
  const market = useStore(selectMarket)
  const totals = useStore((state) => state.picture?.totals ?? null)
  const advice = useStore((state) => state.picture?.advice ?? null)
  const sitesToCall = useStore((state) => state.picture?.sitesToCall ?? NO_SITES_TO_CALL)
  const money = useStore(selectMoney)
  const homeSite = useStore((state) => state.settings?.homeSite ?? '')
  const home = sitesToCall.sites.find(({ site }) => homeSite !== '' && isSameSiteName(site, homeSite)) ?? null
  const lots = useLots(home)
  if (market === null || totals === null || !Number.isFinite(market.hashpriceUsdPerPhDay))
    return (
      <aside className="answer-aside" aria-label="The answer while you type">
        <div className="panel pad">
          <p className="muted">The answer stands here while you type.</p>
        </div>
        <Needs />
      </aside>
    )
  const freedKw = advice === null ? 0 : advice.powerKw.asIs - advice.powerKw.advised
  const hasSet = sitesToCall.sites.some(({ set }) => set > 0)
  const leftOut = leftOutOfMarketWords(market)
  const words = answerWords({ market, totals, advice, sitesToCall, homeSite })
  const others = sitesToCall.sites.filter((call) => call !== home)
  const copy = () =>
    navigator.clipboard
      .writeText(copiedAnswer(money, words, market.hashpriceUsdPerPhDay, sitesToCall.sites, lots))
      .then(
        () => tell('The answer is copied.'),
        () => warn('The clipboard could not be written. Print the work list instead.'),
      )
  return (
    <aside className="answer-aside" aria-label="The answer while you type">
      <div className="panel pad" role="status">
        <p className="note">
          {read === null ? 'The answer' : 'The answer while you type'}, at{' '}
          {money.perPh(market.hashpriceUsdPerPhDay)}
        </p>
        <p className="typed-answer">
          <Sentence words={words} money={money} />
        </p>
        {freedKw < LEAST_KW || (home !== null && others.length === 0) ? null : (
          <p className="muted">It frees {power(freedKw * W_PER_KW)} at the meter.</p>
        )}
        {home === null ? null : <HomeLots call={home} lots={lots} />}
        {others.length === 0 ? null : (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{home === null ? 'Call' : 'Call, elsewhere'}</th>
                <th scope="col" className="figure">
                  Power down
                </th>
                <th scope="col" className="figure">
                  Start
                </th>
                {hasSet ? (
                  <th scope="col" className="figure">
                    Set to another point
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {others.map(({ site, powerDown, pause, start, set }) => (
                <tr key={site}>
                  <th scope="row">{site}</th>
                  <td className="figure">{count(powerDown + pause)}</td>
                  <td className="figure">{count(start)}</td>
                  {hasSet ? <td className="figure">{count(set)}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {sitesToCall.sites.length === 0 ? null : (
          <div className="actions">
            <button
              type="submit"
              form={TYPING_FORM}
              value={THEN_PRINT}
              className="button"
              title={read === null ? undefined : 'The typed hashprice is used, then the list is printed'}
            >
              Print the work list
            </button>
            <button type="button" className="button" onClick={() => void copy()}>
              Copy
            </button>
          </div>
        )}
        {leftOut === null ? null : <p className="note">{leftOut}</p>}
        {totals.withoutFigures === 0 ? null : (
          <p className="note">
            {counted(totals.withoutFigures, 'running machine')} left out: figures are missing.
          </p>
        )}
      </div>
      <Needs />
    </aside>
  )
}

function Needs() {
  return (
    <p className="note">
      Needs no difficulty, height, fees or epoch: a hashprice decides who is under water today. What the
      adjustment changes is left out and named as left out.
    </p>
  )
}
