import { useState } from 'react'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { duplicateScenario, renameScenario } from '../../state/plan-actions.ts'
import type { PlanDialog } from '../../state/plan-slice.ts'
import { openPlanDialog, storedNamed, usePlan } from '../../state/plan-slice.ts'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'

const close = () => openPlanDialog(null)

/** A name that no stored scenario has: `North 2`, `North 3`. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  const bare = name.replace(/ \d+$/, '')
  for (let i = 2; ; i++) if (!isTaken(`${bare} ${i}`)) return `${bare} ${i}`
}

/** Another name for a scenario, or one for a second that begins as it is. */
export function ScenarioName({ dialog }: { readonly dialog: Exclude<PlanDialog, { kind: 'assumptions' }> }) {
  const stored = usePlan((state) => state.stored ?? [])
  const { kind, name: before } = dialog
  const other = (text: string) => storedNamed(stored, text)
  const [name, setName] = useState(() =>
    kind === 'rename' ? before : freeName(before, (text) => other(text) !== null),
  )
  const [isTried, setTried] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const bare = name.trim()
  const taken = other(bare)
  const wrong = nameFault(bare)
  const nameWrong =
    bare === ''
      ? 'Give it a name.'
      : wrong !== null
        ? `The name ${wrong}.`
        : taken !== null && (kind === 'duplicate' || taken.name !== before)
          ? `There is a scenario ${taken.name} already.`
          : null
  const save = async () => {
    setTried(true)
    if (nameWrong !== null || saving) return
    setSaving(true)
    const failure =
      kind === 'rename' ? await renameScenario(before, bare) : await duplicateScenario(before, bare)
    setSaving(false)
    if (failure === null) close()
    else setFault(failure)
  }
  return (
    <FormDialog
      title={kind === 'rename' ? `Rename ${before}` : `Duplicate ${before}`}
      verb={kind === 'rename' ? 'Rename' : 'Duplicate'}
      fault={fault}
      saving={saving}
      draft={name}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <Field label="Name" value={name} fault={isTried ? nameWrong : null} onChange={setName} />
      </div>
    </FormDialog>
  )
}
