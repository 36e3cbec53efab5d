import { useState } from 'react'
import type { Result } from '#shared/ipc/errors.ts'
import type { ColumnsSaid, ImportPreview } from '#shared/ipc/schemas/import.ts'
import { counted } from '#shared/format/numbers.ts'
import { api } from '../../../lib/api.ts'
import { useFileImport } from '../../../parts/import/use-file-import.ts'
import { changed } from '../../../state/actions.ts'
import { selectHasMachines } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

export type Mode = 'merge' | 'replace'

const NOTHING_SAID: ColumnsSaid = { columns: [], statusWords: [], decimalSign: null }

function saidIn({ headings, statusWords, decimalSign }: ImportPreview): ColumnsSaid {
  return {
    columns: headings
      .filter(({ isSaid }) => isSaid)
      .map(({ heading, field, factor, offset }) => ({ heading, field, factor, offset })),
    statusWords: statusWords.flatMap(({ word, status }) => (status === null ? [] : [{ word, status }])),
    decimalSign,
  }
}

/** A file of machines; a work list that comes home is shown where those are. */
async function choose(): Promise<Result<ImportPreview | 'elsewhere' | null>> {
  const answer = await api.import.choose({})
  if (!answer.ok) return answer
  const { value } = answer
  if (value === null || !('workList' in value)) return { ok: true, value }
  useStore.getState().open({ kind: 'marked-list', list: value.workList })
  return { ok: true, value: 'elsewhere' }
}

/** The way of a file from the dialog of the operating system to the fleet. */
export function useImport() {
  const hasMachines = useStore(selectHasMachines)
  const [mode, setMode] = useState<Mode>('merge')
  const file = useFileImport({
    choose,
    again: (token, said: ColumnsSaid) => api.import.again({ token, ...said }),
    forget: (token, what) => api.import.forget({ token, what }),
    discard: (token) => api.import.discard({ token }),
    confirm: (token, accepted) =>
      api.import.confirm({ token, mode: hasMachines ? mode : 'replace', accepted }),
    stored: async ({ fileName }, { added, updated, removed }) => {
      const parts = [
        added > 0 ? `${counted(added, 'row')} added` : null,
        updated > 0 ? `${counted(updated, 'row')} updated` : null,
        removed > 0 ? `${counted(removed, 'row')} removed` : null,
      ].filter((part) => part !== null)
      await changed(`${fileName}: ${parts.join(', ') || 'nothing new'}.`)
    },
    saidIn,
    withoutColumns: () => NOTHING_SAID,
  })
  return { ...file, mode, setMode, hasMachines }
}
