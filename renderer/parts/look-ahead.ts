import { useEffect, useState } from 'react'
import type { AdviceChanges } from '#shared/domain/decision/large-change.ts'
import { isLargeChange } from '#shared/domain/decision/large-change.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { SiteTerms } from '#shared/domain/decision/trial.ts'
import type { Markets } from '#shared/format/change-words.ts'
import { aheadWords } from '#shared/format/change-words.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { TypedThing } from '#shared/ipc/schemas/remembered.ts'
import type { MarketInputs } from '../engine/protocol.ts'
import { engine } from '../state/engine.ts'
import { realMarketInputsOf } from '../state/question.ts'
import { selectMoney } from '../state/selectors.ts'
import { useStore } from '../state/store.ts'
import { notAgreed } from './agreed.ts'

/** What would be stored: the network with it, or by key of the site what it would pay. */
export type Tried = {
  readonly network?: NetworkState
  readonly sites?: ReadonlyMap<number, SiteTerms>
}

/** What a value would do once it is stored. */
export type Ahead = { readonly markets: Markets; readonly changes: AdviceChanges }

const AS_STORED: ReadonlyMap<number, SiteTerms> = new Map()
const NO_FLEET: AdviceChanges = { changed: null, machines: 0 }

/** Asks the engine what a value would do; on screen nothing moves. */
export async function lookAhead({ network, sites = AS_STORED }: Tried): Promise<Ahead> {
  const state = useStore.getState()
  const real = realMarketInputsOf(state, state.network)
  const tried = network === undefined ? real : realMarketInputsOf(state, network)
  const market = (inputs: MarketInputs | null) =>
    inputs === null ? null : marketOf(inputs.conditions, inputs.choices, inputs.nowMs)
  return {
    markets: { before: market(real), after: market(tried) },
    changes: state.fleet === null ? NO_FLEET : await engine().changes({ real, tried, sites }),
  }
}

/** After the last keystroke: a figure that is half typed is not asked about. */
const REST_MS = 200

/**
 * What a value that is being typed would do; null while there is none, and while the answer is on its way.
 * @param tried one object as long as nothing in it is another one
 */
export function useAhead(tried: Tried | null): Ahead | null {
  const [known, setKnown] = useState<{ readonly tried: Tried; readonly ahead: Ahead } | null>(null)
  useEffect(() => {
    if (tried === null) return
    let isMeant = true
    const timer = setTimeout(() => {
      lookAhead(tried).then((ahead) => {
        if (isMeant) setKnown({ tried, ahead })
      }, engine().tellFault)
    }, REST_MS)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [tried])
  return tried !== null && known?.tried === tried ? known.ahead : null
}

/**
 * What is asked before a value is stored, with both values and what it would do; null where nothing is surprising, and where the
 * value was agreed to before.
 * @param thing what a yes agrees to
 */
export async function questionBefore({
  name,
  thing,
  before,
  after,
  show,
  tried,
}: {
  readonly name: string
  readonly thing: TypedThing
  /** null where none is known */
  readonly before: number | null
  readonly after: number
  readonly show: (value: number) => string
  readonly tried: Tried
}): Promise<string | null> {
  if (before === after || (await notAgreed([thing])).length === 0) return null
  const { markets, changes } = await lookAhead(tried)
  if (!isLargeChange(before, after, changes)) return null
  const money = selectMoney(useStore.getState())
  const values = before === null ? show(after) : `${show(before)} → ${show(after)}`
  return `${name}: ${values}. ${aheadWords(money, markets, changes)} Is this right?`
}
