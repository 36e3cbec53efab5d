import { createNetworkService } from '#electron/services/network-service.ts'
import { readChangedFiles } from '#electron/services/price-watch.ts'
import { withoutSample } from '#shared/ipc/conditions.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { writeLine } from '../json.ts'
import { nodeOptions, withStore } from '../stored.ts'
import { tellingAlerts } from './alerts.ts'
import { printNetwork } from './network.ts'

export const command = defineCommand({
  name: 'refresh',
  summary:
    'asks each source once, now, stores what it answers, reads watched price files that have changed, evaluates the alerts, and sends them to the webhook if one is set',
  options: { ...jsonOption, ...dataOption },
  async run({ options, host }) {
    const state = await withStore(host, options.data, async (store) => {
      const service = createNetworkService({
        store,
        version: host.version,
        ...nodeOptions(host, options.data),
      })
      try {
        const state = await service.refresh()
        for (const words of await readChangedFiles(store)) await writeLine(host.stderr, `warning: ${words}`)
        await tellingAlerts(
          host,
          options.data,
          store,
          () => service.read(),
          (alerts) => alerts.evaluate(),
        )
        return state
      } finally {
        await service.stop()
      }
    })
    await printNetwork(host, state, Date.now(), options.json)
    const known = withoutSample(state)
    const old = NETWORK_VALUE_NAMES.filter((name) => known.values[name]?.stale !== false)
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
