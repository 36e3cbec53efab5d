import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import type { LedgerMonth, PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { hashesAt } from '#shared/domain/money/ledger/hashing.ts'
import { PAY_CAUSES } from '#shared/domain/money/ledger/month.ts'
import { THS_PER_PHS } from '#shared/domain/units.ts'
import { PAY_CAUSE_RULES, PAY_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import { ledgerLackWords } from '#shared/format/ledger-lack-words.ts'
import {
  capital,
  inUsd,
  luckWords,
  poolMonthWords,
  satBtc,
  signedSatBtc,
  sinceWords,
} from '#shared/format/ledger-month-words.ts'
import { usdCents } from '#shared/format/money.ts'
import { MISSING, percent } from '#shared/format/numbers.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import { Step } from '../../../parts/why/Step.tsx'

type Props = {
  readonly pool: PoolMonth
  readonly terms: PoolTerms | null
  readonly plans: LedgerMonth['plans']
  readonly isOver: boolean
}

/** How what came from a pool compares with theory: the formula, what it rests on, and each step. */
export function PoolWhy({ pool, terms, plans, isOver }: Props) {
  const { theory, missing } = pool
  const lacks = missing.map((lack) => ledgerLackWords(lack, isOver))
  const luck = luckWords(pool)
  return (
    <>
      <p className="why-verdict">{poolMonthWords(pool)}</p>
      <h3>What theory rests on</h3>
      <dl className="steps">
        <Terms terms={terms} />
        {plansOf(plans, terms).map(({ site, plan, isRecorded }) => (
          <Step
            key={site}
            name={`Plan, ${site === '' ? 'company' : site}`}
            value={hashrateOfThs(plan.hashratePhs * THS_PER_PHS)}
            how={`× uptime ${percent(plan.uptime)}; ${isRecorded ? 'recorded' : 'the fleet of now: no plan is recorded yet'}`}
          />
        ))}
      </dl>
      <h3>From theory to what came in, BTC</h3>
      <dl className="steps">
        <Step
          strong
          name="Theory"
          value={theory === null ? MISSING : satBtc(theory.sat)}
          how="Σ of the days: planned PH/s × uptime × reward of 1 PH/s in a day at its difficulty × (1 − agreed fee)"
        />
        {theory === null
          ? null
          : PAY_CAUSES.map((cause) => (
              <Step
                key={cause}
                name={capital(PAY_CAUSE_WORDS[cause])}
                value={
                  cause === 'price'
                    ? usdCents(inUsd(theory.steps.price.usdCents))
                    : signedSatBtc(theory.steps[cause].sat)
                }
                how={`${PAY_CAUSE_RULES[cause]}${cause === 'luck' && luck !== null ? `: ${luck}` : ''}`}
              />
            ))}
        <Step
          strong
          name="Came in"
          value={satBtc(pool.actualSat)}
          how={`${usdCents(inUsd(pool.actualUsdCents))} at what a bitcoin was worth when it came`}
        />
      </dl>
      {lacks.length === 0 ? null : (
        <>
          <h3>What is missing</h3>
          <ul className="ledger-notes">
            {lacks.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Plans of the sites whose machines hash for the pool. */
const plansOf = (plans: LedgerMonth['plans'], terms: PoolTerms | null) =>
  terms === null ? plans : plans.filter(({ site }) => hashesAt(terms, site))

function Terms({ terms }: { readonly terms: PoolTerms | null }) {
  if (terms === null)
    return <Step name="Terms" value={MISSING} how="none are stored of this month: say them under Pools" />
  const { from, scheme, fee, revenue } = terms
  return (
    <Step
      name={from === '' ? 'Terms' : `Terms ${sinceWords(from)}`}
      value={`${scheme.toUpperCase()}, fee ${percent(fee, 2)}`}
      how={`${scheme === 'pps' ? 'the subsidy alone is paid' : 'subsidy and fees are paid'}; income counts ${revenue === 'earned' ? 'on the day that it is earned' : 'when it is paid'}`}
    />
  )
}
