import type { decisionChannels } from '#shared/ipc/schemas/decisions.ts'
import { isoDay } from '#shared/format/times.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

/** What was decided and what it brought; loaded when it is asked for. */
export function createDecisionHandlers({
  store,
  past,
  nowMs,
  dialogs,
}: Pick<HandlerPorts, 'store' | 'past' | 'nowMs' | 'dialogs'>): Pick<
  Handlers,
  keyof typeof decisionChannels
> {
  const service = async () => {
    const { createDecisionService } = await import('./decision-service.ts')
    return createDecisionService({ store, past, nowMs })
  }
  return {
    async 'decisions.read'({ atMost, ...period }) {
      return (await service()).read(period, atMost)
    },
    async 'decisions.export'(scope) {
      const path = await dialogs.saveFile('decisions', `decisions-${isoDay(nowMs())}.csv`)
      return path === null ? null : (await service()).exportTo(path, scope)
    },
  }
}
