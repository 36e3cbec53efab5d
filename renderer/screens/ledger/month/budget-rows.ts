import type { PeriodFigures, VarianceCause } from '#shared/domain/money/budget.ts'
import { periodMarginUsd, VARIANCE_CAUSES } from '#shared/domain/money/budget.ts'
import type { BudgetMonth } from '#shared/domain/money/ledger/month.ts'
import { THS_PER_PHS, W_PER_KW } from '#shared/domain/units.ts'
import { BUDGET_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import { bookedUsd, capital, inUsd, signedBookedUsd } from '#shared/format/ledger-month-words.ts'
import { btc, energyUnit, usdPerKwh, usdWhole } from '#shared/format/money.ts'
import { MISSING, percent } from '#shared/format/numbers.ts'
import { inSteps, printedSums } from '#shared/format/printed-sums.ts'
import { difficulty, hashrateOfThs, power } from '#shared/format/units.ts'

/** What a cause is of, in a cell. */
const WRITE: Readonly<Record<VarianceCause, (figures: PeriodFigures) => string>> = {
  price: ({ priceUsdPerBtc }) => usdWhole(priceUsdPerBtc),
  difficulty: (figures) => difficulty(figures.difficulty),
  reward: ({ rewardBtcPerBlock }) => btc(rewardBtcPerBlock),
  uptime: ({ uptime }) => percent(uptime),
  tariff: ({ tariffUsdPerKwh }) => `${usdPerKwh(tariffUsdPerKwh)} per ${energyUnit()}`,
  fleet: ({ hashratePhs, powerKw }) =>
    `${hashrateOfThs(hashratePhs * THS_PER_PHS)}, ${power(powerKw * W_PER_KW)}`,
}

type BudgetRow = {
  readonly name: string
  readonly plan: string
  readonly actual: string
  readonly effect: string
  readonly isTotal: boolean
}

/** Planned margin, what each cause did to it, and what it came to: effects add up as printed. */
export function budgetRows(budget: BudgetMonth): readonly BudgetRow[] {
  const { plan, actual, variance, restUsdCents, days } = budget
  const planned = inSteps(variance?.planUsd ?? periodMarginUsd(plan, days), 2)
  const came = inSteps(variance?.actualUsd ?? Number.NaN, 2)
  const effects =
    variance === null
      ? null
      : printedSums(
          VARIANCE_CAUSES.map((cause) => variance.effectsUsd[cause]),
          2,
          6,
          inUsd(came - planned),
        ).parts
  return [
    ...VARIANCE_CAUSES.map((cause, i) => ({
      name: capital(BUDGET_CAUSE_WORDS[cause]),
      plan: WRITE[cause](plan),
      actual: actual === null ? MISSING : WRITE[cause](actual),
      effect: signedBookedUsd(effects === null ? null : inSteps(effects[i]!, 2)),
      isTotal: false,
    })),
    {
      ...{ name: 'Cash margin', isTotal: true, effect: signedBookedUsd(came - planned) },
      ...{ plan: bookedUsd(planned), actual: bookedUsd(came) },
    },
    ...(restUsdCents === null || restUsdCents === 0
      ? []
      : [
          {
            ...{ name: 'The books beyond these figures', plan: '', isTotal: false },
            ...{ actual: signedBookedUsd(restUsdCents), effect: '' },
          },
        ]),
  ]
}
