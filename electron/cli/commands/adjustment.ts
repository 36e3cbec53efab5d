import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { readNetworkCase } from '#electron/files/network-case.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { AdjustmentEstimate } from '#shared/domain/chain/adjustment.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { percentRange, signedPercent } from '#shared/format/numbers.ts'
import { difficulty } from '#shared/format/units.ts'
import { networkOfFile } from '../case.ts'
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
    ...jsonOption,
  },
  async run({ options, host, path }) {
    if (options.ndjson) {
      if (options.case !== undefined) throw new UsageError('adjustment: give --case or --ndjson, not both')
      await answerLines(host)
      return EXIT.done
    }
    if (options.case === undefined)
      throw new UsageError('adjustment: --case NETWORK.JSON is missing (or --ndjson)')
    const file = path(options.case)
    const network = await networkOfFile(file)
    const estimate = estimateFor(network, basename(file))
    if (options.json) await writeLine(host.stdout, JSON.stringify(adjustmentFigures(network, estimate)))
    else {
      const figures = adjustmentFigures(network, estimate)
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

/** change and ranges are fractions; difficulty is the one expected after the adjustment; at is null without a time of the case. */
export function adjustmentFigures(network: NetworkConditions, estimate: AdjustmentEstimate) {
  return {
    plainChange: estimate.plainChange,
    change: estimate.change,
    change80: estimate.change80,
    change95: estimate.change95,
    secondsLeft: estimate.secondsLeft,
    at: network.atMs === null ? null : isoTime(network.atMs + estimate.secondsLeft * 1000),
    difficulty: existing(network.difficulty * (1 + estimate.change)),
  }
}

async function answerLines(host: CliHost): Promise<void> {
  let line = 0
  for await (const text of createInterface({ input: host.stdin, crlfDelay: Infinity })) {
    line++
    if (text.trim() !== '') await writeLine(host.stdout, JSON.stringify(answerLine(text, `line ${line}`)))
  }
}

/** A bad case answers in its own line; the others go on. */
function answerLine(text: string, name: string) {
  try {
    const network = readNetworkCase(text, name)
    return adjustmentFigures(network, estimateFor(network, name))
  } catch (error) {
    if (error instanceof StrikelineError || error instanceof RangeError) return { error: error.message }
    throw error
  }
}
