import type { Accepted, Question, QuestionName } from './questions.ts'
import { FileFaults } from './questions.ts'

/** One thing in the file that cannot be taken as it is. */
export type RowFault = {
  /** line of the file as a person counts it: the header is 1 */
  readonly row: number
  /** name of the column as the file spells it; '' where the whole row is meant */
  readonly column: string
  readonly message: string
  /** what to type on the command line about it, as the end of the sentence; the window has its own way */
  readonly remedy?: string
}

export const FAULTS_KEPT = 100
/** Things of one file that are remembered as answered; what is beyond is asked again. */
export const THINGS_KEPT = 1000

/** What keeps a file from being stored. */
type FaultyFile = {
  readonly faults: readonly RowFault[]
  readonly faultCount: number
  readonly questions: readonly Question[]
  readonly questionCounts: Readonly<Partial<Record<QuestionName, number>>>
  /** a list of objects: its rows are entries, its columns keys */
  readonly isList: boolean
}

/** "fleet.csv, row 3, column quantity: 1.5 is not a whole number of machines"; in a list "entry 3, key quantity" */
export function faultSentence(
  fileName: string,
  { row, column, message, remedy = '' }: RowFault,
  isList: boolean,
): string {
  const where = column === '' ? '' : `, ${isList ? 'key' : 'column'} ${column}`
  // what is said of the file as a whole stands in no row
  const place = row === 0 ? '' : `, ${isList ? 'entry' : 'row'} ${row}`
  return `${fileName}${place}${where}: ${message}${remedy}`
}

/** @throws FileFaults with the first faults, a line each, and the number of the others, where there are any */
export function refuseFaults(
  { faults, faultCount, isList }: Pick<FaultyFile, 'faults' | 'faultCount' | 'isList'>,
  fileName: string,
): void {
  if (faultCount > 0)
    throw new FileFaults(
      faults.map((fault) => faultSentence(fileName, fault, isList)),
      faultCount,
    )
}

/** @throws FileFaults with the questions that were not answered */
export function refuseQuestions(
  { questions, questionCounts, isList }: Pick<FaultyFile, 'questions' | 'questionCounts' | 'isList'>,
  fileName: string,
  accepted: Accepted,
): void {
  const open = questions.filter(({ name }) => !accepted.has(name))
  if (open.length === 0) return
  const total = Object.entries(questionCounts)
    .filter(([name]) => !accepted.has(name))
    .reduce((sum, [, count]) => sum + count, 0)
  const names = [...new Set(open.map(({ name }) => name))]
  const sentences = open.map((question) => faultSentence(fileName, question, isList))
  throw new FileFaults(
    [
      `${sentences[0]!.replace(/[.?]?$/, (end) => end || '.')} If it is right, --accept ${names.join(',')} takes it`,
      ...sentences.slice(1),
    ],
    total,
  )
}
