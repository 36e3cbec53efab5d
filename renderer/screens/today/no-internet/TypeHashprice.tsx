import { useRef, useState } from 'react'
import { computedHashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { conditionsOf, withoutSample, withTypedHashprice } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { TypedHashpriceUnit } from '#shared/format/typed-hashprice.ts'
import { hashpriceDoubt } from '#shared/format/typed-hashprice.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import type { TypingRead } from '../../../lib/typing.ts'
import { agree } from '../../../parts/agreed.ts'
import { AskFirst } from '../../../parts/AskFirst.tsx'
import { questionBefore } from '../../../parts/look-ahead.ts'
import { selectCurrency, selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { focusSoon } from '../../../ui/focus-soon.ts'
import { Select } from '../../../ui/Select.tsx'
import { LineField } from './LineField.tsx'
import { THEN_PRINT, TYPING_FORM } from './typing-form.ts'
import { useTyping } from './use-typing.ts'
import { ValuesInstead } from './ValuesInstead.tsx'

type Props = { readonly network: NetworkState; readonly read: TypingRead | null }

/** As the hashprice follows from values, whatever was typed over it; null where they are not known. */
function computedIn(network: NetworkState): number | null {
  const conditions = conditionsOf(withoutSample(withTypedHashprice(network, null)))
  return conditions === null ? null : computedHashpriceUsdPerPhDay(conditions)
}

/** Prints the work list of the site where this computer stands, or of all. */
async function printHere(): Promise<void> {
  const { picture, settings } = useStore.getState()
  const sites = picture?.sitesToCall.sites ?? []
  const homeSite = settings?.homeSite ?? ''
  const home = sites.find(({ site }) => homeSite !== '' && isSameSiteName(site, homeSite))
  const { printWorkList } = await import('../../../state/act-actions.ts')
  await printWorkList(home ?? null)
}

/** One number off a phone; what it would do stands beside it, and what is surprising is asked about before it is stored. */
export function TypeHashprice({ network, read }: Props) {
  const { typing, typeIn } = useTyping(network)
  const isOpened = useStore((state) => state.isTyping)
  const currency = useStore(selectCurrency)
  const money = useStore(selectMoney)
  const { storeTyping, closeTyping } = useStore.getState()
  const [fault, setFault] = useState<string | null>(null)
  const [question, setQuestion] = useState<string | null>(null)
  /** what comes once it is stored, kept over a question */
  const prints = useRef(false)
  const [opensValues, setOpensValues] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const after = read === null ? null : (read.typed?.hashpriceUsdPerPhDay ?? computedIn(read.network))
  const thing = { field: 'Hashprice', about: '', value: after ?? Number.NaN }
  const computed = read === null ? null : computedIn(read.network)
  const typed = read?.typed?.hashpriceUsdPerPhDay ?? null

  const store = async () => {
    if (read === null) return
    setQuestion(null)
    const failure = await storeTyping(read)
    setFault(failure?.message ?? null)
    if (failure === null && prints.current) await printHere()
  }
  const submit = async () => {
    // Nothing was typed: the answer beside it is of what is stored.
    if (read === null && prints.current) return printHere()
    if (read === null || after === null || read.hasFault) {
      setFault(after === null ? 'Type a hashprice, like 38.20, or all four values instead.' : null)
      return
    }
    const doubt = hashpriceDoubt(after)
    const asked =
      doubt ??
      (await questionBefore({
        name: 'Hashprice',
        thing,
        before: computedIn(network),
        after,
        show: (value) => money.perPh(value),
        tried: { network: read.network },
      }))
    if (asked === null) await store()
    else setQuestion(asked)
  }
  const units: readonly { readonly value: TypedHashpriceUnit; readonly label: string }[] = [
    { value: 'USD', label: '$ per PH/s' },
    ...(currency !== 'USD' && network.rates[currency]
      ? [{ value: currency, label: `${currency} per PH/s` }]
      : []),
    { value: 'sat', label: 'sat per TH/s' },
  ]
  return (
    <form
      id={TYPING_FORM}
      className="panel"
      aria-label="Read one number off a phone"
      onSubmit={(event) => {
        event.preventDefault()
        const { submitter } = event.nativeEvent
        prints.current = submitter instanceof HTMLButtonElement && submitter.value === THEN_PRINT
        void submit()
      }}
    >
      <h2 className="way-head">1&ensp;Read one number off a phone</h2>
      <LineField
        inputRef={input}
        label="Hashprice"
        hint="a day, in money or satoshi; pools and hashrateindex.com show it"
        value={typing.hashprice}
        fault={read?.faults.hashprice ?? null}
        autoFocus={isOpened}
        placeholder="38.20"
        onChange={(hashprice) => {
          setFault(null)
          setQuestion(null)
          typeIn({ hashprice })
        }}
        beside={
          <Select
            label="Unit of the hashprice"
            choices={units}
            value={typing.unit}
            onChange={(unit) => typeIn({ unit })}
          />
        }
      >
        {computed === null || typed === null ? null : (
          <p className="note">
            Price and difficulty known here give {money.perPh(computed)}: what is typed is{' '}
            {signedPercent(typed / computed - 1)}.
          </p>
        )}
      </LineField>
      <LineField
        label="Next adjustment"
        hint="if it is known; else what it changes is left out, and said so"
        value={typing.adjustment}
        fault={read?.faults.adjustment ?? null}
        placeholder="−2.0 % in 2 days"
        onChange={(adjustment) => typeIn({ adjustment })}
      />
      <ValuesInstead
        network={network}
        read={read}
        values={typing.values}
        isOpen={opensValues || read?.needsPrice === true}
        onOpen={setOpensValues}
        onChange={(name, text) => typeIn({ values: { ...typing.values, [name]: text } })}
      />
      <div className="way-foot">
        <div className="actions">
          <button type="submit" className="button primary">
            {after === null ? 'Use it' : `Use ${money.perPh(after)}`}
          </button>
          {isOpened ? (
            <button type="button" className="button quiet" onClick={closeTyping}>
              Cancel
            </button>
          ) : null}
        </div>
        {fault === null ? null : (
          <p className="note fault" role="alert">
            {fault}
          </p>
        )}
        {question === null || after === null ? null : (
          <AskFirst
            question={question}
            yes={`Yes, use ${money.perPh(after)}`}
            no="No, change it"
            onYes={() => void agree([thing]).then(store)}
            onNo={() => {
              setQuestion(null)
              focusSoon(input)
            }}
          />
        )}
      </div>
    </form>
  )
}
