import type { LadderPoint } from '../../ladders/point.ts'

/** What is to be done at a site now, in machines; set: those that run and are to run at another operating point. */
export type ActCounts = {
  readonly powerDown: number
  readonly pause: number
  readonly start: number
  readonly set: number
}

export const NO_ACTS: ActCounts = { powerDown: 0, pause: 0, start: 0, set: 0 }

export type SiteToCall = ActCounts & {
  readonly siteKey: number
  readonly site: string
  /** of those to start: machines that were powered down until now, and are called back */
  readonly startAgain: number
  /** power at the meter that they free, kW; below 0 where more starts than stops */
  readonly freedKw: number
  /** what not doing it costs, USD/day: at a site with a contract all that the advice changes there */
  readonly lossUsdPerDay: number
  /** of everything that is advised at the site, over the horizon; per day where no date is known */
  readonly gainUsd: number
  /** their models, most machines first */
  readonly models: readonly { readonly model: string; readonly machines: number }[]
  /** operating points that machines are set to or started at, most machines first */
  readonly points: readonly { readonly point: LadderPoint; readonly machines: number }[]
}

export type SitesToCall = {
  /** most money first */
  readonly sites: readonly SiteToCall[]
  /** worth of what is advised elsewhere, for later or for some hours, USD over the horizon */
  readonly elsewhereUsd: number
}

export const NO_SITES_TO_CALL: SitesToCall = { sites: [], elsewhereUsd: 0 }

export const machinesCalled = ({ powerDown, pause, start, set }: ActCounts): number =>
  powerDown + pause + start + set

export const countsOf = ({ powerDown, pause, start, set }: ActCounts): ActCounts => ({
  powerDown,
  pause,
  start,
  set,
})

export const isSameActs = (a: ActCounts, b: ActCounts): boolean =>
  a.powerDown === b.powerDown && a.pause === b.pause && a.start === b.start && a.set === b.set

/** What there is to do at all sites, in machines. */
export function actsOf({ sites }: SitesToCall): ActCounts {
  const sum = { ...NO_ACTS } as { -readonly [K in keyof ActCounts]: number }
  for (const { powerDown, pause, start, set } of sites) {
    sum.powerDown += powerDown
    sum.pause += pause
    sum.start += start
    sum.set += set
  }
  return sum
}
