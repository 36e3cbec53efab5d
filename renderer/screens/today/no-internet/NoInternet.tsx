import { MARGIN_VALUE_NAMES, missingValues } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { valueWord } from '#shared/format/value-words.ts'
import { openNetworkFile } from '../../../state/actions.ts'
import { selectTypingRead } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { useOffline } from '../../../lib/offline.ts'
import { Actions } from '../Answer.tsx'
import { AnswerAside } from './AnswerAside.tsx'
import { CarryOn } from './CarryOn.tsx'
import { TypeHashprice } from './TypeHashprice.tsx'

/** Which values stand between here and an answer, where not all of them do. */
function missingWords(network: NetworkState): string {
  const missing = missingValues(network).map(valueWord)
  return missing.length === 0 || missing.length === MARGIN_VALUE_NAMES.length
    ? ''
    : ` Missing: ${missing.join(', ')}.`
}

/** Three ways to an answer where no source gives the network's values: typed, from a stick, or the last ones carried on. */
export function NoInternet() {
  const network = useStore((state) => state.network)
  const read = useStore(selectTypingRead)
  const offline = useOffline()
  if (network === null) return null
  const why = network.refreshing
    ? 'Asking for today’s values.'
    : offline
      ? 'No internet here.'
      : 'No source was asked yet.'
  const hasAnswer =
    network.typed !== undefined || Object.values(network.values).every((value) => value !== null)
  return (
    <section className="no-internet" aria-label="Answer">
      <header>
        <div>
          <h1>{hasAnswer ? 'Type a hashprice.' : why} Three ways to today’s answer.</h1>
          <p className="muted">
            Everything but the network’s values is on this computer.{missingWords(network)}
          </p>
        </div>
        <Actions answered={false} />
      </header>
      <div className="ways-to-answer">
        <TypeHashprice network={network} read={read} />
        <section className="panel way" aria-label="Take it from a stick">
          <div>
            <h2>2&ensp;Take it from a stick</h2>
            <p className="note">
              A network file that the office exported: values, rates, history, and contracts where it was
              asked to. It shows what it would bring before anything is stored.
            </p>
          </div>
          <button type="button" className="button" onClick={() => void openNetworkFile()}>
            Open network file…
          </button>
        </section>
        <CarryOn network={network} />
      </div>
      <AnswerAside read={read} />
    </section>
  )
}
