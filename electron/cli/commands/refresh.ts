import { createNetworkService } from '#electron/services/network-service.ts'
import { NETWORK_VALUE_NAMES } from '#shared/contract/network.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'
import { printNetwork } from './network.ts'

export const command = defineCommand({
  name: 'refresh',
  summary: 'asks each source once, now, and stores what it answers',
  options: { ...jsonOption, ...dataOption },
  async run({ options, host }) {
    const state = await withStore(host, options.data, async (store) => {
      const service = createNetworkService({ store, version: host.version })
      try {
        return await service.refresh()
      } finally {
        await service.stop()
      }
    })
    await printNetwork(host, state, Date.now(), options.json)
    const old = NETWORK_VALUE_NAMES.filter((name) => state.values[name]?.stale !== false)
    if (old.length === 0) return EXIT.done
    const reasons = state.sources.flatMap(({ name, lastError }) =>
      lastError === null ? [] : [`${name}: ${lastError}`],
    )
    await writeLine(
      host.stderr,
      `strikeline: stale or missing: ${old.join(', ')}. ${reasons.join(' ')}`.trim(),
    )
    return EXIT.stale
  },
})
