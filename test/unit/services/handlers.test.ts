import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { channels } from '#shared/ipc/schemas/channels.ts'
import { importPreviewSchema } from '#shared/ipc/schemas/import.ts'
import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import { CHANNEL_NAMES } from '#shared/ipc/names.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { createBacktestService } from '#electron/services/backtest-service.ts'
import { createBackupService } from '#electron/services/backup-service.ts'
import { createActService } from '#electron/services/act-service.ts'
import { createAlertService } from '#electron/services/alert-service.ts'
import { createHandlers } from '#electron/services/handlers.ts'
import type { HandlerPorts } from '#electron/services/handlers.ts'
import { createLookingBack } from '#electron/services/looking-back.ts'
import { createHandOverService } from '#electron/services/hand-over-service.ts'
import { createPartTellers } from '#electron/services/part-tellers.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { createPriceWatch } from '#electron/services/price-watch.ts'
import { createReportService } from '#electron/services/report-service.ts'
import { createSealService } from '#electron/services/seal-service.ts'
import { createSecretFile } from '#electron/services/secret-file.ts'
import { createSecretService } from '#electron/services/secret-service.ts'
import { createSettingsService } from '#electron/services/settings-service.ts'
import { createWebhookService } from '#electron/services/webhook-service.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { createUpkeep } from '#electron/services/upkeep.ts'
import type { PagesRequest } from '#shared/report/drawn.ts'
import { drawPages } from '#renderer/print/draw-pages.tsx'
import { typedValue } from '#electron/files/questions.ts'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { NO_TERMS, termsOf } from '#shared/domain/power/contract-terms.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { unzipped } from '../../workbook/office.ts'
import { storedCase } from '../stored-case.ts'
import { payout } from '../store/ledger-entries.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from '../store/stores.ts'

const NOW_MS = Date.UTC(2025, 10, 20, 12)
const SECTIONS = ['position', 'changes'] as const
const REPORT = {
  template: { name: 'Mine', title: 'Position', sections: [...SECTIONS], paper: 'A4' as const },
  asOfMs: null,
  scenario: null,
}

/** Everything behind the calls, on a real database; what a person would choose in dialogs is given. */
async function program(chosen: { readonly open?: string | null; readonly save?: string | null } = {}) {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.writeSettings({ autoRefresh: false })
  const takenOver: string[] = []
  const emitted: (readonly [event: string, payload: unknown])[] = []
  const posted: FleetMessage[] = []
  const printed: PagesRequest[] = []
  const suggested: string[] = []
  const nowMs = () => NOW_MS
  const network = createNetworkService({
    store,
    version: '1.2.3',
    nowMs,
    onChange: (state) => emitted.push(['network.changed', state]),
    onFleetChanged: async () => {
      emitted.push(['fleet.changed', { revision: await store.readFleetRevision() }])
    },
  })
  const past = createPastService({ store, version: '1.2.3', nowMs })
  const alerts = createAlertService({
    store,
    readNetwork: () => network.read(),
    readPast: () => past.read(),
    nowMs,
    notifications: false,
    onError: (error) => expect.unreachable(String(error)),
  })
  const secretFile = createSecretFile({ keystore: null, file: join(folder, 'secrets.json') })
  const secrets = createSecretService(secretFile)
  onTestFinished(async () => {
    await Promise.all([network.stop(), past.stop(), alerts.stop()])
  })
  const lookingBack = createLookingBack({
    workerUrl: new URL(inject('workers').backtest),
    onProgress: (progress) => emitted.push(['task.progress', progress]),
  })
  const report = createReportService({
    lookingBack,
    store,
    network,
    past,
    drawPages(request) {
      printed.push(request)
      return { result: Promise.resolve(drawPages(request)), cancel: () => undefined }
    },
    printPdf: async (drawn, { paper, signal }) => {
      const { title } = await drawn
      signal.throwIfAborted()
      return { bytes: Buffer.from(`%PDF of ${title} on ${paper}`), pages: 1 }
    },
    nowMs,
    version: '1.2.3',
  })
  const settings = createSettingsService(store)
  const emit: HandlerPorts['emit'] = (event, payload) => void emitted.push([event, payload])
  const onError = (error: unknown) => expect.unreachable(String(error))
  const webhook = createWebhookService({
    store,
    secrets: secretFile,
    version: '1.2.3',
    readMoney: () => Promise.resolve(US_DOLLARS),
    variables: {},
    nowMs,
    onError,
  })
  const upkeep = createUpkeep({
    store,
    nowMs,
    onError: () => undefined,
    onLooked: (fault) => emit('backups.changed', { fault }),
  })
  const backups = createBackupService({
    store,
    network,
    past,
    alerts,
    upkeep,
    nowMs,
    tell: createPartTellers({ store, network, settings, alerts, past, emit }),
    onRestored: () => emit('backups.restored', {}),
    onError,
  })
  const watch = createPriceWatch({
    store,
    onFleetChanged: async () => emit('fleet.changed', { revision: await store.readFleetRevision() }),
    onChange: (watched) => emit('watched.changed', watched),
    onError,
  })
  onTestFinished(() => watch.stop())
  const ports: HandlerPorts = {
    store,
    network,
    settings,
    report,
    handOver: createHandOverService({
      gather: (request) => report.gather(request),
      lookingBack,
      workerUrl: new URL(inject('workers').handedOver),
      onProgress: (progress) => emit('task.progress', progress),
    }),
    backtest: createBacktestService({
      store,
      workerUrl: new URL(inject('workers').backtest),
      nowMs,
      onProgress: (progress) => emit('task.progress', progress),
    }),
    seal: createSealService({ store, network, nowMs, lookingBack }),
    past,
    acts: createActService({ store, readNetwork: () => network.read(), nowMs }),
    alerts,
    secrets,
    webhook,
    backups,
    watch,
    dialogs: {
      openFile: () => Promise.resolve(chosen.open ?? null),
      saveFile: (_, name) => {
        suggested.push(name)
        return Promise.resolve(chosen.save ?? null)
      },
    },
    about: () => ({ version: '1.2.3', electron: '', dataFolder: '', runtimeNote: null }),
    showIdle: () => undefined,
    notices: () => Promise.resolve('zod 4.6.7'),
    takeOver: (path) => takenOver.push(path),
    version: '1.2.3',
    openLink: () => Promise.resolve(),
    postMachines: (message) => posted.push(message),
    emit,
    nowMs,
  }
  const handlers = createHandlers(ports)
  return { store, folder, handlers, ports, report, upkeep, emitted, posted, printed, suggested, takenOver }
}

it('there is a handler for every channel and no other', async () => {
  const { handlers } = await program()
  expect(Object.keys(handlers).sort()).toEqual([...CHANNEL_NAMES].sort())
})

describe('the fleet', () => {
  it('tells the window of every change, and answers what the contract promises', async () => {
    const { handlers, emitted } = await program()
    const added = channels['site.add'].output.parse(await handlers['site.add'](NORTH))
    await handlers['site.update']({ key: added.key, site: { ...NORTH, overhead: 0.1 }, replaceOwn: false })
    await handlers['fleet.undo']({})
    await handlers['fleet.redo']({})
    await handlers['fleet.loadSample']({})
    const fleetChanges = () => emitted.filter(([event]) => event === 'fleet.changed')
    expect(fleetChanges()).toEqual([1, 2, 3, 4, 5].map((revision) => ['fleet.changed', { revision }]))
    channels['fleet.read'].output.parse(await handlers['fleet.read']({ have: null }))
    await expect(handlers['site.remove']({ key: 99 })).rejects.toMatchObject({ code: 'not-found' })
    expect(fleetChanges()).toHaveLength(5)
  })

  it('sends machines through the port before it answers, and only those that the window lacks', async () => {
    const { handlers, store, posted } = await program()
    await handlers['fleet.loadSample']({})
    const { revision, rows, delivery } = await handlers['fleet.read']({ have: null })
    expect({ rows, delivery }).toEqual({ rows: 79, delivery: 'all' })
    expect(posted).toMatchObject([{ revision, kind: 'all' }])
    const { machines } = await store.readFleet()
    expect(unpackMachines(posted[0]!.machines)).toEqual(machines)
    expect(await handlers['fleet.read']({ have: revision })).toMatchObject({ revision, delivery: 'same' })
    expect(posted).toHaveLength(1)
  })

  it('starts the window with one answer', async () => {
    const { handlers, posted } = await program()
    await handlers['fleet.loadSample']({})
    const start = channels['app.start'].output.parse(await handlers['app.start']({}))
    expect(posted).toMatchObject([{ revision: 1, kind: 'all' }])
    expect(start.settings).toEqual(await handlers['settings.read']({}))
    expect(start.network).toEqual(await handlers['network.read']({}))
    expect(start.alerts).toEqual(await handlers['alerts.markRead']({}))
    expect(start.past).toEqual(await handlers['past.status']({}))
    expect(start.fleet).toEqual(await handlers['fleet.read']({ have: null }))
  })

  it('starts with a fleet that was read before, unless it has changed meanwhile', async () => {
    const { store, ports, posted } = await program()
    await store.loadSample()
    const ahead = store.readFleetSince(null)
    const early = createHandlers({ ...ports, fleetAhead: ahead })
    expect((await early['app.start']({})).fleet).toMatchObject({ revision: 1, rows: 79, delivery: 'all' })
    expect(posted[0]!.machines).toBe(((await ahead) as { machines: unknown }).machines)
    const late = createHandlers({ ...ports, fleetAhead: store.readFleetSince(null) })
    await store.undo()
    expect((await late['app.start']({})).fleet).toMatchObject({ revision: 2, rows: 0 })
    expect(posted[1]).toMatchObject({ revision: 2, machines: { length: 0 } })
  })

  it('goes from a chosen file to another one', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'in.csv'), 'id,site,hashrate_ths,power_w\nrig,North,100,3000\n')
    const { handlers, emitted, suggested } = await program({
      open: join(folder, 'in.csv'),
      save: join(folder, 'out.csv'),
    })
    const preview = importPreviewSchema.parse(await handlers['import.choose']({}))
    const done = await handlers['import.confirm']({ token: preview.token, mode: 'merge', accepted: [] })
    expect(done).toEqual({ revision: 1, added: 1, updated: 0, removed: 0 })
    expect(emitted).toEqual([['fleet.changed', { revision: 1 }]])
    expect(await handlers['fleet.exportCsv']({})).toEqual({ fileName: 'out.csv', rows: 1 })
    expect(suggested).toEqual(['fleet.csv'])
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain('\nrig,')
    expect(await handlers['import.discard']({ token: preview.token })).toEqual({})
  })

  it('a closed dialog is no fault and changes nothing', async () => {
    const { handlers, emitted } = await program()
    expect(await handlers['import.choose']({})).toBeNull()
    expect(await handlers['fleet.exportCsv']({})).toBeNull()
    expect(await handlers['report.save'](REPORT)).toBeNull()
    expect(await handlers['report.workbook'](REPORT)).toBeNull()
    expect(await handlers['report.tables']({ ...REPORT, format: 'csv' })).toBeNull()
    expect(emitted).toEqual([])
  })
})

describe('what is agreed for a site', () => {
  const EVENTS = { events: [{ fromMs: 0, toMs: 3_600_000, usdPerKwh: null }] }
  const STORED = {
    ...NO_CONTRACT,
    capKw: 900,
    demandResponse: { creditUsdPerKwMonth: 3, hoursPerMonth: 0, capacityKw: null, ...EVENTS },
  }
  async function agreed() {
    const parts = await program()
    const { key } = await parts.store.addSite(NORTH)
    await parts.store.addMachine(machineInput({ siteKey: key, id: 'A1' }))
    await parts.store.putContract(key, STORED)
    parts.emitted.length = 0
    return { ...parts, siteKey: key }
  }
  const before = termsOf(STORED)

  it('is stored with policies in one step, what comes with files stays, and the window is told', async () => {
    const { handlers, store, emitted } = await agreed()
    const done = await handlers['site.agree']({
      ...{ site: 'north', before, terms: { ...before, capKw: 700 } },
      policies: [{ id: 'A1', policy: 'protected' }],
    })
    expect(emitted).toEqual([['fleet.changed', { revision: done.revision }]])
    const { contracts, policies } = await store.readContracts()
    expect(contracts.map(({ contract }) => contract)).toEqual([{ ...STORED, capKw: 700 }])
    expect(policies).toMatchObject([{ policy: 'protected' }])
    expect((await handlers['fleet.read']({ have: null })).undo).toBe('Contract of north')
    await handlers['fleet.undo']({})
    expect(await store.readContracts()).toMatchObject({
      contracts: [{ contract: { capKw: 900 } }],
      policies: [],
    })
  })

  it('is refused where it was changed meanwhile, contradicts itself or names a site that is not there', async () => {
    const { handlers, store, siteKey } = await agreed()
    const agree = (site: string, terms: ContractTerms, shown: ContractTerms | null = before) =>
      handlers['site.agree']({ site, terms, before: shown, policies: [] })
    await expect(agree('North', { ...before, floorKw: 950 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('950 kW is above capKw') as unknown,
    })
    await expect(agree('Moon', NO_TERMS, null)).rejects.toMatchObject({ code: 'bad-input' })
    await store.putContract(siteKey, { ...STORED, capKw: 800 })
    await expect(agree('North', { ...before, floorKw: 50 })).rejects.toMatchObject({ code: 'conflict' })
    expect((await store.readContracts()).contracts[0]!.contract).toEqual({ ...STORED, capKw: 800 })
    // Policies alone do not look at the terms.
    await handlers['site.agree']({
      ...{ site: 'North', terms: null, before: null },
      policies: [{ id: 'A1', policy: 'exempt' }],
    })
    expect((await handlers['fleet.read']({ have: null })).undo).toBe('Policies at North')
  })
})

describe('rates', () => {
  it('that are typed change the network and, where a site pays in that currency, the fleet', async () => {
    const { handlers, store, emitted } = await program()
    const names = () => emitted.map(([event]) => event)
    const eur = await handlers['rates.type']({ currency: 'EUR', usdPerUnit: 1.08 })
    expect(channels['rates.type'].output.parse(eur).rates.EUR).toMatchObject({ value: 1.08, source: 'typed' })
    expect(names()).toEqual(['network.changed'])
    emitted.length = 0
    await handlers['site.add']({
      ...NORTH,
      tariff: { currency: 'NOK', powerPricePerKwh: 0.5, otherPerKwh: 0 },
    })
    await handlers['rates.type']({ currency: 'NOK', usdPerUnit: 0.1 })
    expect(names()).toEqual(['fleet.changed', 'fleet.changed', 'network.changed'])
    const fleet = await store.readFleet()
    expect(emitted[1]).toEqual(['fleet.changed', { revision: fleet.revision }])
    expect(fleet.sites.powerPriceUsdPerKwh[0]).toBeCloseTo(0.05, 12)
    const refused = handlers['rates.type']({ currency: 'NOK', usdPerUnit: 10.3 })
    await expect(refused).rejects.toMatchObject({ code: 'bad-input', field: 'usdPerUnit' })
  })
})

describe('the history and the network file', () => {
  it('go to a chosen file and come back from it; the network is read anew', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'network.json')
    const { handlers, emitted, suggested } = await program({ open: path, save: path })
    await handlers['rates.type']({ currency: 'GBP', usdPerUnit: 1.3 })
    const written = await handlers['network.exportFile']({ withCase: false })
    expect(channels['network.exportFile'].output.parse(written)?.fileName).toBe('network.json')
    expect(suggested).toEqual(['strikeline-network-2025-11-20.json'])
    emitted.length = 0
    const look = channels['network.chooseFile'].output.parse(await handlers['network.chooseFile']({}))!
    expect(look).toMatchObject({ fileName: 'network.json', parts: null })
    expect(emitted).toEqual([])
    const { token } = look
    channels['network.takeFile'].output.parse(await handlers['network.takeFile']({ token }))
    expect(emitted.map(([event]) => event)).toContain('network.changed')
    await expect(handlers['network.takeFile']({ token })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('a closed dialog is no fault', async () => {
    const { handlers } = await program()
    expect(await handlers['past.importCsv']({})).toBeNull()
    expect(await handlers['past.exportCsv']({})).toBeNull()
    expect(await handlers['network.exportFile']({ withCase: false })).toBeNull()
    expect(await handlers['network.chooseFile']({})).toBeNull()
  })

  it('is empty at first, and says so in the promised shape', async () => {
    const { handlers } = await program()
    expect(channels['past.read'].output.parse(await handlers['past.read']({})).series.dates).toEqual([])
    const status = channels['past.status'].output.parse(await handlers['past.status']({}))
    expect(status).toMatchObject({ running: false, finishedMs: null })
  })
})

describe('alerts', () => {
  it('are put, listed and removed', async () => {
    const { handlers } = await program()
    const rule = { kind: 'hashprice-below', usdPerPhDay: 40 } as const
    const { rules } = channels['alerts.put'].output.parse(await handlers['alerts.put']({ key: null, rule }))
    expect(rules).toMatchObject([{ rule, activeSinceMs: null }])
    const left = await handlers['alerts.remove']({ key: rules[0]!.key })
    expect(channels['alerts.remove'].output.parse(left).rules).toEqual([])
  })
})

describe('secrets', () => {
  it('go in and never come out, nor into the folder where there is no keystore', async () => {
    const { handlers, folder } = await program()
    const secret = { user: 'operator', password: 'correct horse' }
    await expect(handlers['secrets.write']({ name: 'bitcoind', secret })).rejects.toThrow(
      /address of your own node/,
    )
    await handlers['settings.write']({ bitcoindUrl: 'http://127.0.0.1:8332' })
    const state = channels['secrets.write'].output.parse(
      await handlers['secrets.write']({ name: 'bitcoind', secret }),
    )
    expect(state).toEqual({ keystore: false, known: { bitcoind: { user: 'operator', stored: false } } })
    expect(JSON.stringify(await handlers['secrets.read']({}))).not.toContain('correct horse')
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes('correct horse')).toBe(false)
    const forgotten = await handlers['secrets.write']({ name: 'bitcoind', secret: null })
    expect(forgotten.known).toEqual({ bitcoind: null })
  })
  it('a user with a colon, where HTTP would cut him off, is refused', () => {
    const written = (user: string) =>
      channels['secrets.write'].input.safeParse({ name: 'bitcoind', secret: { user, password: 'x' } }).success
    expect(written('operator')).toBe(true)
    expect(written('oper:ator')).toBe(false)
  })
})

describe('the report', () => {
  it('prints what was asked for and writes the file', async () => {
    const folder = temporaryFolder()
    const { handlers, printed, suggested } = await program({ save: join(folder, 'report.pdf') })
    await handlers['fleet.loadSample']({})
    await handlers['settings.write']({ currency: 'NOK', companyName: 'Nord AS', horizonDays: 30 })
    const saved = await handlers['report.save']({
      ...REPORT,
      template: { ...REPORT.template, paper: 'Letter' },
    })
    expect(saved).toEqual({ fileName: 'report.pdf', pages: 1, hash: null })
    expect(suggested).toEqual(['strikeline-2025-11-20.pdf'])
    expect(readFileSync(join(folder, 'report.pdf'), 'utf8')).toBe('%PDF of Nord AS · Position on Letter')
    expect(readdirSync(folder)).toEqual(['report.pdf'])
    const [request] = printed
    expect(request).toMatchObject({ kind: 'pack', seal: null, rowsAtMost: null })
    expect(request!.reportCase).toMatchObject({
      horizonDays: 30,
      currency: 'NOK',
      madeAtMs: NOW_MS,
      asOfMs: NOW_MS,
      version: '1.2.3',
      scenarios: [{ name: 'As it is' }],
    })
    expect(request!.reportCase.fleet.machines.length).toBeGreaterThan(0)
  })

  it('is a workbook and tables too, with what is asked for, and tells how far it is', async () => {
    const folder = temporaryFolder()
    const { handlers, suggested, emitted } = await program({ save: join(folder, 'out') })
    await handlers['fleet.loadSample']({})
    const workbook = channels['report.workbook'].output.parse(await handlers['report.workbook'](REPORT))
    expect(workbook).toEqual({ fileName: 'out' })
    const files = await unzipped(readFileSync(join(folder, 'out')))
    expect(files.get('xl/worksheets/sheet1.xml')).toContain('Position')
    const saved = await handlers['report.tables']({ ...REPORT, format: 'json' })
    const { tables } = JSON.parse(readFileSync(join(folder, 'out'), 'utf8')) as { tables: object }
    expect(channels['report.tables'].output.parse(saved)).toEqual({
      fileName: 'out',
      tables: Object.keys(tables).length,
    })
    expect(suggested).toEqual(['strikeline-2025-11-20.xlsx', 'strikeline-tables-2025-11-20.json'])
    const tasks = emitted.filter(([event]) => event === 'task.progress')
    expect(tasks).toContainEqual(['task.progress', { task: 'Writing the workbook', done: 100, total: 100 }])
    await expect(handlers['report.workbook']({ ...REPORT, scenario: 'Other' })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })

  it('is shown before it is saved, with what to look at, and nothing is written', async () => {
    const { handlers } = await program()
    await handlers['fleet.loadSample']({})
    const preview = await handlers['report.preview'](REPORT)
    expect(channels['report.preview'].output.parse(preview)).toEqual(preview)
    expect(preview.html).toContain('data-section="position"')
    expect(preview.checks.length).toBeGreaterThan(2)
  })

  it('has its pages counted: the newest question counts, and one to save goes first', async () => {
    const folder = temporaryFolder()
    const { handlers, report } = await program()
    await handlers['fleet.loadSample']({})
    const counts = [handlers['report.count'](REPORT), handlers['report.count'](REPORT)]
    expect(await Promise.all(counts)).toEqual([{ pages: null }, { pages: 1 }])
    const count = handlers['report.count'](REPORT)
    await new Promise(setImmediate)
    const saved = report.saveTo(join(folder, 'report.pdf'), REPORT)
    expect(await count).toEqual({ pages: null })
    expect(await saved).toMatchObject({ pages: 1 })
    expect(await handlers['report.count'](REPORT)).toEqual({ pages: 1 })
  })

  it('refuses a scenario that there is not, and a day without values', async () => {
    const { handlers, report } = await program()
    await expect(handlers['report.preview']({ ...REPORT, scenario: 'Boom' })).rejects.toThrow(
      "There is no scenario 'Boom'; none is stored.",
    )
    const day = (asOfMs: number) => report.gather({ ...REPORT, asOfMs })
    await expect(day(Date.UTC(2024, 0, 2))).rejects.toThrow('no price, difficulty and fees of 2024-01-02')
    await expect(day(NOW_MS + 1)).rejects.toThrow('still to come')
  })

  it('leaves the old file where the new one cannot be written', async () => {
    const folder = temporaryFolder()
    const { report } = await program()
    await expect(report.saveTo(join(folder, 'no', 'report.pdf'), REPORT)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining(join(folder, 'no', 'report.pdf')) as string,
    })
    expect(await report.saveTo(join(folder, 'report.pdf'), REPORT)).toEqual({ pages: 1, hash: null })
  })

  it('can be stopped, and the next one is made', async () => {
    const folder = temporaryFolder()
    const { handlers, report } = await program()
    const path = join(folder, 'report.pdf')
    const stopped = report.saveTo(path, REPORT)
    await handlers['task.cancel']({})
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder)).toEqual([])
    expect(await report.saveTo(path, REPORT)).toMatchObject({ pages: 1 })
  })
})

describe('settings', () => {
  it('are told when they change', async () => {
    const { handlers, emitted } = await program()
    const written = await handlers['settings.write']({ theme: 'dark' })
    expect(written.theme).toBe('dark')
    expect(emitted).toEqual([['settings.changed', written]])
    expect(await handlers['settings.read']({})).toEqual(written)
  })

  it('take an address with spaces or a slash at its end, and an empty one as the default', async () => {
    const { handlers } = await program()
    const write = (change: Partial<Settings>) => handlers['settings.write'](change)
    expect((await write({ mempoolUrl: ' http://127.0.0.1:8999/api/ ' })).mempoolUrl).toBe(
      'http://127.0.0.1:8999/api',
    )
    expect((await write({ mempoolUrl: '' })).mempoolUrl).toBe('https://mempool.space/api')
  })

  it.each(['mempool', 'ftp://mempool.space', 'http://mempool.space/api', 'https://me:secret@mempool.space'])(
    'refuse %s as an address, with the field',
    async (mempoolUrl) => {
      const { handlers, store } = await program()
      const before = await store.readSettings()
      await expect(handlers['settings.write']({ theme: 'dark', mempoolUrl })).rejects.toMatchObject({
        code: 'bad-input',
        field: 'mempoolUrl',
      })
      expect(await store.readSettings()).toEqual(before)
    },
  )
})

describe('files of contracts and operating points', () => {
  const SITES = {
    sites: [
      {
        site: 'North',
        takeOrPay: { committedKwhPerDay: 500, handBackUsdPerKwh: 0.02 },
        timeZone: 'Europe/Oslo',
      },
    ],
  }
  async function withFile(name: string, text: string) {
    const path = join(temporaryFolder(), name)
    writeFileSync(path, text)
    const parts = await program({ open: path, save: path })
    const { key } = await parts.store.addSite(NORTH)
    await parts.store.addMachine(machineInput({ siteKey: key, id: 'A1' }))
    parts.emitted.length = 0
    return parts
  }

  it('are shown, stored in one step that the window is told of, and said in words', async () => {
    const { handlers, emitted, store } = await withFile('sites.json', JSON.stringify(SITES))
    expect(await handlers['case.agreements']({})).toMatchObject([
      {
        lines: [{ name: 'Operating points', words: '1 row with possible ones, if they have that firmware' }],
      },
    ])
    const preview = channels['parts.choose'].output.parse(
      await handlers['parts.choose']({ kind: 'contracts' }),
    )!
    expect(preview).toMatchObject({
      fileName: 'sites.json',
      new: 1,
      differs: 0,
      unknown: 0,
      changes: [{ kind: 'contract', name: 'North', change: 'new' }],
    })
    expect((await store.readContracts()).contracts).toEqual([])
    const confirmed = await handlers['parts.confirm']({
      token: preview.token,
      replace: false,
      accepted: [],
      isWatched: false,
    })
    expect(emitted).toEqual([['fleet.changed', confirmed]])
    const [site] = channels['case.agreements'].output.parse(await handlers['case.agreements']({}))
    expect(site!.lines.map(({ name }) => name)).toEqual(['Take-or-pay', 'Time zone', 'Operating points'])
    expect(site!.lines[0]!.words).toContain('handed back at $0.020 per kWh')
    const read = channels['case.read'].output.parse(await handlers['case.read']({}))
    expect(read.contracts.map(({ contract }) => contract.takeOrPay?.committedKwhPerDay)).toEqual([500])
    await expect(
      handlers['parts.confirm']({ token: preview.token, replace: false, accepted: [], isWatched: false }),
    ).rejects.toMatchObject({
      code: 'not-found',
    })
    await handlers['fleet.undo']({})
    expect((await store.readContracts()).contracts).toEqual([])
  })

  it('of a site that is not here are refused with its name, and nothing is stored', async () => {
    const { handlers, store } = await withFile(
      'sites.json',
      JSON.stringify({ sites: [...SITES.sites, { site: 'Moon' }] }),
    )
    const preview = (await handlers['parts.choose']({ kind: 'contracts' }))!
    expect(preview).toMatchObject({ unknown: 1, leavesUnknown: false, changes: [{ name: 'Moon' }, {}] })
    await expect(
      handlers['parts.confirm']({ token: preview.token, replace: true, accepted: [], isWatched: false }),
    ).rejects.toThrow(/no site Moon/)
    expect((await store.readContracts()).contracts).toEqual([])
  })

  it('with market prices of a site leave the rest of its contract', async () => {
    const { handlers, store } = await withFile(
      'spot.csv',
      'time,price_eur_mwh\n2025-11-20 00:00,20\n2025-11-20 00:15,-5\n2025-11-20 00:45,30\n',
    )
    const { siteKey } = (await store.readSiteCounts())[0]!
    await store.putContract(siteKey, { ...NO_CONTRACT, timeZone: 'Europe/Oslo', capKw: 900 })
    const preview = (await handlers['parts.choose']({ kind: 'prices', site: 'north' }))!
    expect(preview).toMatchObject({
      differs: 1,
      changes: [{ kind: 'contract', change: 'differs', words: 'market' }],
      warnings: [
        expect.stringContaining(
          'spot.csv lacks 1 of 4 intervals (0.25 hours), the first at 2025-11-19T23:30:00.000Z',
        ),
      ],
    })
    await handlers['parts.confirm']({ token: preview.token, replace: true, accepted: [], isWatched: false })
    const [stored] = (await store.readContracts()).contracts
    expect(stored!.contract).toMatchObject({ capKw: 900, market: { currency: 'EUR', adderUsdPerKwh: 0 } })
    expect([...stored!.contract.market!.perKwh]).toEqual([0.02, -0.005, 0.03])
    expect(stored!.contract.market!.fromMs[0]).toBe(Date.parse('2025-11-19T23:00:00Z'))

    // Where the host's invoice includes power the site has no market.
    const hosting = { model: 'flat', usdPerMonth: 90, per: 'machine' } as const
    await store.putContract(siteKey, { ...NO_CONTRACT, hosting })
    await expect(handlers['parts.choose']({ kind: 'prices', site: 'North' })).rejects.toThrow(
      /^site North, field market: does not go with hosting flat/,
    )
  })

  it('that cannot be read name the place in the file', async () => {
    const { handlers } = await withFile('own.csv', 'id,profile,hashrate_ths,power_w\nA1,eco,-1,2000\n')
    await expect(handlers['parts.choose']({ kind: 'ladders' })).rejects.toThrow(
      'own.csv, row 2, column hashrate_ths: -1 is negative',
    )
  })

  it('that come with a network file wait until they are confirmed, and the settings are told of with them', async () => {
    const { handlers, emitted, store } = await withFile('network.json', '')
    await store.writeSettings({ leastHoursOff: 6 })
    const { siteKey } = (await store.readSiteCounts())[0]!
    await store.putContract(siteKey, { ...NO_CONTRACT, timeZone: 'Europe/Oslo' })
    await handlers['network.exportFile']({ withCase: true })
    await store.writeSettings({ leastHoursOff: 3 })
    await store.putContract(siteKey, null)
    const { token, parts } = (await handlers['network.chooseFile']({}))!
    expect(parts).toMatchObject({ new: 1, differs: 1, unknown: 0 })
    const answer = channels['network.takeFile'].output.parse(await handlers['network.takeFile']({ token }))
    expect(answer.parts).toMatchObject({ new: 1, differs: 1, leavesUnknown: true })
    expect((await store.readContracts()).contracts).toEqual([])
    emitted.length = 0
    await handlers['parts.confirm']({
      token: answer.parts!.token,
      replace: true,
      accepted: [],
      isWatched: false,
    })
    expect(emitted.map(([event]) => event)).toEqual(['fleet.changed', 'settings.changed'])
    expect((await store.readCase()).limits.leastHoursOff).toBe(6)
    expect((await store.readContracts()).contracts).toHaveLength(1)
  })
})

describe('backups', () => {
  it('are made, looked at and restored by name; the window is told of every part before it is answered', async () => {
    const { handlers, emitted, store } = await program()
    const { key } = await handlers['site.add'](NORTH)
    await handlers['fleet.addMachine'](machineInput({ siteKey: key, id: 'rig-1', quantity: 7 }))
    await handlers['settings.write']({ theme: 'dark' })
    const { name } = channels['backups.make'].output.parse(await handlers['backups.make']({}))
    const { copies } = channels['backups.read'].output.parse(await handlers['backups.read']({}))
    expect(copies).toMatchObject([{ name, kind: 'by-hand' }])
    const checked = channels['backups.check'].output.parse(await handlers['backups.check']({ name }))
    expect(checked).toEqual({
      isSound: true,
      holdings: { machines: 7, sites: 1, ledgerEntries: 0 },
      sum: 'matches',
    })

    await handlers['site.remove']({ key })
    await handlers['settings.write']({ theme: 'light' })
    const before = await store.readFleetRevision()
    emitted.length = 0
    const restored = channels['backups.restore'].output.parse(await handlers['backups.restore']({ name }))
    expect(restored).toMatchObject({ holdings: { machines: 7, sites: 1, ledgerEntries: 0 } })
    expect(emitted.map(([event]) => event)).toEqual([
      'backups.restored',
      'settings.changed',
      'network.changed',
      'alerts.changed',
      'past.changed',
      'scenarios.changed',
      'ledger.changed',
      'fleet.changed',
    ])
    expect(emitted[1]![1]).toMatchObject({ theme: 'dark' })
    expect((emitted.at(-1)![1] as { revision: number }).revision).toBeGreaterThan(before)
    expect(await handlers['fleet.read']({ have: before })).toMatchObject({
      rows: 1,
      delivery: 'all',
      undo: null,
    })

    await handlers['backups.restore']({ name: restored.before })
    expect(await handlers['fleet.read']({ have: null })).toMatchObject({ rows: 0 })
    expect((await handlers['settings.read']({})).theme).toBe('light')
  })

  it('that are refused change nothing and tell nobody', async () => {
    const { handlers, emitted, folder } = await program()
    const { name } = await handlers['backups.make']({})
    await handlers['fleet.loadSample']({})
    writeFileSync(join(folder, 'backups', name), 'no database')
    emitted.length = 0
    await expect(handlers['backups.restore']({ name })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(handlers['backups.restore']({ name: 'none.db' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(emitted).toEqual([])
    expect(await handlers['fleet.read']({ have: null })).toMatchObject({ rows: 79 })
  })

  it('that fail by themselves are told, at the start too, until one succeeds', async () => {
    const { handlers, upkeep, emitted, folder } = await program()
    writeFileSync(join(folder, 'backups'), 'in the way')
    await expect(handlers['backups.make']({})).rejects.toThrow(/^The backup could not be made: /)
    expect((await handlers['app.start']({})).backupFault).toBeNull()
    emitted.length = 0
    await upkeep.look()
    const fault = expect.stringMatching(/^The daily backup could not be made: .*backups/) as string
    expect(emitted).toEqual([['backups.changed', { fault }]])
    const start = channels['app.start'].output.parse(await handlers['app.start']({}))
    expect(start.backupFault).toEqual(fault)
    rmSync(join(folder, 'backups'))
    await handlers['backups.make']({})
    expect(emitted.at(-1)).toEqual(['backups.changed', { fault: null }])
    expect((await handlers['app.start']({})).backupFault).toBeNull()
  })
})

describe('a file of another computer', () => {
  it('is written under a name with the day, looked through, and taken over when that is confirmed', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'all.strikeline')
    const { handlers, suggested, takenOver } = await program({ save: path, open: path })
    await handlers['fleet.loadSample']({})
    const written = channels['move.out'].output.parse(await handlers['move.out']({}))!
    expect(suggested).toEqual(['strikeline-2025-11-20.strikeline'])
    expect(written).toEqual({ fileName: 'all.strikeline', machines: 320 })
    const found = channels['move.choose'].output.parse(await handlers['move.choose']({}))!
    expect(found).toMatchObject({ fileName: 'all.strikeline', machines: 320, madeAtMs: NOW_MS })
    expect(takenOver).toEqual([])
    await expect((async () => handlers['move.takeOver']({ token: 'another' }))()).rejects.toThrow(
      'Choose it again',
    )
    await handlers['move.takeOver']({ token: found.token })
    expect(takenOver).toEqual([path])
  })
  it('that is cut off is refused before anything is asked', async () => {
    const path = join(temporaryFolder(), 'all.strikeline')
    const { handlers } = await program({ save: path, open: path })
    await handlers['move.out']({})
    writeFileSync(path, readFileSync(path).subarray(0, 5000))
    await expect(handlers['move.choose']({})).rejects.toThrow('is cut off: it has 5000 of')
  })
})

describe('what is remembered', () => {
  it('of typed values outlasts the window, holds for figures near to it, and is listed and forgotten', async () => {
    const { handlers, folder, store } = await program()
    const price = { field: 'Power price', about: 'north', value: 0.46 }
    const isOpen = async (thing: typeof price) =>
      (await handlers['remembered.findOpen']({ things: [thing] })).open.length === 1
    expect(await isOpen(price)).toBe(true)
    await handlers['remembered.agree']({ things: [price] })
    await store.close()

    const again = await openIn(folder)
    const findOpen = (things: readonly (typeof price)[]) =>
      again.findUnanswered('typed', things.map(typedValue))
    const near = { ...price, value: 0.48 }
    const far = { ...price, value: 0.6 }
    expect(await findOpen([price, near, far, { ...price, about: 'ridge' }])).toEqual([2, 3])
  })

  it('is listed with the latest first, and forgotten all at once or not at all', async () => {
    const { handlers } = await program()
    const things = [1, 2].map((value) => ({ field: `Value ${value}`, about: '', value }))
    await handlers['remembered.agree']({ things })
    const { total, latest } = channels['remembered.read'].output.parse(await handlers['remembered.read']({}))
    expect(total).toBe(2)
    expect(latest).toMatchObject([{ kind: 'answer' }, { kind: 'answer' }])
    const ids = latest.map(({ id }) => id)
    await expect(handlers['remembered.forget']({ ids: [...ids, 'answer-99'] })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await handlers['remembered.read']({})).total).toBe(2)
    await handlers['remembered.forget']({ ids })
    expect(await handlers['remembered.read']({})).toEqual({ total: 0, latest: [] })
  })
})

describe('reports that were handed over', () => {
  const TEMPLATE = { name: 'Bank', title: 'Position', sections: ['cover' as const], paper: 'A4' as const }

  it('are listed, saved as they were, computed again, compared and removed', async () => {
    const save = join(temporaryFolder(), 'then.pdf')
    const { handlers, store, suggested } = await program({ save })
    await store.loadSample()
    const reportCase = await storedCase(store)
    const { hash } = await store.sealReport(reportCase)
    await store.keepReport({ hash, reportCase, pdf: Buffer.from('%PDF of then'), pages: 2 })
    const listed = channels['report.sealed'].output.parse(await handlers['report.sealed']({}))
    expect(listed.reports).toMatchObject([{ hash, pages: 2, company: 'Northern Hash' }])
    const opened = channels['report.openSealed'].output.parse(await handlers['report.openSealed']({ hash }))
    expect(opened).toEqual({ fileName: 'then.pdf', pages: 2 })
    expect(suggested).toEqual([`report-${hash.slice(0, 12)}.pdf`])
    expect(readFileSync(save, 'utf8')).toBe('%PDF of then')
    const again = channels['report.recompute'].output.parse(await handlers['report.recompute']({ hash }))
    expect(again).toEqual({ differences: [], more: 0 })
    const { parts, ...sums } = channels['report.compare'].output.parse(
      await handlers['report.compare']({ from: hash, to: null }),
    )
    const sum = parts.reduce((all, { usdPerDay }) => all + usdPerDay, 0)
    expect(sum).toBeCloseTo(sums.toUsdPerDay - sums.fromUsdPerDay, 6)
    expect(parts.map(({ cause }) => cause)).toContain('Price of bitcoin')
    await handlers['report.removeSealed']({ hash })
    expect(await handlers['report.sealed']({})).toEqual({ reports: [] })
    await expect(handlers['report.openSealed']({ hash })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('have templates that are kept and removed, and one logo that is chosen', async () => {
    const open = join(temporaryFolder(), 'logo.svg')
    writeFileSync(open, '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
    const { handlers } = await program({ open })
    await handlers['report.keepTemplate']({ template: TEMPLATE })
    const kept = channels['report.templates'].output.parse(await handlers['report.templates']({}))
    expect(kept.templates.at(-1)).toEqual({ ...TEMPLATE, isKept: true, gone: [] })
    await handlers['settings.write']({ paper: 'Letter' })
    const { templates } = await handlers['report.templates']({})
    expect(templates.map(({ paper }) => paper)).toEqual(['Letter', 'Letter', 'Letter', 'A4'])
    await handlers['report.removeTemplate']({ name: 'Bank' })
    expect((await handlers['report.templates']({})).templates).toHaveLength(3)
    expect(await handlers['report.logo']({})).toEqual({ logo: null })
    const chosen = channels['report.setLogo'].output.parse(await handlers['report.setLogo']({}))
    expect(chosen?.logo?.type).toBe('image/svg+xml')
    writeFileSync(open, '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
    await expect(handlers['report.setLogo']({})).rejects.toThrow('logo.svg has onload in <svg>')
    expect(await handlers['report.logo']({})).toEqual(chosen)
    await handlers['report.removeLogo']({})
    expect(await handlers['report.logo']({})).toEqual({ logo: null })
  })
})

describe('the ledger', () => {
  it('is booked, closed, opened again and listed; whoever shows it is told of each change once', async () => {
    const { handlers, emitted } = await program()
    emitted.length = 0
    const entries = [payout({ day: '2025-10-12' })]
    expect((await handlers['ledger.add']({ entries })).keys).toEqual([1])
    const pool = {
      ...{ name: 'Braiins', from: '' as const, scheme: 'fpps' as const, fee: 0.02, revenue: 'paid' as const },
      ...{ sites: [], poolHashrateEhs: null },
    }
    await handlers['ledger.putPool']({ pool })
    expect(await handlers['ledger.pools']({})).toMatchObject({ pools: [pool], withoutTerms: [] })
    expect(await handlers['ledger.rates']({})).toBeInstanceOf(Array)
    const closed = channels['ledger.close'].output.parse(await handlers['ledger.close']({ month: '2025-10' }))
    expect(await handlers['ledger.month']({ month: '2025-10' })).toMatchObject({
      closed: { hash: closed.hash, hashNow: closed.hash },
      coins: { closingSat: 1_000_000, closingUsdCents: 90_000 },
    })
    await handlers['ledger.reopen']({ month: '2025-10', reason: 'The bill came late' })
    await handlers['ledger.setCosting']({ costing: 'average' })
    await handlers['ledger.void']({ of: { batch: 1 }, reason: 'The file was of another year' })
    await handlers['ledger.removePool']({ name: 'Braiins', from: '' })
    expect(emitted).toEqual(Array.from({ length: 7 }, () => ['ledger.changed', {}]))
    expect(await handlers['ledger.months']({})).toEqual([])
    const page = await handlers['ledger.entries']({ month: null, kind: null, site: null, atMost: 2 })
    expect([page.total, page.found, page.rows.length]).toEqual([4, 4, 2])
    emitted.length = 0
    await expect(handlers['ledger.close']({ month: '2025-11' })).rejects.toMatchObject({ code: 'bad-input' })
    expect(emitted).toEqual([])
  })

  it('takes a file by what is said of it, and tells whoever shows it once it is booked', async () => {
    const chosen: { open?: string } = {}
    const { handlers, emitted } = await program(chosen)
    expect(await handlers['ledgerImport.choose']({ kind: null })).toBeNull()
    chosen.open = join(temporaryFolder(), 'pool.csv')
    writeFileSync(chosen.open, 'When,Sum,Price (USD/BTC)\n2025-10-12,0.01,90000\n')
    const { output } = channels['ledgerImport.choose']
    const first = output.parse(await handlers['ledgerImport.choose']({ kind: 'payout' }))!
    expect(first).toMatchObject({ kind: 'payout', rows: 1, added: 0, errorCount: 3 })
    expect(first.headings).toMatchObject([{ heading: 'When', field: null, example: '2025-10-12' }, {}, {}])
    const second = output.parse(
      await handlers['ledgerImport.again']({
        ...{ token: first.token, kind: 'payout', party: 'Ocean', site: null, zone: null, currency: null },
        ...{ lifeDays: null, decimalSign: null, dayOrder: null },
        columns: [
          { heading: 'When', field: 'day', unit: null },
          { heading: 'Sum', field: 'coins', unit: 'BTC' },
        ],
      }),
    )!
    expect(second).toMatchObject({
      added: 1,
      errorCount: 0,
      sat: 1_000_000,
      headings: [{ isSaid: true }, {}, {}],
    })
    emitted.length = 0
    const booked = await handlers['ledgerImport.confirm']({ token: second.token, accepted: [] })
    expect([booked, emitted]).toEqual([{ added: 1, known: 0 }, [['ledger.changed', {}]]])
    const again = output.parse(await handlers['ledgerImport.choose']({ kind: null }))!
    expect(again).toMatchObject({ kind: 'payout', isRecalled: true })
    await handlers['ledgerImport.forget']({ token: again.token, what: 'columns' })
    await handlers['ledgerImport.discard']({ token: again.token })
    await expect(
      handlers['ledgerImport.confirm']({ token: again.token, accepted: [] }),
    ).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
