import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { madeWords, stateOf } from '#renderer/screens/settings/backup-words.ts'
import { NO_FILTER } from '#renderer/engine/view.ts'

vi.stubGlobal('window', { api: {} })
afterAll(() => {
  vi.unstubAllGlobals()
})
const { useStore } = await import('#renderer/state/store.ts')
const untouched = useStore.getInitialState()
beforeEach(() => {
  useStore.setState(untouched, true)
})

describe('a copy', () => {
  const copy = { name: '000001-2025-11-20.db', kind: 'daily', day: '2025-11-20', bytes: 1 } as const

  it('says its moment, or its day alone where its file was carried around', () => {
    expect(madeWords({ ...copy, madeAtMs: Date.UTC(2025, 10, 20, 12) })).toMatch(/^20 Nov 2025, \d\d:\d\d /)
    expect(madeWords({ ...copy, madeAtMs: null })).toBe('20 Nov 2025, by its name')
  })

  it.each([
    [true, 'matches', true, /SHA-256 fits/],
    [true, 'none', true, /without SHA-256/],
    [true, 'differs', false, /SHA-256 differs/],
    [false, 'matches', false, /Cannot be used/],
    [false, 'differs', false, /Cannot be used/],
  ] as const)('sound %s, sum %s: can be restored %s', (isSound, sum, isFit, words) => {
    const state = stateOf({ isSound, sum, holdings: null })
    expect(state.isFit).toBe(isFit)
    expect(state.words).toMatch(words)
  })
})

describe('after a restore', () => {
  it('nothing on screen means a machine or site by a key of before', () => {
    const { setFilter, explain, trySitePower, tryPrice, fold, open, forgetStored } = useStore.getState()
    setFilter({ siteKey: 3, text: 'rig' })
    explain({ kind: 'machine', key: 7 })
    trySitePower(3, 0.09)
    tryPrice(50_000)
    fold('7/R 1', true)
    open({ kind: 'machine', key: 7 })
    forgetStored()
    expect(useStore.getState()).toMatchObject({
      explained: null,
      dialog: null,
      whatIf: untouched.whatIf,
    })
    expect(useStore.getState().tables.today).toMatchObject({ filter: NO_FILTER, group: { folds: {} } })
  })

  it('the dialog that restores stays until it has ended, and lists of copies are read again', () => {
    const dialog = { kind: 'restore', name: 'a.db', asks: null, wasUndo: true } as const
    const { open, forgetStored, takeBackups } = useStore.getState()
    open(dialog)
    forgetStored()
    expect(useStore.getState()).toMatchObject({ dialog, backupsSeen: 1 })
    takeBackups({ fault: 'no room' })
    expect(useStore.getState()).toMatchObject({ backupFault: 'no room', backupsSeen: 2 })
    takeBackups({ fault: null })
    expect(useStore.getState().backupFault).toBeNull()
  })
})
