import { StrikelineError } from '#shared/ipc/errors.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import { readContractText, writtenContract } from '#shared/ipc/schemas/stored-contract.ts'
import type { ReportCase, ReportLedger } from '#shared/report/case.ts'
import { isSection } from '#shared/report/pack.ts'
import { canonicalText, canonicalValue } from './canonical.ts'
import { caseSchema } from './case-schema.ts'
import { machinesDocument, wordsOf } from './machines.ts'

/**
 * How a case is written. A form that cannot be read by what is here gets another number, and a step that brings the older form up to
 * it: sealed reports are never written again.
 */
const FORM = 1
const KIND = 'strikeline-report-case'

/**
 * The one text of a case: the same case gives the same text on every machine, and another case another one. Whatever is added to a
 * case is in it.
 */
export function caseText({ fleet, inputs, ...rest }: ReportCase): string {
  const { contracts, policies } = inputs
  return canonicalText({
    kind: KIND,
    form: FORM,
    case: {
      ...rest,
      ...(rest.ledger ? { ledger: ledgerDocument(rest.ledger) } : {}),
      fleet: { ...fleet, machines: machinesDocument(fleet.machines) },
      inputs: {
        ...inputs,
        contracts: contracts.map(({ contract, ...of }) => ({ ...of, contract: writtenContract(contract) })),
        policies: { ...policies, policy: wordsOf(MACHINE_POLICIES, policies.policy) },
      },
    },
  })
}

/** Terms that hold since ever are written as they were before terms had a first month. */
function ledgerDocument({ books, ...rest }: ReportLedger) {
  if (books === null) return { ...rest, books }
  const pools = books.pools.map(({ from, ...terms }) => (from === '' ? terms : { ...terms, from }))
  return { ...rest, books: { ...books, pools } }
}

/**
 * The case that {@link caseText} wrote, in this or an earlier version.
 * @param name of the report in messages
 * @throws StrikelineError 'bad-input' that names the field
 */
export function readCaseText(text: string, name: string): ReportCase {
  const document = documentIn(text, name)
  if (document['kind'] !== KIND) throw refusal(name, 'kind', 'is not the inputs of a report')
  if (document['form'] !== FORM) {
    throw new StrikelineError(
      'bad-input',
      `${name} is sealed in form ${String(document['form'])}, and this program reads form ${FORM}. Open it with the program that made it.`,
    )
  }
  const parsed = caseSchema.safeParse(document['case'])
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw refusal(name, fieldText(issue.path), issueWords(issue))
  }
  const { template, inputs, ...rest } = parsed.data
  const read = {
    ...rest,
    template: { ...template, sections: template.sections.filter(isSection) },
    inputs: {
      ...inputs,
      contracts: inputs.contracts.map(({ contract, ...of }, i) => {
        const known = readContractText(JSON.stringify(contract))
        if ('contract' in known) return { ...of, contract: known.contract }
        throw refusal(name, `inputs.contracts[${i}].${known.field}`, known.message)
      }),
    },
  }
  // Fields that are optional are absent or there, never undefined: nothing that was written is.
  return read as unknown as ReportCase
}

function documentIn(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value = canonicalValue(text)
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new StrikelineError('bad-input', `The sealed inputs of ${name} cannot be read: they are no document.`)
}

const refusal = (name: string, field: string, words: string): StrikelineError =>
  new StrikelineError('bad-input', `The sealed inputs of ${name}, field ${field}: ${words}.`, field)
