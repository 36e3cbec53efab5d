import type { AnswersBefore, AskedThing, Question, QuestionName } from './questions.ts'
import { gatheredThings } from './questions.ts'
import { FAULTS_KEPT, THINGS_KEPT } from './row-faults.ts'

/** What a question is about beside its row: see AskedThing. */
type About = { readonly field: string; readonly about: string; readonly value: number | null }

export type FileQuestions = {
  readonly questions: readonly Question[]
  readonly questionCounts: Readonly<Partial<Record<QuestionName, number>>>
  readonly asked: readonly AskedThing[]
  readonly answered: readonly (AskedThing & { readonly rows: number })[]
}

/** The questions that the rows of a file raise, without those that were answered before. */
export function fileQuestions(answersBefore: AnswersBefore = () => false) {
  const questions: Question[] = []
  const questionCounts: Partial<Record<QuestionName, number>> = {}
  const asked = gatheredThings(THINGS_KEPT)
  const answered = gatheredThings(THINGS_KEPT)
  return {
    ask: (question: Question, { field, about, value }: About): void => {
      const { name } = question
      const thing = { name, field, about: about.toLowerCase() }
      if (answersBefore(thing, value)) {
        answered.add(thing, value)
        return
      }
      asked.add(thing, value)
      const before = questionCounts[name] ?? 0
      questionCounts[name] = before + 1
      if (before < FAULTS_KEPT) questions.push(question)
    },
    finish: (): FileQuestions => ({
      questions,
      questionCounts,
      asked: asked.all(),
      answered: answered.all(),
    }),
  }
}
