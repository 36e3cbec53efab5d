import { randomUUID } from 'node:crypto'
import type { PartPreview } from '#shared/ipc/schemas/case.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Changed, Store } from '#electron/store/sqlite/client.ts'
import type { AskedThing } from '#electron/files/questions.ts'
import type { PartFile } from './part-files.ts'

/** Bounds of the preview in the contract. */
const CHANGES_SHOWN = 200
const WARNINGS_SHOWN = 100

export type PartImports = {
  /** Says what a file would change and keeps it until it is confirmed or another one takes its place. */
  preview(file: PartFile, leavesUnknown: boolean): Promise<PartPreview>
  /**
   * Stores what waits under the token; what differs from what is stored only where `replace`.
   * @throws StrikelineError 'not-found' where another file is waiting now, 'bad-input' where something is refused
   */
  confirm(token: string, replace: boolean): Promise<Changed & { readonly hasLimits: boolean }>
  discard(token: string): void
}

type Waiting = PartFile & {
  readonly token: string
  readonly leavesUnknown: boolean
  /** what is remembered as answered once it is stored */
  readonly asked: readonly AskedThing[]
}

/** Files of contracts and ladders between their preview and their confirmation, one at a time. */
export function createPartImports(
  store: Pick<Store, 'compareParts' | 'takeParts' | 'findUnanswered' | 'rememberAnswers'>,
): PartImports {
  let waiting: Waiting | null = null

  return {
    async preview(file, leavesUnknown) {
      waiting = null
      const changes = await store.compareParts(file.parts)
      const asked = file.doubts.map((doubt) => doubt.asked)
      const open = await store.findUnanswered('prices', asked)
      const doubts = file.doubts.map(({ message }, i) =>
        open.includes(i) ? message : `${message} You accepted this before.`,
      )
      const token = randomUUID()
      waiting = { ...file, token, leavesUnknown, asked: open.map((i) => asked[i]!) }
      const tally = (wanted: string) => changes.filter(({ change }) => change === wanted).length
      return {
        token,
        fileName: file.fileName.slice(0, 300),
        warnings: [...doubts, ...file.warnings].slice(0, WARNINGS_SHOWN).map((words) => words.slice(0, 1000)),
        new: tally('new'),
        differs: tally('differs'),
        same: tally('same'),
        unknown: tally('unknown'),
        // Names that are not here first: they may refuse the file.
        changes: changes
          .filter(({ change }) => change !== 'same')
          .toSorted((a, b) => Number(b.change === 'unknown') - Number(a.change === 'unknown'))
          .slice(0, CHANGES_SHOWN)
          .map(({ name, words, ...change }) => ({
            ...change,
            name: name.slice(0, 300),
            words: words.slice(0, 600),
          })),
        leavesUnknown,
      }
    },
    async confirm(token, replace) {
      if (waiting?.token !== token)
        throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
      const { fileName, parts, leavesUnknown, asked } = waiting
      const { revision } = await store.takeParts(parts, { fileName, replace, leaveUnknown: leavesUnknown })
      waiting = null
      // whoever stores it has read it
      await store.rememberAnswers('prices', asked)
      return { revision, hasLimits: Object.keys(parts.limits).length > 0 }
    },
    discard(token) {
      if (waiting?.token === token) waiting = null
    },
  }
}
