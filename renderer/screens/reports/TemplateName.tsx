import { useState } from 'react'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { keepTemplate, renameTemplate } from '../../state/report-actions.ts'
import { selectStored, useReports } from '../../state/reports-slice.ts'
import { useStore } from '../../state/store.ts'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'

/** Under which name a template is kept. @param renames the name that it has; null: the template is kept as it is now */
export function TemplateName({ renames }: { readonly renames: string | null }) {
  const close = useStore((state) => state.closeDialog)
  const templates = useReports((state) => state.templates ?? [])
  const stored = useReports(selectStored)
  const [name, setName] = useState(renames ?? (stored?.isKept === true ? stored.name : ''))
  const [isTried, setTried] = useState(false)
  const [saving, setSaving] = useState(false)
  const bare = name.trim()
  const other = templates.find((each) => each.name.toLowerCase() === bare.toLowerCase())
  const isTaken = renames !== null && other !== undefined && other.name !== renames
  const wrong = nameFault(bare)
  const fault =
    bare === ''
      ? 'Give it a name.'
      : wrong !== null
        ? `The name ${wrong}.`
        : isTaken
          ? `There is a template ${other.name} already.`
          : null
  const save = async () => {
    setTried(true)
    if (fault !== null || saving) return
    setSaving(true)
    const isDone =
      renames === null ? await keepTemplate(bare) : renames === bare || (await renameTemplate(renames, bare))
    setSaving(false)
    if (isDone) close()
  }
  return (
    <FormDialog
      title={renames === null ? 'Keep as a template' : `Rename ${renames}`}
      verb={renames === null ? 'Keep' : 'Rename'}
      fault={null}
      saving={saving}
      draft={name}
      onSave={() => void save()}
      onClose={close}
    >
      <div className="span-2">
        <Field
          label="Name"
          value={name}
          fault={isTried ? fault : null}
          {...(renames === null && other !== undefined
            ? { hint: `${other.name} is replaced: its sections, their order, its title and its paper.` }
            : {})}
          onChange={setName}
        />
      </div>
    </FormDialog>
  )
}
