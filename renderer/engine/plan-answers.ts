import { setDisplay } from '#shared/format/display.ts'
import type { OverToday, Simulated } from './plan-view.ts'
import { chanceSteps, lotChances, overToday, planSteps } from './plan-view.ts'
import type {
  ChanceQuestion,
  FleetForPlan,
  FleetWish,
  FromPlan,
  PlanCalls,
  PlanCallName,
  PlanCase,
  ToPlan,
} from './plan-protocol.ts'

export type PlanAnswers = {
  readonly answer: (message: ToPlan) => void
  readonly take: (fleet: FleetForPlan) => void
}

/**
 * Answers what is asked of Plan. Figures go scenario by scenario and a simulation epoch by epoch, so that a newer question comes first.
 * @param wish asks the engine for a fleet
 * @param post to the page
 */
export function planAnswers(
  wish: (wanted: FleetWish) => void,
  post: (message: FromPlan) => void,
): PlanAnswers {
  let fleet: FleetForPlan | null = null
  let waiting: ((fleet: FleetForPlan) => void)[] = []
  let over: OverToday | null = null
  let simulated: Simulated | null = null
  /** numbers of the questions that are meant: one of before gives way */
  const meant = { plan: 0, chance: 0 }

  async function overFleet(asked: PlanCase): Promise<OverToday | null> {
    let known = fleet
    while (known === null || known.revision < asked.revision) {
      const coming = new Promise<FleetForPlan>((come) => waiting.push(come))
      wish({ revision: asked.revision })
      known = await coming
    }
    over = overToday(known, asked, over)
    return over
  }

  /** Step by step, with turns of the thread in which messages come in. @returns null where another question came */
  async function unlessAsked<S, T>(
    kind: keyof typeof meant,
    number: number,
    stepsOf: () => Promise<Generator<S, T>>,
    tell: (step: S) => void,
  ): Promise<T | null> {
    meant[kind] = number
    const steps = await stepsOf()
    for (;;) {
      await new Promise((done) => setTimeout(done))
      if (meant[kind] !== number) return null
      const step = steps.next()
      if (step.done === true) return step.value
      tell(step.value)
    }
  }

  async function chance(number: number, question: ChanceQuestion): Promise<PlanCalls['chance']['output']> {
    const found = await unlessAsked(
      'chance',
      number,
      async () => chanceSteps(await overFleet(question), question),
      (done) => post({ number, done, total: question.epochs }),
    )
    if (found === null || 'refusal' in found) return found
    simulated = found
    return found.view
  }

  async function output(message: ToPlan): Promise<PlanCalls[PlanCallName]['output']> {
    switch (message.name) {
      case 'plan':
        setDisplay(message.input.display)
        return unlessAsked(
          'plan',
          message.number,
          async () => planSteps(await overFleet(message.input), message.input),
          ({ done, total }) => post({ number: message.number, done, total }),
        )
      case 'chance':
        return chance(message.number, message.input)
      case 'lots':
        return simulated === null ? null : lotChances(simulated, message.input)
      case 'cancel':
        meant[message.input] = message.number
        return null
    }
  }

  return {
    answer(message) {
      const { number } = message
      output(message).then(
        (output) => post({ number, output }),
        (fault: unknown) => post({ number, fault: fault instanceof Error ? fault.message : String(fault) }),
      )
    },
    take(come) {
      fleet = come
      const told = waiting
      waiting = []
      for (const tell of told) tell(come)
    },
  }
}
