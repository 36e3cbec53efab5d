import { randomUUID } from 'node:crypto'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { PartPreview } from '#shared/ipc/schemas/case.ts'
import type { Changed, PartChange, PartRules, Store } from '#electron/store/sqlite/client.ts'
import { QUESTIONS, refuseDoubts } from '#electron/files/questions.ts'
import type { Accepted } from '#electron/files/questions.ts'
import type { PartFile } from './part-files.ts'
import { watchingOf } from './part-files.ts'

/** Bounds of the preview in the contract. */
const CHANGES_SHOWN = 200
const WARNINGS_SHOWN = 100
const QUESTION_ROWS_SHOWN = 20

/** How a file is stored. */
export type PartAnswers = Omit<PartRules, 'fileName' | 'watching'> & {
  readonly accepted: Accepted
  /** its price files are read again when they change */
  readonly isWatched: boolean
}

/**
 * Stores a file and what was accepted of it.
 * @returns also what is surprising in it and was accepted before
 * @throws FileFaults where something surprising was never accepted, StrikelineError where something is refused; then nothing is stored
 */
export async function storePartFile(
  store: Pick<Store, 'takeParts' | 'findUnanswered' | 'rememberAnswers'>,
  file: PartFile,
  { accepted, isWatched, ...rules }: PartAnswers,
): Promise<
  Changed & { readonly changes: readonly PartChange[]; readonly acceptedBefore: readonly string[] }
> {
  const { open, answered } = await openDoubts(store, file)
  refuseDoubts(
    open.map(({ message }) => message),
    'mean',
    accepted,
  )
  const taken = await store.takeParts(file.parts, {
    ...{ ...rules, fileName: file.fileName },
    watching: watchingOf(file, isWatched),
  })
  await store.rememberAnswers(
    'prices',
    open.map(({ asked }) => asked),
  )
  return { ...taken, acceptedBefore: answered.map(({ message }) => message) }
}

/** Doubts about a file that nobody has answered yet, and the others. */
async function openDoubts(store: Pick<Store, 'findUnanswered'>, { doubts }: PartFile) {
  const places = await store.findUnanswered(
    'prices',
    doubts.map(({ asked }) => asked),
  )
  return {
    open: doubts.filter((_, i) => places.includes(i)),
    answered: doubts.filter((_, i) => !places.includes(i)),
  }
}

export type PartImports = {
  /** Says what a file would change and keeps it until it is confirmed or another one takes its place. */
  preview(file: PartFile, leavesUnknown: boolean): Promise<PartPreview>
  /**
   * Stores what waits under the token; what differs from what is stored only where `replace`.
   * @throws StrikelineError 'not-found' where another file is waiting now, 'bad-input' where something is refused
   */
  confirm(
    token: string,
    said: { readonly replace: boolean; readonly accepted: readonly string[]; readonly isWatched: boolean },
  ): Promise<Changed & { readonly hasLimits: boolean; readonly hasWatched: boolean }>
  discard(token: string): void
}

type Waiting = { readonly file: PartFile; readonly token: string; readonly leavesUnknown: boolean }

/** Files of contracts and ladders between their preview and their confirmation, one at a time. */
export function createPartImports(
  store: Pick<
    Store,
    'compareParts' | 'takeParts' | 'findUnanswered' | 'rememberAnswers' | 'readWatchedFiles'
  >,
): PartImports {
  let waiting: Waiting | null = null

  return {
    async preview(file, leavesUnknown) {
      waiting = null
      const [changes, { open, answered }, watched] = await Promise.all([
        store.compareParts(file.parts),
        openDoubts(store, file),
        store.readWatchedFiles(),
      ])
      const token = randomUUID()
      waiting = { file, token, leavesUnknown }
      const tally = (wanted: string) => changes.filter(({ change }) => change === wanted).length
      const paths = file.watching.flatMap((each) => each.file?.path ?? [])
      const warnings = [
        ...answered.map(({ message }) => `${message} You accepted this before.`),
        ...file.warnings,
      ]
      return {
        token,
        fileName: file.fileName.slice(0, 300),
        warnings: warnings.slice(0, WARNINGS_SHOWN).map((words) => words.slice(0, 1000)),
        questions:
          open.length === 0
            ? []
            : [
                {
                  ...{ name: 'mean', about: QUESTIONS.mean, count: open.length },
                  rows: open
                    .slice(0, QUESTION_ROWS_SHOWN)
                    .map(({ message }) => ({ row: 0, column: '', message: message.slice(0, 400) })),
                },
              ],
        priceFiles: paths.length,
        isWatched: paths.length > 0 && paths.every((path) => watched.some((each) => each.path === path)),
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
    async confirm(token, { replace, accepted, isWatched }) {
      if (waiting?.token !== token)
        throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
      const { file, leavesUnknown } = waiting
      const { revision } = await storePartFile(store, file, {
        ...{ replace, leaveUnknown: leavesUnknown, accepted: new Set(accepted), isWatched },
      })
      waiting = null
      return {
        revision,
        hasLimits: Object.keys(file.parts.limits).length > 0,
        hasWatched: file.watching.length > 0,
      }
    },
    discard(token) {
      if (waiting?.token === token) waiting = null
    },
  }
}
