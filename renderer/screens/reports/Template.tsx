import { useId } from 'react'
import { counted } from '#shared/format/numbers.ts'
import { differsFrom, packOf } from '../../state/pack.ts'
import { changePack, choose, selectStored, useReports } from '../../state/reports-slice.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { Select } from '../../ui/Select.tsx'
import { DOTS } from './Panel.tsx'

/** Which sections are made, in which order: one of the usual templates or one that was kept. */
export function Template() {
  const templates = useReports((state) => state.templates)
  const pack = useReports((state) => state.pack)
  const stored = useReports(selectStored)
  const fault = useReports((state) => state.fault)
  const id = useId()
  const { open } = useStore.getState()
  const isChanged = stored !== null && differsFrom(pack, stored)
  const isKept = stored?.isKept === true
  const gone = stored?.gone ?? []
  const names = templates?.map(({ name }) => name) ?? [pack.name]
  return (
    <div className="report-template">
      <span className="field-label" id={id}>
        Template
      </span>
      <div className="report-template-row">
        <Select
          label="Template"
          labelledBy={id}
          choices={names.map((name) => ({ value: name, label: name }))}
          value={pack.name}
          onChange={(name) => {
            const chosen = templates?.find((template) => template.name === name)
            if (chosen !== undefined) choose(chosen)
          }}
        />
        <Menu
          trigger={DOTS}
          label="What to do with the template"
          entries={[
            {
              label: 'Keep as…',
              disabled: pack.isIn.size === 0,
              run: () => open({ kind: 'report', of: { kind: 'keep-template' } }),
            },
            {
              label: 'Take back the changes',
              disabled: !isChanged,
              run: () => stored !== null && changePack(() => packOf(stored)),
            },
            {
              label: 'Rename…',
              disabled: !isKept,
              run: () => open({ kind: 'report', of: { kind: 'rename-template', name: pack.name } }),
            },
            {
              label: 'Remove…',
              disabled: !isKept,
              run: () => open({ kind: 'report', of: { kind: 'remove-template', name: pack.name } }),
            },
          ]}
        />
      </div>
      <p className="note">
        {counted(pack.isIn.size, 'section')} of {pack.order.length}
        {isChanged ? '. Changed since it was kept: keep it as a template to have it again.' : '.'}
      </p>
      {gone.length === 0 ? null : (
        <p className="note waits">
          ▲ It names {counted(gone.length, 'section')} that this version does not have: {gone.join(', ')}.
        </p>
      )}
      {fault === null ? null : (
        <p className="note fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
