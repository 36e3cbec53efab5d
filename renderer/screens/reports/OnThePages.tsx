import { useId } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { chooseLogo, removeLogo } from '../../state/report-actions.ts'
import type { ReportsState } from '../../state/reports-slice.ts'
import { changePack, useReports } from '../../state/reports-slice.ts'
import { useStore } from '../../state/store.ts'
import { warn } from '../../ui/toasts.ts'
import { Select } from '../../ui/Select.tsx'
import { Panel, Row } from './Panel.tsx'
import { TextRow } from './TextRow.tsx'

const PAPERS = [
  { value: 'A4', label: 'A4' },
  { value: 'Letter', label: 'Letter' },
] as const

function store(patch: Partial<Settings>): void {
  void useStore
    .getState()
    .writeSettings(patch)
    .then((failure) => failure !== null && warn(failure.message))
}

/** What stands on every page and on the cover. */
export function OnThePages() {
  const settings = useStore((state) => state.settings)
  const { title, paper } = useReports((state) => state.pack)
  const paperId = useId()
  if (settings === null) return null
  return (
    <Panel title="On the pages">
      <TextRow
        label="Company"
        value={settings.companyName}
        placeholder="not said"
        onStore={(companyName) => store({ companyName })}
      />
      <TextRow
        label="Title"
        value={title}
        onStore={(text) => text !== '' && changePack((pack) => ({ ...pack, title: text }))}
      />
      <Logo />
      <TextRow
        label="Prepared by"
        value={settings.preparedBy}
        placeholder="not said"
        onStore={(preparedBy) => store({ preparedBy })}
      />
      <TextRow
        label="Reviewed by"
        value={settings.reviewedBy}
        placeholder="not said"
        onStore={(reviewedBy) => store({ reviewedBy })}
      />
      <Row label="Paper" labelId={paperId}>
        <Select
          label="Paper"
          labelledBy={paperId}
          choices={PAPERS}
          value={paper}
          onChange={(value) => {
            changePack((pack) => ({ ...pack, paper: value }))
            store({ paper: value })
          }}
        />
      </Row>
    </Panel>
  )
}

/** As the content security policy has it: no address but our own, and what the page holds itself. */
function sourceOf({ type, bytes }: NonNullable<ReportsState['logo']>): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte))
  return `data:${type};base64,${btoa(letters.join(''))}`
}

function Logo() {
  const logo = useReports((state) => state.logo)
  return (
    <Row label="Logo">
      {logo === null ? null : <img className="report-logo" alt="The logo" src={sourceOf(logo)} />}
      <span className="actions">
        <button
          type="button"
          className="button quiet"
          aria-label="Choose a logo…"
          onClick={() => void chooseLogo()}
        >
          Choose…
        </button>
        {logo === null ? null : (
          <button
            type="button"
            className="button quiet"
            aria-label="Remove the logo"
            onClick={() => void removeLogo()}
          >
            Remove
          </button>
        )}
      </span>
    </Row>
  )
}
