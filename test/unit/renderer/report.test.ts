import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { Api } from '#shared/ipc/api.ts'
import type { ChannelInput } from '#shared/ipc/schemas/channels.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import type { PackTemplate } from '#shared/report/pack.ts'
import { USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { smallFleet } from './small-fleet.ts'

/** The place Reports between a main process that answers when it is told to and a person who is faster. */

type Asked = ChannelInput<'report.preview'>
type Answer = Awaited<ReturnType<Api['report']['preview']>>

let asked: { readonly input: Asked; readonly answer: (answer: Answer) => void }[] = []
const written: object[] = []
const KEPT: PackTemplate = {
  name: 'Bank',
  title: 'For the bank',
  paper: 'Letter',
  sections: ['bridge', 'cover'],
}
const SHOWN = [...USUAL_TEMPLATES, KEPT].map((template) => ({
  ...template,
  sections: [...template.sections],
  isKept: template === KEPT,
  gone: [],
}))
let fault: string | null = null

let stored = ['Low']
let tellStored: (() => void) | null = null

vi.stubGlobal('window', {
  api: {
    on: {
      'scenarios.changed': (callback: () => void) => {
        tellStored = callback
        return () => (tellStored = null)
      },
    },
    scenarios: {
      read: () => Promise.resolve({ ok: true, value: { scenarios: stored.map((name) => ({ name })) } }),
    },
    settings: {
      write: (change: object) => {
        written.push(change)
        return Promise.resolve({ ok: true, value: { ...DEFAULT_SETTINGS, ...change } })
      },
    },
    report: {
      count: () => Promise.resolve({ ok: true, value: { pages: 9 } }),
      preview: (input: Asked) => new Promise<Answer>((answer) => asked.push({ input, answer })),
      templates: () =>
        Promise.resolve(
          fault === null
            ? { ok: true, value: { templates: SHOWN } }
            : { ok: false, error: { code: 'internal', message: fault } },
        ),
    },
  },
})
vi.useFakeTimers()
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { useStore } = await import('#renderer/state/store.ts')
const { choose, changePack, readTemplates, requestOf, selectStored, useReports } =
  await import('#renderer/state/reports-slice.ts')
const { followReport } = await import('#renderer/state/follow-report.ts')
const { differsFrom, toggled } = await import('#renderer/state/pack.ts')
const [untouched, untouchedReports] = [useStore.getInitialState(), useReports.getInitialState()]

const preview = (html: string): Answer => ({ ok: true, value: { html, checks: [] } })
const sections = (of: Asked | undefined) => of?.template.sections

beforeEach(() => {
  asked = []
  written.length = 0
  fault = null
  useStore.setState({ ...untouched, settings: DEFAULT_SETTINGS }, true)
  useReports.setState({ ...untouchedReports, templates: SHOWN }, true)
})

/** The fleet is all that the preview needs to have something to show. */
function withFleet(): void {
  const { sites, machines } = smallFleet([{}])
  const fleet = { revision: 1, rows: machines.length, sites } as unknown as ReturnType<
    typeof useStore.getState
  >['fleet']
  useStore.setState({ fleet })
}

test('one preview is made at a time, and of what changes meanwhile the newest counts', async () => {
  withFleet()
  const end = followReport()
  expect(asked).toHaveLength(1)
  for (const section of ['cover', 'position', 'sites'] as const) changePack((pack) => toggled(pack, section))
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(1)

  asked[0]!.answer(preview('old'))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(useReports.getState().preview?.html).toBe('old')
  expect(sections(asked[1]?.input)).toEqual(sections(asked[0]?.input)?.slice(3))

  asked[1]!.answer(preview('new'))
  await vi.waitFor(() => expect(useReports.getState().preview?.html).toBe('new'))
  // Once it rests its pages are counted, and those of the next one are not known yet.
  await vi.waitFor(() => expect(useReports.getState().pages).toBe(9), { timeout: 3000 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(2)
  end()
})

test('the old pages stay while a new one is made, and where it cannot be made', async () => {
  withFleet()
  const end = followReport()
  asked[0]!.answer(preview('pages'))
  await vi.waitFor(() => expect(useReports.getState().preview?.html).toBe('pages'))
  changePack((pack) => toggled(pack, 'cover'))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  await vi.waitFor(() => expect(useReports.getState().isMaking).toBe(true))
  asked[1]!.answer({ ok: false, error: { code: 'bad-input', message: 'There is no such day.' } })
  await vi.waitFor(() => expect(useReports.getState().previewFault).toBe('There is no such day.'))
  expect(useReports.getState()).toMatchObject({ isMaking: false, preview: { html: 'pages' } })
  end()
})

test('without a section nothing is asked, and that is said', async () => {
  withFleet()
  changePack((pack) => ({ ...pack, isIn: new Set() }))
  const end = followReport()
  expect(useReports.getState().previewFault).toBe('Without a section there is no page.')
  changePack((pack) => toggled(pack, 'cover'))
  await vi.waitFor(() => expect(asked.map(({ input }) => input.template.sections)).toEqual([['cover']]))
  end()
})

test('stored scenarios are followed: pages are made anew, and one that is gone is chosen no more', async () => {
  withFleet()
  useReports.setState({ scenario: 'Low', scenarios: ['Low'] })
  const end = followReport()
  asked[0]!.answer(preview('low'))
  await vi.waitFor(() => expect(useReports.getState().preview?.html).toBe('low'))
  tellStored!()
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]!.input.scenario).toBe('Low')
  asked[1]!.answer(preview('low, stored again'))
  stored = ['Flat']
  tellStored!()
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]!.input.scenario).toBeNull()
  expect(useReports.getState().scenarios).toEqual(['Flat'])
  end()
  expect(tellStored).toBeNull()
})

test('nothing is asked for a fleet without machines, nor once the place is left', async () => {
  followReport()()
  withFleet()
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toEqual([])
})

test('the template that was chosen last is chosen, and another one is remembered', async () => {
  useReports.setState({ templates: null })
  useStore.setState({ settings: { ...DEFAULT_SETTINGS, reportTemplate: 'Bank' } })
  await readTemplates()
  expect(requestOf(useReports.getState()).template).toEqual(KEPT)
  choose({ ...USUAL_TEMPLATES[1]!, sections: ['position'], isKept: false, gone: [] })
  expect(requestOf(useReports.getState()).template).toMatchObject({ name: 'One page' })
  expect(written).toEqual([{ reportTemplate: 'One page' }])
})

test('another paper in the settings is that of a usual template, which is not changed by it, and not of a kept one', async () => {
  await readTemplates()
  const paper = () => useReports.getState().pack.paper
  const setPaper = (next: 'A4' | 'Letter') =>
    useStore.setState({ settings: { ...DEFAULT_SETTINGS, paper: next } })
  setPaper('Letter')
  expect(paper()).toBe('Letter')
  const { pack } = useReports.getState()
  expect(differsFrom(pack, selectStored(useReports.getState())!)).toBe(false)
  choose(SHOWN.at(-1)!)
  setPaper('A4')
  expect(paper()).toBe('Letter')
})

test('the preview waits until it is known with which template', async () => {
  useReports.setState({ templates: null })
  useStore.setState({ settings: { ...DEFAULT_SETTINGS, reportTemplate: 'Bank' } })
  withFleet()
  const end = followReport()
  expect(asked).toEqual([])
  await readTemplates()
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]?.input.template).toEqual(KEPT)
  end()
})

test('a template that is gone gives way to the first, and what cannot be read is said', async () => {
  useReports.setState({ templates: null })
  useStore.setState({ settings: { ...DEFAULT_SETTINGS, reportTemplate: 'Gone' } })
  await readTemplates()
  expect(useReports.getState().pack.name).toBe(USUAL_TEMPLATES[0]!.name)
  fault = 'The database is busy.'
  await readTemplates()
  expect(useReports.getState()).toMatchObject({ fault, templates: { length: USUAL_TEMPLATES.length + 1 } })
})

test('a day is looked at as it ended', () => {
  useReports.setState({ asOfDay: '2026-11-20' })
  const { asOfMs } = requestOf(useReports.getState())
  expect(new Date(asOfMs!).toISOString()).toBe('2026-11-20T23:59:59.999Z')
})
