import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { AdjustmentEstimate } from '#shared/domain/chain/adjustment.ts'
import { adjustmentTime } from '#shared/domain/chain/outlook.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { percentRange, signedPercent } from '#shared/format/numbers.ts'
import { difficulty } from '#shared/format/units.ts'
import { networkOfFile, nowGiven, nowOption, refuseTimeless } from '../case.ts'
import type { Case } from '../case.ts'
import { defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import type { CliHost } from '../command.ts'
import { existing, isoTime, writeLine } from '../json.ts'

export const command = defineCommand({
  name: 'adjustment',
  summary: 'the next difficulty adjustment: estimate, range and date',
  options: {
    case: { type: 'string', value: 'NETWORK.JSON', help: 'the network and the state of its epoch' },
    ndjson: {
      type: 'boolean',
      help: 'read one case per line from standard input, print one result per line',
    },
    ...nowOption,
    ...jsonOption,
  },
  async run({ options, host, path }) {
    const nowMs = await nowGiven('adjustment', options.now)
    if (options.ndjson) {
      if (options.case !== undefined) throw new UsageError('adjustment: give --case or --ndjson, not both')
      await answerLines(host, nowMs)
      return EXIT.done
    }
    if (options.case === undefined)
      throw new UsageError('adjustment: --case NETWORK.JSON is missing (or --ndjson)')
    const file = path(options.case)
    const network = await networkOfFile(file)
    refuseTimeless('adjustment', nowMs, network)
    const estimate = estimateFor(network, basename(file))
    const figures = adjustmentFigures(network, estimate, nowMs)
    const passedMs = passedAdjustmentMs({ network, nowMs }, estimate)
    if (passedMs !== null) await writeLine(host.stderr, `warning: ${passedWords(passedMs)}`)
    if (options.json) await writeLine(host.stdout, JSON.stringify(figures))
    else if (passedMs !== null) await writeLine(host.stdout, 'The next adjustment is not known.')
    else {
      await writeLine(
        host.stdout,
        `Next adjustment ${signedPercent(estimate.change)} (80 %: ${percentRange(estimate.change80)}; 95 %: ${percentRange(estimate.change95)}), difficulty ${difficulty(network.difficulty * (1 + estimate.change))}, about ${figures.at ?? 'an unknown date'}`,
      )
    }
    return EXIT.done
  },
})

/** The estimate, or which part of the epoch's state is missing. */
export function estimateFor(network: NetworkConditions, fileName: string): AdjustmentEstimate {
  if (network.epoch === null) {
    throw new StrikelineError(
      'bad-input',
      `${fileName}, field epoch: it is missing; an estimate needs epoch.blocks (intervals seen) and epoch.seconds`,
    )
  }
  return estimateAdjustment(network.epoch, network.previousAdjustments)
}

/** The expected moment, unix ms, of an adjustment that is over at the moment of the case; null while it is ahead. */
export function passedAdjustmentMs(
  { network, nowMs }: Pick<Case, 'network' | 'nowMs'>,
  estimate: AdjustmentEstimate,
): number | null {
  const { secondsLeft, dueMs } = adjustmentTime(estimate, network.atMs, nowMs)
  return secondsLeft === null ? dueMs : null
}

export function passedWords(dueMs: number): string {
  return `the adjustment of these values was due at ${isoTime(dueMs)}; its result is not known here`
}

/** The estimate for a command whose every figure lies beyond the adjustment. @throws StrikelineError where it has passed */
export function estimateAhead(given: Case, name: string): AdjustmentEstimate {
  const estimate = estimateFor(given.network, name)
  const passedMs = passedAdjustmentMs(given, estimate)
  if (passedMs !== null)
    throw new StrikelineError(
      'bad-input',
      `${name}: ${passedWords(passedMs)}: run refresh, or give --network NETWORK.JSON`,
    )
  return estimate
}

/**
 * change and ranges are fractions; difficulty is the one expected after the adjustment; at is null without a time of the case.
 * At a chosen moment after the adjustment all are null and adjustmentPassed says when it was due.
 */
export function adjustmentFigures(
  network: NetworkConditions,
  estimate: AdjustmentEstimate,
  nowMs: number | null,
) {
  const { secondsLeft, dueMs } = adjustmentTime(estimate, network.atMs, nowMs)
  const isAhead = secondsLeft !== null
  const due = dueMs === null ? null : isoTime(Math.max(dueMs, nowMs ?? dueMs))
  return {
    plainChange: isAhead ? estimate.plainChange : null,
    change: isAhead ? estimate.change : null,
    change80: isAhead ? estimate.change80 : null,
    change95: isAhead ? estimate.change95 : null,
    secondsLeft,
    at: isAhead ? due : null,
    difficulty: isAhead ? existing(network.difficulty * (1 + estimate.change)) : null,
    ...(nowMs === null ? {} : { adjustmentPassed: isAhead || dueMs === null ? null : isoTime(dueMs) }),
  }
}

async function answerLines(host: CliHost, nowMs: number | null): Promise<void> {
  const { readNetworkCase } = await import('#electron/files/network-case.ts')
  let line = 0
  for await (const text of createInterface({ input: host.stdin, crlfDelay: Infinity })) {
    line++
    if (text.trim() !== '')
      await writeLine(
        host.stdout,
        JSON.stringify(answerLine(readNetworkCase, text, `line ${line}`, nowMs)),
      )
  }
}

/** A bad case answers in its own line; the others go on. */
function answerLine(
  read: (text: string, name: string) => NetworkConditions,
  text: string,
  name: string,
  nowMs: number | null,
) {
  try {
    const network = read(text, name)
    refuseTimeless(name, nowMs, network)
    return adjustmentFigures(network, estimateFor(network, name), nowMs)
  } catch (error) {
    if (error instanceof StrikelineError || error instanceof RangeError) return { error: error.message }
    throw error
  }
}
