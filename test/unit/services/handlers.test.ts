import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { channels } from '#shared/contract/channels.ts'
import { CHANNEL_NAMES } from '#shared/contract/names.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { createHandlers } from '#electron/services/handlers.ts'
import type { HandlerPorts } from '#electron/services/handlers.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { createReportService } from '#electron/services/report-service.ts'
import type { ReportContent } from '#electron/services/report-service.ts'
import { createSettingsService } from '#electron/services/settings-service.ts'
import { NORTH, openIn, temporaryFolder } from '../db/stores.ts'

const NOW_MS = Date.UTC(2025, 10, 20, 12)

/** Everything behind the calls, on a real database; what a person would choose in dialogs is given. */
async function program(chosen: { readonly open?: string | null; readonly save?: string | null } = {}) {
  const store = await openIn(temporaryFolder())
  await store.writeSettings({ autoRefresh: false })
  const emitted: (readonly [event: string, payload: unknown])[] = []
  const printed: ReportContent[] = []
  const suggested: string[] = []
  const network = createNetworkService({ store, version: '1.2.3', nowMs: () => NOW_MS })
  onTestFinished(() => network.stop())
  const report = createReportService({
    store,
    network,
    // The page that is printed asks for its content, as the real one does.
    printPdf: async ({ paper }) => {
      printed.push(await handlers['report.read']({}))
      return { bytes: Buffer.from(`%PDF on ${paper}`), pages: 1 }
    },
    nowMs: () => NOW_MS,
    version: '1.2.3',
  })
  const ports: HandlerPorts = {
    store,
    network,
    settings: createSettingsService(store),
    report,
    dialogs: {
      openFleetFile: () => Promise.resolve(chosen.open ?? null),
      saveFile: (_, name) => {
        suggested.push(name)
        return Promise.resolve(chosen.save ?? null)
      },
    },
    about: () => ({ version: '1.2.3', electron: '', dataFolder: '', runtimeNote: null }),
    openLink: () => Promise.resolve(),
    emit: (event, payload) => emitted.push([event, payload]),
    nowMs: () => NOW_MS,
  }
  const handlers = createHandlers(ports)
  return { store, handlers, report, emitted, printed, suggested }
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
    expect(emitted).toEqual([1, 2, 3, 4, 5].map((revision) => ['fleet.changed', { revision }]))
    channels['fleet.read'].output.parse(await handlers['fleet.read']({}))
    await expect(handlers['site.remove']({ key: 99 })).rejects.toMatchObject({ code: 'not-found' })
    expect(emitted).toHaveLength(5)
  })

  it('goes from a chosen file to another one', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'in.csv'), 'id,site,hashrate_ths,power_w\nrig,North,100,3000\n')
    const { handlers, emitted, suggested } = await program({
      open: join(folder, 'in.csv'),
      save: join(folder, 'out.csv'),
    })
    const preview = channels['import.choose'].output.parse(await handlers['import.choose']({}))
    const done = await handlers['import.confirm']({ token: preview!.token, mode: 'merge' })
    expect(done).toEqual({ revision: 1, added: 1, updated: 0, removed: 0 })
    expect(emitted).toEqual([['fleet.changed', { revision: 1 }]])
    expect(await handlers['fleet.exportCsv']({})).toEqual({ fileName: 'out.csv', rows: 1 })
    expect(suggested).toEqual(['fleet.csv'])
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain('\nrig,')
    expect(await handlers['import.discard']({ token: preview!.token })).toEqual({})
  })

  it('a closed dialog is no fault and changes nothing', async () => {
    const { handlers, emitted } = await program()
    expect(await handlers['import.choose']({})).toBeNull()
    expect(await handlers['fleet.exportCsv']({})).toBeNull()
    expect(await handlers['report.save']({ paper: 'A4', horizonDays: null })).toBeNull()
    expect(emitted).toEqual([])
  })
})

describe('the report', () => {
  it('prints what was asked for and writes the file', async () => {
    const folder = temporaryFolder()
    const { handlers, printed, suggested } = await program({ save: join(folder, 'report.pdf') })
    await handlers['fleet.loadSample']({})
    const saved = await handlers['report.save']({ paper: 'Letter', horizonDays: 30 })
    expect(saved).toEqual({ fileName: 'report.pdf', pages: 1 })
    expect(suggested).toEqual(['strikeline-2025-11-20.pdf'])
    expect(readFileSync(join(folder, 'report.pdf'), 'utf8')).toBe('%PDF on Letter')
    expect(readdirSync(folder)).toEqual(['report.pdf'])
    const [content] = printed
    expect(channels['report.read'].output.parse(content)).toMatchObject({
      paper: 'Letter',
      horizonDays: 30,
      madeAt: NOW_MS,
      version: '1.2.3',
    })
    expect(content!.fleet.machines.length).toBeGreaterThan(0)
  })

  it('is only there while it is made, and leaves the old file where it cannot be written', async () => {
    const folder = temporaryFolder()
    const { handlers, report } = await program()
    await expect(handlers['report.read']({})).rejects.toMatchObject({ code: 'not-found' })
    const request = { paper: 'A4', horizonDays: null } as const
    await expect(report.saveTo(join(folder, 'no', 'report.pdf'), request)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining(join(folder, 'no', 'report.pdf')) as string,
    })
    await expect(handlers['report.read']({})).rejects.toMatchObject({ code: 'not-found' })
    expect(await report.saveTo(join(folder, 'report.pdf'), request)).toEqual({ pages: 1 })
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
