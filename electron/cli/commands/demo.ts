import { join } from 'node:path'
import { advise } from '#shared/domain/decision/advise.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { calendarDayOf } from '#shared/format/times.ts'
import { unstoredCase } from '../case-inputs.ts'
import { fleetOfFile, networkOfFile } from '../case.ts'
import type { Basis } from '../case.ts'
import { defineCommand, EXIT, jsonOption } from '../command.ts'
import { decisionDocument, decisionLines } from '../decision-document.ts'
import type { Decided } from '../decision-document.ts'
import { isoTime, wholeDocument, writeLine } from '../json.ts'
import { marginsDocument, marginsLines } from './margins.ts'

const NETWORK_FILE = 'sample-network.json'

export const command = defineCommand({
  name: 'demo',
  summary: 'margins and decision of the sample fleet on the sample network: needs no data and no network',
  options: { ...jsonOption },
  async run({ options, host }) {
    const fleet = await fleetOfFile(join(host.assetsFolder, 'sample-fleet.csv'), host)
    const network = await networkOfFile(join(host.assetsFolder, NETWORK_FILE))
    if (network.atMs === null) throw new Error(`${NETWORK_FILE} has no date.`)
    const sample = { at: isoTime(network.atMs), values: NETWORK_VALUE_NAMES }
    const restsOn: Basis = { stale: [], typed: [], sample }
    const prepared = prepare(fleet, await unstoredCase(host))
    const market = marketOf(network, { change: null, horizonDays: null })
    const decided: Decided = {
      prepared,
      market,
      advice: advise(prepared, market),
      leftOut: { contracts: 0, ladders: 0 },
      restsOn,
      withProbability: false,
    }
    if (options.json) {
      const margins = wholeDocument(marginsDocument(prepared, network, restsOn))
      const decide = wholeDocument(decisionDocument(decided))
      await writeLine(host.stdout, JSON.stringify({ sample, margins, decide }))
      return EXIT.done
    }
    const title = `The sample fleet on the sample network of ${calendarDayOf(network.atMs)}: made up, to look around.`
    const lines = [
      title,
      '',
      ...marginsLines(prepared, network, US_DOLLARS),
      '',
      ...decisionLines(decided, US_DOLLARS),
    ]
    for (const line of lines) await writeLine(host.stdout, line)
    return EXIT.done
  },
})
