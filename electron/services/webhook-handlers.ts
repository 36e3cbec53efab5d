import type { webhookChannels } from '#shared/ipc/schemas/webhook.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

/** Where alerts are sent. The address goes in and never out. */
export function createWebhookHandlers({
  webhook,
  settings,
  emit,
}: Pick<HandlerPorts, 'webhook' | 'settings' | 'emit'>): Pick<Handlers, keyof typeof webhookChannels> {
  return {
    'webhook.read': () => webhook.read(),
    'webhook.set': ({ address }) => webhook.set(address),
    async 'webhook.remove'() {
      const state = await webhook.remove()
      // The file that the address came from is no longer named.
      emit('settings.changed', await settings.read())
      return state
    },
    'webhook.test': () => webhook.test(),
  }
}
