import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { sentence } from '../table.ts'

/** Lines to sign, and the seal by which the report is opened and computed again. */
export function signOffSection({ case: { finance } }: ReportFacts): readonly Block[] {
  const { preparedBy, reviewedBy } = finance.company
  const line = (role: string, name: string) => ({ role, name, dayMs: null })
  return [
    sentence(
      'The inputs of this report are stored with it, and every figure can be computed again from them.',
    ),
    {
      kind: 'signature',
      of: [line('Prepared by', preparedBy), line('Reviewed by', reviewedBy), line('Approved by', '')],
    },
    { kind: 'seal' },
  ]
}
