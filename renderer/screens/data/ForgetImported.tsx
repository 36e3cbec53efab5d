import type { Coverage } from '#shared/ipc/schemas/past.ts'
import { counted } from '#shared/format/numbers.ts'
import { ConfirmInPlace } from '../../parts/ConfirmInPlace.tsx'
import { forgetImportedPast } from '../../state/actions.ts'
import { importedValues } from './past-words.ts'

/** Removes what came from files. */
export function ForgetImported({ coverage }: { readonly coverage: readonly Coverage[] }) {
  const values = importedValues(coverage)
  return (
    <ConfirmInPlace
      label="Remove imported values"
      idle={values === 0}
      question={`${counted(values, 'imported value')} will be gone; this cannot be undone.`}
      yes="Remove"
      onYes={() => void forgetImportedPast()}
    />
  )
}
