import { sourceOrder } from '#shared/ipc/sources.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { PackTemplate } from '#shared/report/pack.ts'
import { PAPERS, USUAL_TEMPLATES } from '#shared/report/pack.ts'
import type { CasePorts } from '#electron/services/report-case.ts'
import { gatherCase } from '#electron/services/report-case.ts'
import { networkAsOf } from '#electron/services/network-as-of.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { goneWords, templateNamed } from '#electron/services/report-templates.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { readWatchedAgain, warnOfStore } from './case.ts'
import type { CliHost, OptionSpecs } from './command.ts'
import { MissingDataError, UsageError } from './command.ts'
import { writeLine } from './json.ts'
import { withStore } from './stored.ts'

/** The options of commands that hand over what is stored. */
export const handOverOptions = {
  template: {
    type: 'string',
    value: 'NAME',
    help: `which sections, in which order (${USUAL_TEMPLATES[0]!.name}); report template list has them`,
  },
  'as-of': {
    type: 'string',
    value: 'DAY',
    help: 'the moment of which it speaks: 2025-11-20, or with a time (now); of a past day the stored history tells the network',
  },
  scenario: { type: 'string', value: 'NAME', help: 'the stored assumptions that its projection follows' },
} as const satisfies OptionSpecs

type HandOverCall = {
  readonly host: CliHost
  readonly options: {
    readonly template: string | undefined
    readonly 'as-of': string | undefined
    readonly scenario: string | undefined
    readonly data: string | undefined
    readonly paper?: string | undefined
  }
}

/** What is to be made. */
export type HandOverRequest = {
  readonly template: PackTemplate
  /** null: now */
  readonly asOfMs: number | null
  /** null: as it is */
  readonly scenario: string | null
  readonly horizonDays: number | null
}

/**
 * Reads the options, after the warnings about what is stored; watched price files that have changed are stored first.
 * @throws UsageError; StrikelineError 'bad-input' that lists the templates there are; MissingDataError where the history has not got
 *   the day
 */
export async function handOverRequest(
  command: string,
  { host, options }: HandOverCall,
  horizonDays: number | null = null,
): Promise<HandOverRequest> {
  const paper = paperGiven(command, options.paper)
  const asOfMs = momentGiven(command, options['as-of'])
  const { template, gone, watched } = await withStore(host, options.data, async (store) => {
    if (asOfMs === null) await warnOfStore(host, store)
    else await refuseUnknownDay(store, asOfMs)
    const named = await templateNamed(store, options.template ?? USUAL_TEMPLATES[0]!.name)
    return { ...named, watched: await store.readWatchedFiles() }
  })
  if (gone.length > 0)
    await writeLine(host.stderr, `warning: template ‘${template.name}’: ${goneWords(gone)}`)
  if (asOfMs !== null)
    await writeLine(
      host.stderr,
      `note: price, difficulty and fees of ${isoDay(asOfMs)} are those of the stored history, and of the epoch of that day nothing is known; the fleet, its contracts and the books are the ones that are stored now`,
    )
  if (watched.length > 0) await readWatchedAgain(host, options.data, watched)
  return {
    template: paper === null ? template : { ...template, paper },
    asOfMs,
    scenario: options.scenario ?? null,
    horizonDays,
  }
}

/** All that it is made from. @throws StrikelineError 'bad-input' where there is no such scenario */
export function gathered(
  { host, options }: Pick<HandOverCall, 'host'> & { readonly options: { readonly data: string | undefined } },
  request: HandOverRequest,
): Promise<ReportCase> {
  return withStore(host, options.data, (store) => gatherCase(portsOf(store, host.version), request))
}

function portsOf(store: Store, version: string): CasePorts {
  return {
    store,
    network: { read: () => readNetworkState(store, Date.now()) },
    past: { read: () => readPast(store) },
    nowMs: Date.now,
    version,
  }
}

export const readPast = async (store: Store) =>
  store.readPast(sourceOrder((await store.readSettings()).networkOrder), Date.now())

async function refuseUnknownDay(store: Store, asOfMs: number): Promise<void> {
  const [state, past] = await Promise.all([readNetworkState(store, Date.now()), readPast(store)])
  try {
    networkAsOf(state, past, asOfMs)
  } catch (error) {
    if (!(error instanceof StrikelineError)) throw error
    throw new MissingDataError(
      `${error.message} Run history fill, or history import DAILY.CSV; history shows which days are there.`,
    )
  }
}

/** A day is meant to its end, as in the window. */
function momentGiven(command: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const ms = isDay ? Date.parse(`${text}T23:59:59.999Z`) : isMoment ? Date.parse(text) : NaN
  // A day that is not in the calendar must not become the one after it.
  if (Number.isNaN(ms) || (isDay && isoDay(ms) !== text))
    throw new UsageError(
      `${command}: --as-of is '${text}'; it must be a day such as 2025-11-20, or a time such as 2025-11-20T12:00:00Z`,
    )
  const nowMs = Date.now()
  // The day that it is has not ended: what is known now counts.
  if (isoDay(ms) === isoDay(nowMs)) return null
  if (ms > nowMs)
    throw new UsageError(`${command}: --as-of ${text} is still to come; nothing is known of that moment`)
  return ms
}

/** null: as the template says */
function paperGiven(command: string, text: string | undefined) {
  if (text === undefined) return null
  const paper = PAPERS.find((known) => known.toLowerCase() === text.toLowerCase())
  if (paper === undefined) throw new UsageError(`${command}: --paper must be ${PAPERS.join(' or ')}`)
  return paper
}
