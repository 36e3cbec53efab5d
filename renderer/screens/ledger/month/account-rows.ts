import type { Account, AccountLine } from '#shared/domain/money/ledger/accounts.ts'
import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'

export type AccountGroup = {
  readonly account: Account
  readonly number: number
  readonly name: string
  readonly usdCents: number
  /** what it is made of, where it is split; empty: it is one line */
  readonly lines: readonly AccountLine[]
}

/** Accounts in their order, each with the sum of its lines. */
export function accountGroups(lines: readonly AccountLine[]): readonly AccountGroup[] {
  const accounts = [...new Set(lines.map(({ account }) => account))].sort(
    (one, other) => ACCOUNTS[one].number - ACCOUNTS[other].number,
  )
  return accounts.map((account) => {
    const own = lines.filter((line) => line.account === account)
    const isSplit = own.length > 1 || own.some(({ of }) => of !== '')
    return {
      ...{ account, number: ACCOUNTS[account].number, name: ACCOUNTS[account].name },
      usdCents: own.reduce((sum, line) => sum + line.usdCents, 0),
      lines: isSplit ? own : [],
    }
  })
}

/** Groups of income or of cost, and their sum. */
export function statementSide(lines: readonly AccountLine[], type: 'income' | 'cost') {
  const groups = accountGroups(lines.filter(({ account }) => ACCOUNTS[account].type === type))
  return { groups, usdCents: groups.reduce((sum, group) => sum + group.usdCents, 0) }
}
