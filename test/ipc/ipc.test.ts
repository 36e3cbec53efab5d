import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channels } from '#shared/ipc/schemas/channels.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { NO_TERMS } from '#shared/domain/power/contract-terms.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { CHANNEL_NAMES, type ChannelName, EVENT_NAMES } from '#shared/ipc/names.ts'
import { createAnswer } from '#electron/main/call-answer.ts'
import { type Answer, createGate, type Gate } from '#electron/main/call-gate.ts'
import { createLog, type Log } from '#electron/main/log.ts'
import type { CallEvent } from '#electron/security/sender.ts'
import { type Page, PAGE_URLS } from '#electron/security/trusted-url.ts'
import type { Handlers } from '#electron/services/handlers.ts'
import { machineInput } from '../unit/store/stores.ts'

const WINDOW_ID = 1
const PRINT_ID = 2
const pages: ReadonlyMap<number, Page> = new Map([
  [WINDOW_ID, 'window'],
  [PRINT_ID, 'print'],
])

const event = (id: number, url: string, parent: unknown = null): CallEvent => ({
  sender: { id },
  senderFrame: { url, parent },
})
const fromWindow = event(WINDOW_ID, `${PAGE_URLS.window}#/today`)
const fromPrint = event(PRINT_ID, PAGE_URLS.print)

const TEMPLATE = { name: 'Board pack', title: 'Mining position', sections: ['cover'], paper: 'A4' }

/** One acceptable input for every channel. */
const SITE = {
  name: 'Yard 1',
  powerPriceUsdPerKwh: 0.0535,
  otherUsdPerKwh: 0,
  overhead: 0.03,
  tariff: { currency: 'NOK', powerPricePerKwh: 0.41, otherPerKwh: 0.02 },
}
const MACHINE = machineInput({ siteKey: 1, powerPriceUsdPerKwh: 0.05 })
const LEDGER_ENTRY = {
  fact: {
    ...{ kind: 'payout', pool: 'Braiins', day: '2026-10-31', sat: 41_000_000, feeSat: null },
    price: { usdPerBtc: 88_300, source: 'daily.csv' },
  },
  ...{ site: '', zone: 'UTC', reference: 'f4184fc5', corrects: null, note: '', origin: null },
}
const HASH = '7f3a91c204ee'.padEnd(64, '0')
const INPUTS: Readonly<Record<ChannelName, object>> = {
  'fleet.read': { have: 3 },
  'fleet.addMachine': MACHINE,
  'fleet.updateMachines': { keys: [1, 2], patch: { status: 'off' } },
  'fleet.removeMachines': { keys: [1] },
  'fleet.setPolicy': { keys: [1], policy: 'exempt' },
  'fleet.archive': { keys: [1] },
  'fleet.readArchive': { text: '' },
  'fleet.bringBack': { keys: [1] },
  'fleet.machineHistory': { key: 1 },
  'model.savePoints': { name: 'S19', lines: ['model'] },
  'fleet.loadSample': {},
  'fleet.undo': {},
  'fleet.redo': {},
  'fleet.exportCsv': {},
  'fleet.findNotes': { words: ['fan'] },
  'site.add': SITE,
  'site.update': { key: 1, site: SITE, replaceOwn: false },
  'site.remove': { key: 1 },
  'purchases.read': {},
  'purchases.put': {
    key: null,
    purchase: { name: 'Spring', boughtAtMs: null, costUsd: 1, salvageUsd: 0, lifeDays: 1461 },
  },
  'purchases.remove': { key: 1 },
  'site.agree': { site: 'Yard 1', terms: { ...NO_TERMS, capKw: 900 }, before: null, policies: [] },
  'import.choose': {},
  'import.again': { token: 'abc', columns: [], statusWords: [], decimalSign: null },
  'import.forget': { token: 'abc', what: 'columns' },
  'import.confirm': { token: 'abc', mode: 'merge', accepted: [] },
  'import.discard': { token: 'abc' },
  'ledgerImport.choose': { kind: null },
  'ledgerImport.again': {
    token: 'abc',
    ...{ kind: 'payout', party: 'Pool', site: null, zone: null, currency: null, lifeDays: null },
    ...{ decimalSign: null, dayOrder: null, columns: [] },
  },
  'ledgerImport.forget': { token: 'abc', what: 'columns' },
  'ledgerImport.confirm': { token: 'abc', accepted: [] },
  'ledgerImport.discard': { token: 'abc' },
  'acts.read': {},
  'acts.record': {
    seenAtMs: 1,
    kind: 'done',
    reason: '',
    sites: [{ siteKey: 1, shown: { powerDown: 3, pause: 0, start: 0, set: 0 } }],
    partly: [{ key: 7, machines: 2 }],
  },
  'decisions.read': { fromMs: null, toMs: null, atMost: 100 },
  'decisions.export': { fromMs: null, toMs: null, site: 'North', kind: 'done' },
  'ledger.months': {},
  'ledger.month': { month: '2026-10' },
  'ledger.entries': { month: '2026-10', kind: 'payout', site: 'North', atMost: 100 },
  'ledger.add': { entries: [LEDGER_ENTRY] },
  'ledger.void': { of: { entry: 1 }, reason: 'Booked for the wrong site' },
  'ledger.close': { month: '2026-10' },
  'ledger.reopen': { month: '2026-10', reason: 'The bill came late' },
  'ledger.exportJournal': { month: null },
  'ledger.pools': {},
  'ledger.rates': {},
  'ledger.putPool': {
    pool: {
      ...{ name: 'Braiins', from: '', scheme: 'fpps', fee: 0.02, revenue: 'earned' },
      ...{ sites: ['North'], poolHashrateEhs: null },
    },
  },
  'ledger.removePool': { name: 'Braiins', from: '2026-11' },
  'ledger.setCosting': { costing: 'average' },
  'acts.takeBack': { key: 1 },
  'acts.saveWorkList': { seenAtMs: 1, site: 'North' },
  'acts.printWorkList': { seenAtMs: 1, site: null, paper: 'A4' },
  'acts.chooseMarked': { seenAtMs: 1 },
  'acts.confirmMarked': { token: 'abc', accepted: false },
  'acts.discardMarked': { token: 'abc' },
  'case.read': {},
  'case.agreements': {},
  'parts.choose': { kind: 'contracts' },
  'parts.confirm': { token: 'abc', replace: false, accepted: [], isWatched: false },
  'remembered.read': {},
  'remembered.forget': { ids: ['answer-1'] },
  'remembered.findOpen': { things: [{ field: 'Difficulty', about: '', value: 1 }] },
  'remembered.agree': { things: [{ field: 'Difficulty', about: '', value: 1 }] },
  'watched.read': {},
  'watched.readAgain': { key: 1, accepted: ['mean'] },
  'watched.stop': { key: 1 },
  'parts.discard': { token: 'abc' },
  'network.read': {},
  'network.refresh': {},
  'network.type': { name: 'priceUsdPerBtc', value: 88_300 },
  'network.typeHashprice': { typed: { hashpriceUsdPerPhDay: 34.5, adjustment: null } },
  'rates.type': { currency: 'EUR', usdPerUnit: 1.08 },
  'past.read': {},
  'past.status': {},
  'past.backfill': {},
  'past.stop': {},
  'past.importCsv': {},
  'past.exportCsv': {},
  'past.forgetImported': {},
  'network.exportFile': { withCase: false },
  'network.chooseFile': {},
  'network.takeFile': { token: 'a token' },
  'move.out': {},
  'move.choose': {},
  'move.takeOver': { token: 'a token' },
  'scenarios.read': {},
  'scenarios.put': {
    scenario: {
      name: 'Bitcoin at $70 000',
      assumptions: {
        price: { days: [0], factors: [1], ratePerYear: 0 },
        hashrate: { days: [0, 100], factors: [1, 1.2], ratePerYear: 0.25 },
        response: DEFAULT_SUPPLY_CURVE,
      },
      tried: {
        ...{ priceUsdPerBtc: 70_000, change: -0.05 },
        sitePowerPrices: [{ site: 'North', powerPriceUsdPerKwh: 0.042 }],
      },
    },
    isReplacing: false,
  },
  'scenarios.rename': { from: 'Bear', to: 'Bear market' },
  'scenarios.remove': { name: 'Bear' },
  'alerts.put': { key: null, rule: { kind: 'hashprice-below', usdPerPhDay: 40 } },
  'alerts.remove': { key: 1 },
  'alerts.markRead': {},
  'webhook.read': {},
  'webhook.set': { address: 'https://hooks.example.com/services/T0/B0/x' },
  'webhook.remove': {},
  'webhook.test': {},
  'secrets.read': {},
  'secrets.write': { name: 'bitcoind', secret: { user: 'operator', password: 'a long one' } },
  'settings.read': {},
  'settings.write': { theme: 'dark' },
  'report.preview': { template: TEMPLATE, asOfMs: null, scenario: null },
  'report.count': { template: TEMPLATE, asOfMs: null, scenario: null },
  'report.save': { template: TEMPLATE, asOfMs: 1, scenario: 'Growth' },
  'report.workbook': { template: TEMPLATE, asOfMs: null, scenario: null },
  'report.tables': { template: TEMPLATE, asOfMs: null, scenario: null, format: 'csv' },
  'report.templates': {},
  'report.keepTemplate': {
    template: { name: 'Bank', title: 'Mining position', sections: ['cover', 'bridge'], paper: 'A4' },
  },
  'report.removeTemplate': { name: 'Bank' },
  'report.logo': {},
  'report.setLogo': {},
  'report.removeLogo': {},
  'report.sealed': {},
  'report.openSealed': { hash: HASH },
  'report.recompute': { hash: HASH },
  'report.compare': { from: HASH, to: HASH },
  'report.removeSealed': { hash: HASH },
  'backtest.run': { fromDay: '2025-01-01', toDay: null, reviewDays: 1 },
  'backtest.cancel': {},
  'backups.read': {},
  'backups.check': { name: '000042-2026-11-25.db' },
  'backups.make': {},
  'backups.remove': { name: '000042-2026-11-25-by-hand.db' },
  'backups.restore': { name: '000042-2026-11-25-before-restore.db' },
  'task.cancel': {},
  'app.start': {},
  'app.about': {},
  'app.commands': { idle: ['undo'] },
  'app.notices': {},
  'app.openLink': { link: 'licence' },
}

let folder: string
let log: Log
let called: { name: string; input: unknown }[]
let gate: Gate

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-ipc-'))
  log = createLog(folder)
  called = []
  gate = gateTo((name, input) => {
    called.push({ name, input })
    return Promise.resolve('answer')
  })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function gateTo(handle: (name: ChannelName, input: unknown) => Promise<unknown>): Gate {
  const handlers = Object.fromEntries(
    CHANNEL_NAMES.map((name) => [name, (input: unknown) => handle(name, input)]),
  ) as unknown as Handlers
  return createGate(pages, Promise.resolve(createAnswer(handlers, log)), log)
}
const ask = (name: ChannelName, input: unknown) => gate(name, fromWindow, input)
const logText = () => readFileSync(log.file, 'utf8')

const STRANGERS: readonly (readonly [string, CallEvent])[] = [
  ['a frame that is gone', { sender: { id: WINDOW_ID }, senderFrame: null }],
  ['a frame inside our page', event(WINDOW_ID, PAGE_URLS.window, { url: PAGE_URLS.window })],
  ['a frame inside the printed page', event(PRINT_ID, PAGE_URLS.print, { url: PAGE_URLS.print })],
  ['another site in our window', event(WINDOW_ID, 'https://evil.example/')],
  ['another host of our scheme', event(WINDOW_ID, 'app://evil/index.html')],
  ['a host that begins like ours', event(WINDOW_ID, 'app://strikeline.evil/index.html')],
  ['a page of ours that does not exist', event(WINDOW_ID, 'app://strikeline/other.html')],
  ['a local file', event(WINDOW_ID, 'file:///index.html')],
  ['an empty document', event(WINDOW_ID, 'about:blank')],
  ['an inline document', event(WINDOW_ID, 'data:text/html,x')],
  ['no address', event(WINDOW_ID, '')],
  ['a window we did not open', event(99, PAGE_URLS.window)],
  ['the printed page in the main window', event(WINDOW_ID, PAGE_URLS.print)],
  ['the main page in the print window', event(PRINT_ID, PAGE_URLS.window)],
]

describe.each(CHANNEL_NAMES.map((name) => [name]))('%s', (name) => {
  test.each(STRANGERS)('is refused to %s', async (_who, stranger) => {
    const result = await gate(name, stranger, INPUTS[name])
    expect(result).toEqual({
      ok: false,
      error: { code: 'internal', message: 'This page may not ask for that.' },
    })
    expect(called).toEqual([])
    expect(logText()).toContain(`Refused a call of ${name}`)
  })

  test('is answered to the window, and not to the printed page', async () => {
    expect(await gate(name, fromWindow, INPUTS[name])).toEqual({ ok: true, value: 'answer' })
    expect(called).toEqual([{ name, input: INPUTS[name] }])
    expect(await gate(name, fromPrint, INPUTS[name])).toMatchObject({ ok: false })
    expect(called).toHaveLength(1)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', '{}'],
    ['a list', []],
    ['a number', 7],
    ['a key that is not in the schema', { ...INPUTS[name], extra: 1 }],
    ['an own __proto__', JSON.parse(`{"__proto__": {"x": 1}, "x": 1}`)],
  ])('refuses %s as input', async (_what, input: unknown) => {
    expect(await ask(name, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(called).toEqual([])
  })
})

test.each([
  [['cover', 'hashcost'], 'must be one of cover, position,'],
  [['cover', 'cover'], 'must have each section once'],
  [[], 'must have at least one section'],
])('a report of the sections %j is refused in words', async (sections, words) => {
  const template = { ...TEMPLATE, sections }
  for (const name of ['report.preview', 'report.save', 'report.workbook', 'report.keepTemplate'] as const)
    expect(await ask(name, { ...INPUTS[name], template })).toMatchObject({
      error: { code: 'bad-input', message: expect.stringContaining(words) as string },
    })
  expect(called).toEqual([])
})

describe('every text and every list of an input has a bound', () => {
  const LONG = 'x'.repeat(100_000)
  const texts = CHANNEL_NAMES.flatMap((name) => pathsOf(INPUTS[name]).map((path) => [name, path] as const))

  test.each(texts)('%s %s', async (name, path) => {
    expect(await ask(name, replaced(INPUTS[name], path, LONG))).toMatchObject({ ok: false })
    expect(await ask(name, replaced(INPUTS[name], path, new Array(1_000_001).fill(1)))).toMatchObject({
      ok: false,
    })
    for (const number of [NaN, Infinity]) {
      expect(await ask(name, replaced(INPUTS[name], path, number))).toMatchObject({ ok: false })
    }
    expect(called).toEqual([])
  })

  function pathsOf(value: object): string[] {
    return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? pathsOf(inner).map((path) => `${key}.${path}`)
        : [key],
    )
  }
  function replaced(value: object, path: string, by: unknown): object {
    const [key = '', ...rest] = path.split('.')
    const inner = (value as Record<string, object>)[key]!
    return { ...value, [key]: rest.length === 0 ? by : replaced(inner, rest.join('.'), by) }
  }
})

describe('what a page says about the columns of a file', () => {
  const LOAD = { heading: 'Load', field: 'powerW', factor: 1000, offset: 0 }
  const said = (...columns: object[]) => ({ ...INPUTS['import.again'], columns })

  test.each([
    ['a field that there is not', { ...LOAD, field: 'watts' }],
    ['a factor of 0', { ...LOAD, factor: 0 }],
    ['a factor below 0', { ...LOAD, factor: -1 }],
    ['a factor without end', { ...LOAD, factor: Infinity }],
    ['a text with a factor', { ...LOAD, field: 'model' }],
    ['a note with an offset', { ...LOAD, field: null, factor: 1, offset: 1 }],
    ['no heading', { ...LOAD, heading: '' }],
  ])('is refused with %s', async (_what, column) => {
    expect(await ask('import.again', said(column))).toMatchObject({ error: { code: 'bad-input' } })
    expect(called).toEqual([])
  })

  test('is taken where it can be', async () => {
    const columns = [LOAD, { heading: 'Typ', field: 'model', factor: 1, offset: 0 }]
    expect(await ask('import.again', said(...columns))).toMatchObject({ ok: true })
  })
})

test('the page cannot name a file of this machine', async () => {
  const result = await ask('settings.write', { bitcoindCookieFile: '/etc/passwd' })
  expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  expect(called).toEqual([])
})

describe('a backup is asked for by its name alone', () => {
  const PATHS = [
    '../strikeline.db',
    '..\\strikeline.db',
    'backups/000042-2026-11-25.db',
    '/etc/passwd',
    'C:\\strikeline.db',
    'C:strikeline.db',
    '\\\\server\\share\\000042-2026-11-25.db',
    'file:///000042-2026-11-25.db',
    '~/000042-2026-11-25.db',
    '.db',
    '..db',
    '000042-2026-11-25.db.sha256',
    '000042-2026-11-25.db\0',
    '000042-2026-11-25.db/',
    '%2e%2e%2fstrikeline.db',
    '000042-2026-11-25.db ',
    '000042-2026-11-25.db\n',
    'strikeline.db-wal',
    '',
  ]
  test.each(PATHS)('and %j is none', async (name) => {
    for (const channel of ['backups.check', 'backups.remove', 'backups.restore'] as const)
      expect(await ask(channel, { name })).toMatchObject({
        ok: false,
        error: { code: 'bad-input', field: 'name' },
      })
    expect(called).toEqual([])
  })
  test.each([
    '000042-2026-11-25.db',
    '2025-11-20.db',
    '000043-2026-11-25-before-version-9.db',
    '000001-+012345-01-02-by-hand.db',
  ])('and %j is one', async (name) => {
    expect(await ask('backups.restore', { name })).toMatchObject({ ok: true })
  })
})

describe('what comes back', () => {
  test('a field that does not fit is named', async () => {
    const result = await ask('site.add', { ...SITE, powerPriceUsdPerKwh: 7 })
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input', field: 'powerPriceUsdPerKwh' } })
    expect(JSON.stringify(result)).toContain('powerPriceUsdPerKwh')
  })

  test('a fault that a person can act on crosses with its code, sentence and field', async () => {
    gate = gateTo(() =>
      Promise.reject(new StrikelineError('bad-input', 'The site “Yard 1” exists already.', 'name')),
    )
    expect(await ask('site.add', SITE)).toEqual({
      ok: false,
      error: { code: 'bad-input', message: 'The site “Yard 1” exists already.', field: 'name' },
    })
  })

  test.each([
    ['rejects', () => Promise.reject(new TypeError('x is undefined'))],
    [
      'throws',
      () => {
        throw new TypeError('x is undefined')
      },
    ],
  ])('a fault of ours that %s crosses without its stack, which is in the log', async (_how, handle) => {
    gate = gateTo(handle)
    const result = await ask('fleet.read', { have: null })
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'internal',
        message: `Something went wrong inside Strikeline. Details are in ${log.file}.`,
      },
    })
    expect(logText()).toMatch(/Fault in fleet\.read: TypeError: x is undefined\n\s+at /)
  })

  test('the log does not keep keys and addresses', async () => {
    gate = gateTo(() => Promise.reject(new Error('http://user:hunter2@10.0.0.5:8332 refused')))
    await ask('network.refresh', {})
    expect(logText()).toContain('refused')
    expect(logText()).not.toMatch(/hunter2|10\.0\.0\.5/)
  })

  test('a call waits for the database that is still being opened; a stranger does not learn that', async () => {
    let opened: (answer: Answer) => void = () => undefined
    const early = createGate(pages, new Promise<Answer>((resolve) => (opened = resolve)), log)
    const answer = early('fleet.read', fromWindow, { have: null })
    expect(await early('fleet.read', STRANGERS[0]![1], { have: null })).toMatchObject({ ok: false })
    opened(() => Promise.resolve({ ok: true, value: 1 }))
    expect(await answer).toEqual({ ok: true, value: 1 })
  })
})

describe('the contract', () => {
  test('has one schema pair per name and no name that could not be a property of window.api', () => {
    expect(Object.keys(channels).sort()).toEqual([...CHANNEL_NAMES].sort())
    for (const name of [...CHANNEL_NAMES, ...EVENT_NAMES])
      expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
    for (const name of CHANNEL_NAMES) expect(name.startsWith('on.')).toBe(false)
  })
})
