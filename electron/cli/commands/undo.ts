import type { Store } from '#electron/store/sqlite/client.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { dataOption, defineCommand, EXIT, jsonOption } from '../command.ts'
import { writeLine } from '../json.ts'
import { withStore } from '../stored.ts'

const WORDS = {
  undo: { summary: 'takes the last change of the fleet back', done: 'undone' },
  redo: { summary: 'makes a change again that was taken back', done: 'redone' },
} as const

/** Both go through the steps that the file remembers, whoever made them. */
const commandOf = (side: keyof typeof WORDS) =>
  defineCommand({
    name: side,
    summary: `${WORDS[side].summary}; with --list says what that would be`,
    options: {
      list: { type: 'boolean', help: 'only say what there is to undo and to redo' },
      ...jsonOption,
      ...dataOption,
    },
    async run({ options, host }) {
      const { list, json, data } = options
      const steps = await withStore(host, data, (store): Promise<Steps> =>
        list ? stepsOf(store) : goTo(store, side),
      )
      if (json) await writeLine(host.stdout, JSON.stringify(steps))
      else
        for (const [name, words] of Object.entries(steps))
          await writeLine(host.stdout, `${name}: ${words ?? 'nothing'}`)
      return EXIT.done
    },
  })

/** Words of steps by what was or would be done with them; null: there is none. */
type Steps = Readonly<Record<string, string | null>>

async function stepsOf(store: Store) {
  const { undo, redo } = await store.readFleetSince(await store.readFleetRevision())
  return { undo, redo }
}

async function goTo(store: Store, side: keyof typeof WORDS) {
  const { revision, ...words } = await store.readFleetSince(await store.readFleetRevision())
  if (words[side] === null) throw new StrikelineError('bad-input', `${side}: there is nothing to ${side}`)
  await store[side](revision)
  return { [WORDS[side].done]: words[side] }
}

export const undo = { command: commandOf('undo') }
export const redo = { command: commandOf('redo') }
