import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import { caseInputOptions } from '../case-inputs.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import type { OutlookChoices } from '../decision.ts'
import { writeDocument, writeLine } from '../json.ts'

/** What a person chooses about the days ahead. */
export const outlookOptions = {
  'horizon-days': { type: 'string', value: 'N', help: 'days to weigh (until the adjustment and 14 more)' },
  change: {
    type: 'string',
    value: 'δ',
    help: 'the adjustment to assume, e.g. -0.05, instead of the estimate',
  },
  ...nowOption,
} as const

export const command = defineCommand({
  name: 'decide',
  summary: 'what to run, pause, power down or start: per machine, with the money',
  options: {
    ...caseOptions,
    ...caseInputOptions,
    ...outlookOptions,
    probability: { type: 'boolean', help: 'how often the advised action proves right on drawn paths' },
  },
  async run(call) {
    const { options, host } = call
    const choices = outlookChoices('decide', options)
    const givenMs = await nowGiven('decide', options.now)
    const [given, { decided }, { decisionDocument, decisionLines }] = await Promise.all([
      readCase('decide', call, givenMs),
      import('../decision.ts'),
      import('../decision-document.ts'),
    ])
    refuseTimeless('decide', givenMs, given.network)
    const decision = { ...(await decided(call, given, choices)), withProbability: options.probability }
    if (options.json) await writeDocument(host.stdout, decisionDocument(decision))
    else for (const line of decisionLines(decision, given.money)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** @throws UsageError where an option is out of bounds */
export function outlookChoices(
  name: string,
  options: { readonly [K in keyof typeof outlookOptions]: string | undefined },
): OutlookChoices {
  const number = (option: keyof typeof outlookOptions, bounds: Parameters<typeof numberOption>[3]) =>
    numberOption(name, option, options[option], bounds) ?? null
  return {
    horizonDays: number('horizon-days', { min: 0.01, max: 3660, unit: 'days', typed: 'days' }),
    change: number('change', { min: -0.75, max: 3, unit: '(a fraction: -0.05 is −5 %)', typed: 'share' }),
  }
}
