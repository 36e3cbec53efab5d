import type { Thread } from '../engine/client.ts'
import { createEngineClient } from '../engine/client.ts'
import type { Question } from '../engine/protocol.ts'
import { setEngine } from './engine.ts'
import { pictureFrom } from './picture-slice.ts'
import { isMarketMoved, selectQuestion } from './question.ts'
import { useStore } from './store.ts'

/** While a price is being dragged the rows stay where they are; this long after the last move they are put in order. */
const SETTLE_MS = 120
/** Where the advice changes is looked for once nothing has moved for so long. */
const REST_MS = 400
/** Figures that take longer are said to be on their way: those on screen are of what was asked before. */
const TOLD_AFTER_MS = 250

/**
 * Has the engine follow the screen: whatever a look at the fleet depends on, a change of it asks for another one, and the
 * answer is one change of the state.
 * @returns ends it
 */
export function followWith(thread: Thread): () => void {
  let telling: ReturnType<typeof setTimeout> | undefined
  const client = createEngineClient(thread, {
    onLook: (look, question) => {
      useStore.setState((state) => ({ picture: pictureFrom(look, question, state.picture) }))
    },
    onFault: (message) => useStore.setState({ engineFault: message }),
    onWork: (isWorking) => {
      clearTimeout(telling)
      if (isWorking) telling = setTimeout(() => useStore.setState({ isWorking: true }), TOLD_AFTER_MS)
      else if (useStore.getState().isWorking) useStore.setState({ isWorking: false })
    },
  })
  setEngine(client)

  let asked: Question | null = null
  let settling: ReturnType<typeof setTimeout> | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let isSeeking = false
  const seekLater = () => {
    clearTimeout(resting)
    resting = setTimeout(() => void seek(), REST_MS)
  }
  /** One search at a time: two would each give way to the other's question, and everything else wait behind both. */
  async function seek(): Promise<void> {
    const { picture, fleet } = useStore.getState()
    if (isSeeking || picture?.flips !== null) return
    isSeeking = true
    const flips = await client.flips().catch(client.tellFault)
    isSeeking = false
    if (flips === undefined) return
    const now = useStore.getState()
    if (now.picture === null) return
    const isMeant = now.fleet === fleet && !isMarketMoved(now.picture.question, picture.question)
    // Otherwise, and where it gave way to another question, it begins again once nothing moves.
    if (flips !== null && isMeant) useStore.setState({ picture: { ...now.picture, flips } })
    else seekLater()
  }
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.fleet === null) return
    if (state.picture !== before.picture && state.picture?.flips === null) seekLater()
    const question = selectQuestion(state)
    if (question === asked) return
    // The first look of a fleet comes with it.
    const isFirst = before.fleet === null
    if (asked !== null && isMarketMoved(question, asked)) {
      clearTimeout(settling)
      settling = setTimeout(() => {
        settling = undefined
        client.look(selectQuestion(useStore.getState()))
      }, SETTLE_MS)
    }
    asked = question
    if (!isFirst || state.picture?.question !== question)
      client.look(settling === undefined ? question : { ...question, keepOrder: true })
  })
  return () => {
    unsubscribe()
    for (const timer of [telling, settling, resting]) clearTimeout(timer)
  }
}
