import type { Database } from 'better-sqlite3'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import { checkPurchase, purchaseKey } from '#shared/domain/money/purchase.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { StoredPurchase } from '../../port.ts'
import { amountFrom, nanoUnits } from '../nano-units.ts'
import { isSoundRow } from '../row-checksums.ts'

type Row = readonly [
  key: number,
  name: string,
  boughtAtMs: number | null,
  costNusd: number,
  salvageNusd: number,
  lifeDays: number,
]

const COLUMNS = ['name', 'bought_at_ms', 'cost_nusd', 'salvage_nusd', 'life_days']

const WORDS: Readonly<Record<string, string>> = {
  name: 'The name',
  boughtAtMs: 'The day of the purchase',
  costUsd: 'The cost in USD',
  salvageUsd: 'The salvage value in USD',
  lifeDays: 'The life in days',
}

/** What machines were bought with; every change must run inside a change of the history. */
export function createPurchases(db: Database) {
  const all = db
    .prepare<[], Row>(
      `SELECT key, ${COLUMNS.join(', ')} FROM purchase WHERE ${isSoundRow(db, 'purchase')} ORDER BY key`,
    )
    .raw()
  const insert = db.prepare(
    `INSERT INTO purchase (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
  )
  const update = db.prepare(
    `UPDATE purchase SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE key = ?`,
  )
  const remove = db.prepare('DELETE FROM purchase WHERE key = ?')
  const named = db.prepare<[], string>("SELECT DISTINCT purchase FROM machine WHERE purchase <> ''").pluck()
  const rename = db.prepare<[to: string, from: string]>('UPDATE machine SET purchase = ? WHERE purchase = ?')

  const read = (): readonly StoredPurchase[] =>
    all.all().map(([key, name, boughtAtMs, cost, salvage, lifeDays]) => ({
      ...{ key, name, boughtAtMs, lifeDays },
      costUsd: amountFrom(cost),
      salvageUsd: amountFrom(salvage),
    }))

  function find(key: number): StoredPurchase {
    const found = read().find((purchase) => purchase.key === key)
    if (found === undefined)
      throw new StrikelineError('not-found', 'This purchase is no longer there. Nothing was changed.')
    return found
  }

  function checked(purchase: Purchase, ownKey: number | null): Purchase {
    try {
      checkPurchase(purchase)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const [field = '', ...rest] = error.message.split(': ')
      throw new StrikelineError('bad-input', `${WORDS[field] ?? field} ${rest.join(': ')}.`, field)
    }
    const name = purchase.name.trim()
    const twin = read().find((other) => other.key !== ownKey && purchaseKey(other.name) === purchaseKey(name))
    if (twin !== undefined)
      throw new StrikelineError('bad-input', `There is a purchase named ${twin.name} already.`, 'name')
    return { ...purchase, name }
  }

  return {
    read,
    /** Machines that name a purchase whose name changes name it by the new one. @throws StrikelineError */
    put(key: number | null, purchase: Purchase): StoredPurchase {
      const before = key === null ? null : find(key)
      const { name, boughtAtMs, costUsd, salvageUsd, lifeDays } = checked(purchase, key)
      const row = [name, boughtAtMs, nanoUnits(costUsd), nanoUnits(salvageUsd), lifeDays]
      if (before === null) return { ...purchase, name, key: Number(insert.run(row).lastInsertRowid) }
      update.run([...row, before.key])
      if (before.name !== name)
        for (const from of named.all())
          if (purchaseKey(from) === purchaseKey(before.name)) rename.run(name, from)
      return { ...purchase, name, key: before.key }
    },
    /** Machines go on naming it. @throws StrikelineError 'not-found' */
    remove(key: number): StoredPurchase {
      const found = find(key)
      remove.run(key)
      return found
    },
  }
}
