import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ledgerImportPreviewSchema } from '#shared/ipc/schemas/ledger-import.ts'
import { ledgerMapOf } from '#electron/files/ledger/column-map.ts'
import type { LedgerSaid } from '#electron/files/ledger/options.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import { openDirect } from './direct.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const NOW_MS = Date.UTC(2026, 10, 20)
const MOMENT = { order: [], nowMs: NOW_MS }

const PAYOUTS = `Paid at,Sum,Price (USD/BTC),TXID
2026-10-01,0.041,64000,a1
2026-10-02,0.042,64100,a2
`
const SAID: LedgerSaid = {
  ...NOTHING_SAID,
  kind: 'payout',
  party: 'Ocean',
  columns: ledgerMapOf(['Sum=coins:BTC']),
}

async function openStore() {
  const folder = temporaryFolder()
  const store = await openDirect(folder)
  const { key: siteKey } = store.addSite(NORTH)
  store.addMachine(machineInput({ siteKey, id: 'rig-1' }))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const preview = async (path: string, said: LedgerSaid = NOTHING_SAID) =>
    ledgerImportPreviewSchema.parse(await store.previewLedgerFile(path, said, MOMENT))
  const count = async () => (await store.readLedgerBooks()).entries.length
  return { store, file, preview, count }
}

it('a file is previewed, booked as one batch, and known the second time; its columns are remembered', async () => {
  const { store, file, preview, count } = await openStore()
  const path = file('ocean.csv', PAYOUTS)
  const first = await preview(path, SAID)
  expect(first).toMatchObject({
    ...{ kind: 'payout', rows: 2, added: 2, known: 0, errorCount: 0, sat: 8_300_000, isRecalled: false },
    ...{ from: '2026-10-01', to: '2026-10-02', pools: [], sites: [NORTH.name] },
    needs: [{ what: 'party', label: 'Pool', isOptional: false, value: 'Ocean' }, {}, {}, {}],
    columns: ['Row', 'Day', 'Pool', 'BTC', 'USD/BTC', 'Price from', 'Zone', 'Reference'],
  })
  expect(first.sample[0]).toEqual(['2', '2026-10-01', 'Ocean', '0.04100000', '64000', 'file', 'UTC', 'a1'])
  expect(await count()).toBe(0)
  expect(await store.confirmLedgerFile(first.token, [], NOW_MS)).toEqual({ added: 2, known: 0 })
  expect((await store.readLedgerBooks()).entries.map(({ batch, origin }) => [batch, origin])).toEqual([
    [1, { file: 'ocean.csv', line: 2 }],
    [1, { file: 'ocean.csv', line: 3 }],
  ])
  await expect(store.confirmLedgerFile(first.token, [], NOW_MS)).rejects.toMatchObject({ code: 'not-found' })

  const again = await preview(file('next.csv', `${PAYOUTS}2026-10-03,0.04,64000,a3\n`), {
    ...NOTHING_SAID,
    party: 'Ocean',
  })
  expect(again).toMatchObject({ added: 1, known: 2, isRecalled: true, kind: 'payout', pools: ['Ocean'] })
  expect(await store.confirmLedgerFile(again.token, [], NOW_MS)).toEqual({ added: 1, known: 2 })

  const forgotten = await preview(path, { ...NOTHING_SAID, party: 'Ocean' })
  await store.forgetForLedgerFile(forgotten.token, 'columns')
  expect(await preview(path)).toMatchObject({ kind: null, isRecalled: false, errorCount: 1 })
})

it('what the books say against it names row and column, and nothing is half-booked', async () => {
  const { store, file, preview, count } = await openStore()
  const bills = `From,To,USD,Site
2026-09-01,2026-10-01,100,North
2026-10-01,2026-10-31,100,North
2026-10-01,2026-10-31,100,Atlantis
2027-12-01,2027-12-31,100,North
`
  const said: LedgerSaid = { ...NOTHING_SAID, kind: 'bill', party: 'Grid' }
  const { errors, token } = await preview(file('bills.csv', bills), said)
  expect(errors.map(({ row, column, remedy }) => [row, column, remedy])).toEqual([
    [3, 'To', " Where the last day is not part of the period, --map 'To=to:excluded'"],
    [4, 'Site', ''],
    [5, 'To', ''],
  ])
  expect(errors[1]!.message).toContain('There is no site Atlantis')
  await expect(store.confirmLedgerFile(token, [], NOW_MS)).rejects.toMatchObject({ code: 'bad-input' })

  // more is sold than was ever held
  const sales =
    'Date,BTC (BTC),USD,ID\n2026-10-01,0.5,32000,s1\n2026-10-01,0.5,32000,s1\n2026-10-02,0.4,1,s1\n'
  const sold = await preview(file('sales.csv', sales), { ...NOTHING_SAID, kind: 'sale', party: 'Desk' })
  expect(sold.errors.map(({ row, message }) => `${row} ${message}`)).toEqual([
    expect.stringMatching(/^2 /) as string,
    expect.stringContaining('3 It is there twice: line 2 says the same') as string,
    expect.stringMatching(/^4 /) as string,
  ])
  expect(await count()).toBe(0)
})

it('a question is asked, refused unanswered, and remembered with its answer', async () => {
  const { store, file, preview } = await openStore()
  const path = file('bill.csv', 'Month,kWh,USD\n2026-10,1000,900\n')
  const said: LedgerSaid = { ...NOTHING_SAID, kind: 'bill', party: 'Grid', site: NORTH.name }
  const asked = await preview(path, said)
  expect(asked.questions).toMatchObject([{ name: 'kwh-price', count: 1, rows: [{ row: 2, column: 'USD' }] }])
  await expect(store.confirmLedgerFile(asked.token, [], NOW_MS)).rejects.toThrow('--accept kwh-price')
  expect(await store.confirmLedgerFile(asked.token, ['kwh-price'], NOW_MS)).toEqual({ added: 1, known: 0 })
  const next = await preview(file('next.csv', 'Month,kWh,USD\n2026-09,1000,910\n'), said)
  expect([next.questions, next.answered]).toEqual([
    [],
    [{ name: 'kwh-price', about: expect.anything() as string, count: 1 }],
  ])
})

it('a row that is likely booked already is asked about, unless what is booked was made void; reading can be stopped', async () => {
  const store = await openIn(temporaryFolder())
  const file = (name: string, text: string) => {
    const path = join(temporaryFolder(), name)
    writeFileSync(path, text)
    return path
  }
  const said: LedgerSaid = { ...NOTHING_SAID, kind: 'payout', party: 'Ocean' }
  const bare = await store.previewLedgerFile(
    file('a.csv', 'Date,BTC,Price (USD/BTC)\n2026-10-01 01:00,0.01,64000\n2026-10-01 02:00,0.01,64000\n'),
    said,
    MOMENT,
  )
  expect(await store.confirmLedgerFile(bare.token, [], NOW_MS)).toEqual({ added: 2, known: 0 })
  const ids = file(
    'b.csv',
    'Date,BTC,Price (USD/BTC),Tx\n2026-10-01,0.01,64000,a1\n2026-10-01,0.01,64000,a2\n',
  )
  const again = await store.previewLedgerFile(ids, said, MOMENT)
  expect(again.questions).toMatchObject([{ name: 'same-again', count: 2 }])
  await expect(store.confirmLedgerFile(again.token, [], NOW_MS)).rejects.toThrow('--accept same-again')

  const stopped = store.previewLedgerFileAgain(again.token, said, MOMENT)
  store.cancel()
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })

  await store.voidInLedger({ batch: 1 }, 'had no ids', NOW_MS)
  const freed = await store.previewLedgerFile(ids, said, MOMENT)
  expect(freed.questions).toEqual([])
  expect(await store.confirmLedgerFile(freed.token, [], NOW_MS)).toEqual({ added: 2, known: 0 })
})
