import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { Accepted } from '#electron/files/questions.ts'
import { refuseDoubts } from '#electron/files/questions.ts'
import { acceptedNames, acceptOption } from '../answers.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { AdjustmentEstimate } from '#shared/domain/chain/adjustment.ts'
import { carryToNow, startOf } from '#shared/domain/chain/carried.ts'
import type { CarriedNetwork } from '#shared/domain/chain/carried.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { payFactor } from '#shared/domain/chain/network.ts'
import { clockWords } from '#shared/format/clock-words.ts'
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
    ...acceptOption,
    ...nowOption,
    ...jsonOption,
  },
  async run({ options, host, path }) {
    const nowMs = await nowGiven('adjustment', options.now)
    const accepted = acceptedNames('adjustment', options.accept)
    if (options.ndjson) {
      if (options.case !== undefined) throw new UsageError('adjustment: give --case or --ndjson, not both')
      await answerLines(host, nowMs, accepted)
      return EXIT.done
    }
    if (options.case === undefined)
      throw new UsageError('adjustment: --case NETWORK.JSON is missing (or --ndjson)')
    const file = path(options.case)
    const network = await networkOfFile(file, accepted)
    refuseTimeless('adjustment', nowMs, network)
    const { carried, estimate } = carriedCase({ network, nowMs }, basename(file))
    const figures = adjustmentFigures(carried, estimate, nowMs !== null)
    await warnOfClock(host, carried)
    if (options.json) await writeLine(host.stdout, JSON.stringify(figures))
    else {
      const { change, change80, change95 } = estimate
      await writeLine(
        host.stdout,
        `Next adjustment ${signedPercent(change)} (80 %: ${percentRange(change80)}; 95 %: ${percentRange(change95)}), difficulty ${difficulty(figures.difficulty ?? NaN)}, about ${figures.at ?? 'an unknown date'}`,
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

/** A case carried to its moment, and what a projection of it starts from. @throws StrikelineError where the epoch is missing */
export function carriedCase({ network, nowMs }: Pick<Case, 'network' | 'nowMs'>, name: string) {
  if (Number.isNaN(payFactor(network)))
    throw new StrikelineError(
      'bad-input',
      `${name}: a typed hashprice alone says nothing of the epochs ahead; price, difficulty, height and fees are needed too`,
    )
  const carried = carryToNow(network, estimateFor(network, name), nowMs)
  // An estimate that is carried stays one.
  return { carried, ...startOf(carried, carried.estimate!) }
}

/** The warning on standard error where time has done something to the values. */
export async function warnOfClock(host: CliHost, carried: CarriedNetwork): Promise<void> {
  const words = clockWords(carried, isoTime)
  if (words !== null) await writeLine(host.stderr, `warning: ${words}`)
}

/** What time has done to the values, for JSON: changes as fractions. */
export function clockFigures({ applied, mayHavePassedSinceMs }: CarriedNetwork) {
  return {
    applied: applied.map(({ dueMs, change, change95 }) => ({ expectedAt: isoTime(dueMs), change, change95 })),
    mayHavePassedSince: mayHavePassedSinceMs === null ? null : isoTime(mayHavePassedSinceMs),
  }
}

/**
 * change and ranges are fractions, of the next adjustment; difficulty is the one expected after it; at is null without a time of the
 * case, and never before the moment of it.
 */
export function adjustmentFigures(carried: CarriedNetwork, estimate: AdjustmentEstimate, isMoved: boolean) {
  const atMs = carried.nowMs + carried.secondsLeft * 1000
  return {
    plainChange: estimate.plainChange,
    change: estimate.change,
    change80: estimate.change80,
    change95: estimate.change95,
    secondsLeft: carried.secondsLeft,
    at: Number.isNaN(atMs) ? null : isoTime(atMs),
    difficulty: existing(carried.conditions.difficulty * (1 + estimate.change)),
    ...(isMoved ? clockFigures(carried) : {}),
  }
}

async function answerLines(host: CliHost, nowMs: number | null, accepted: Accepted): Promise<void> {
  const { networkDoubts, readNetworkCase } = await import('#electron/files/network-case.ts')
  const read = (text: string, name: string) => {
    const network = readNetworkCase(text, name)
    refuseDoubts(networkDoubts(network, name), 'network', accepted)
    return network
  }
  let line = 0
  for await (const text of linesIn(host.stdin)) {
    line++
    if (text.trim() !== '')
      await writeLine(host.stdout, JSON.stringify(answerLine(read, text, `line ${line}`, nowMs)))
  }
}

const MOST_LINE = 1_000_000

/** Line by line, however long the whole is. @throws UsageError at a line that is no case */
async function* linesIn(input: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of input.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + piece).split(/\r?\n/)
    rest = lines.pop()!
    yield* lines
    if (rest.length > MOST_LINE)
      throw new UsageError(
        `adjustment: a line of standard input is longer than ${MOST_LINE} characters: write one case per line`,
      )
  }
  if (rest !== '') yield rest
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
    const { carried, estimate } = carriedCase({ network, nowMs }, name)
    return adjustmentFigures(carried, estimate, nowMs !== null)
  } catch (error) {
    if (error instanceof StrikelineError || error instanceof RangeError) return { error: error.message }
    throw error
  }
}
