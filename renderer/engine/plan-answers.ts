import { setDisplay } from '#shared/format/display.ts'
import type { OverToday, Simulated } from './plan-view.ts'
import { chanceSteps, lotChances, overToday, planView } from './plan-view.ts'
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
 * Answers what is asked of Plan. A simulation goes epoch by epoch, so that whatever is asked meanwhile is answered in between.
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
  /** number of the simulation that is meant; another one under way ends */
  let meant = 0

  async function overFleet(asked: PlanCase): Promise<OverToday | null> {
    let known = fleet
    while (known === null || known.revision < asked.revision) {
      wish({ revision: asked.revision })
      known = await new Promise<FleetForPlan>((come) => waiting.push(come))
    }
    over = overToday(known, asked, over)
    return over
  }

  async function chance(number: number, question: ChanceQuestion): Promise<PlanCalls['chance']['output']> {
    meant = number
    const steps = chanceSteps(await overFleet(question), question)
    while (meant === number) {
      const step = steps.next()
      if (step.done === true) {
        if ('refusal' in step.value) return step.value
        simulated = step.value
        return step.value.view
      }
      post({ number, done: step.value, total: question.epochs })
      // A turn of the thread, in which messages come in.
      await new Promise((done) => setTimeout(done))
    }
    return null
  }

  async function output(message: ToPlan): Promise<PlanCalls[PlanCallName]['output']> {
    switch (message.name) {
      case 'plan':
        setDisplay(message.input.display)
        return planView(await overFleet(message.input), message.input)
      case 'chance':
        return chance(message.number, message.input)
      case 'lots':
        return simulated === null ? null : lotChances(simulated, message.input)
      case 'cancel':
        meant = message.number
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
