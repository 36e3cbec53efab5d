import type { ChannelInput, ChannelOutput } from './schemas/channels.ts'
import type { Result } from './errors.ts'
import type { EventPayload } from './schemas/events.ts'
import type { ChannelName, EventName } from './names.ts'

/**
 * What the preload puts on `window.api`: one function per channel (`fleet.read` → `api.fleet.read(input)`)
 * and one per event (`api.on['fleet.changed'](callback)`, which returns the function that ends it).
 */
export type Api = {
  readonly [G in GroupOf<ChannelName>]: {
    readonly [N in ChannelName as VerbOf<N, G>]: (input: ChannelInput<N>) => Promise<Result<ChannelOutput<N>>>
  }
} & {
  readonly on: {
    readonly [E in EventName]: (callback: (payload: EventPayload<E>) => void) => () => void
  }
}

type GroupOf<N extends string> = N extends `${infer Group}.${string}` ? Group : never
type VerbOf<N extends string, G extends string> = N extends `${G}.${infer Verb}` ? Verb : never
