import type { Store } from '#electron/store/sqlite/client.ts'
import type { Accepted } from '#electron/files/questions.ts'
import { typedValue } from '#electron/files/questions.ts'
import { riskOf } from '#shared/domain/decision/case-inputs.ts'
import { isLargeChange } from '#shared/domain/decision/large-change.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { SiteTerms } from '#shared/domain/decision/trial.ts'
import { changesBetween, withTerms } from '#shared/domain/decision/trial.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { aheadWords } from '#shared/format/change-words.ts'
import { reportingMoney } from '#shared/ipc/reporting-money.ts'
import { UsageError } from './command.ts'

/** A value that is about to be stored. */
type Typed = {
  /** as it is called in a sentence */
  readonly name: string
  /** what is agreed to where it is accepted, as the window calls it */
  readonly thing: Omit<TypedThing, 'value'>
  /** null where none is known */
  readonly before: number | null
  readonly after: number
  readonly show: (value: number) => string
  /** the network as it is, and as it would be */
  readonly known: NetworkState
  readonly tried: NetworkState
  /** by key of the site what it would pay */
  readonly terms: ReadonlyMap<number, SiteTerms>
}

/** What `--accept` takes it by. */
export const SURPRISE = 'value'

/**
 * Refuses a value that is more likely a slip than what is meant, unless it is accepted, which is remembered, or was before.
 * @throws UsageError with both values
 */
export async function refuseSurprise(
  command: string,
  store: Store,
  { name, thing, before, after, show, known, tried, terms }: Typed,
  accepted: Accepted,
): Promise<void> {
  if (before === after) return
  const asked = [typedValue({ ...thing, value: after })]
  if ((await store.findUnanswered('typed', asked)).length === 0) return
  const [fleet, inputs, { horizonDays, currency }] = await Promise.all([
    store.readFleet(),
    store.readCase(),
    store.readSettings(),
  ])
  const market = (state: NetworkState) => {
    const conditions = conditionsOf(state)
    return conditions === null
      ? null
      : marketOf(conditions, { change: null, horizonDays, ...riskOf(inputs) }, state.readAtMs)
  }
  const markets = { before: market(known), after: market(tried) }
  const picture = (of: Fleet, under: typeof markets.before) =>
    under === null ? null : pictureOf(prepare(of, inputs), under)
  const changes = changesBetween(
    fleet,
    picture(fleet, markets.before),
    picture(withTerms(fleet, terms), markets.after),
  )
  if (!isLargeChange(before, after, changes)) return
  if (accepted.has(SURPRISE)) return store.rememberAnswers('typed', asked)
  const values = before === null ? show(after) : `${show(before)} → ${show(after)}`
  throw new UsageError(
    `${command}: ${name}: ${values}. ${aheadWords(reportingMoney(known, currency), markets, changes)} If this is right, --accept ${SURPRISE} takes it.`,
  )
}
