import { useState } from 'react'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { scenarioNameFor, triedWords } from '#shared/format/tried-words.ts'
import { AskFirst } from '../../parts/AskFirst.tsx'
import { keepScenario } from '../../state/keep-scenario.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { triedOf } from '../../state/tried.ts'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'

const FLAT = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

/** What is tried out gets a name, and stands in Plan from then on. */
export function KeepScenario() {
  const close = useStore((state) => state.closeDialog)
  const money = useStore(selectMoney)
  // What is kept is what was tried when it was asked for.
  const [tried] = useState(() => triedOf(useStore.getState()))
  const isPriced = !Number.isNaN(tried.priceUsdPerBtc)
  const [name, setName] = useState(() => (isPriced ? scenarioNameFor(tried) : ''))
  const [isSaid, setSaid] = useState(false)
  const [isTaken, setTaken] = useState(false)
  const [saving, setSaving] = useState(false)
  const bare = name.trim()
  const wrong = nameFault(bare)
  const fault = bare === '' ? 'Give it a name.' : wrong === null ? null : `The name ${wrong}.`
  const save = async (isReplacing: boolean) => {
    setSaid(true)
    if (fault !== null || saving || !isPriced) return
    setSaving(true)
    const end = await keepScenario({ name: bare, assumptions: FLAT, tried }, isReplacing)
    setSaving(false)
    setTaken(end === 'taken')
    if (end === 'kept') close()
  }
  return (
    <FormDialog
      title="Keep as scenario"
      verb="Keep"
      fault={
        isPriced
          ? null
          : 'A hashprice is kept as the bitcoin price that makes it, and no price is known: type one under Data.'
      }
      saving={saving || !isPriced || isTaken}
      draft={name}
      onSave={() => void save(false)}
      onClose={close}
    >
      <div className="span-2">
        <Field
          label="Name"
          value={name}
          fault={isSaid ? fault : null}
          onChange={(text) => {
            setName(text)
            setTaken(false)
          }}
        />
      </div>
      <p className="note span-2">
        {isPriced ? `${triedWords(tried, money) ?? ''} ` : ''}
        From there price and hashrate stay as they are, until Plan says otherwise.
      </p>
      {isTaken ? (
        <div className="span-2">
          <AskFirst
            question={`There is a scenario ${bare} already.`}
            yes="Replace it"
            no="Keep the old one"
            onYes={() => void save(true)}
            onNo={() => setTaken(false)}
          />
        </div>
      ) : null}
    </FormDialog>
  )
}
