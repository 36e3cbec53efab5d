/** What is to be done at a site now, in machines. */
export type ActCounts = { readonly powerDown: number; readonly pause: number; readonly start: number }

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
}

export type SitesToCall = {
  /** most money first */
  readonly sites: readonly SiteToCall[]
  /** worth of what is advised elsewhere, for later or for some hours, USD over the horizon */
  readonly elsewhereUsd: number
}

export const NO_SITES_TO_CALL: SitesToCall = { sites: [], elsewhereUsd: 0 }

export const machinesCalled = ({ powerDown, pause, start }: ActCounts): number => powerDown + pause + start

/** How many machines of all sites there are to power down, pause and start. */
export function actsOf({ sites }: SitesToCall): ActCounts {
  const sum = { powerDown: 0, pause: 0, start: 0 }
  for (const { powerDown, pause, start } of sites) {
    sum.powerDown += powerDown
    sum.pause += pause
    sum.start += start
  }
  return sum
}
