import { counted } from '../../format/numbers.ts'
import { dateTime } from '../../format/times.ts'
import type { Block, Fact } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NOT_SAID } from '../facts.ts'
import { SECTION_TITLES } from '../pack.ts'
import { heading } from '../table.ts'

/** Who hands over what, and as of when. */
export function coverSection({ case: of, asOfMs, money, machines }: ReportFacts): readonly Block[] {
  const { template, finance, fleet, madeAtMs, version } = of
  const { company } = finance
  const fact = (label: string, text: string): Fact => ({ label, text: text || NOT_SAID, origin: '' })
  const contents = template.sections.filter((name) => name !== 'cover').map((name) => SECTION_TITLES[name])
  return [
    ...(company.logo === null ? [] : [{ kind: 'logo' } as const]),
    { kind: 'headline', text: template.title },
    {
      kind: 'facts',
      facts: [
        fact('Company', company.name),
        fact('As of', dateTime(asOfMs)),
        fact('Prepared by', company.preparedBy),
        fact('Reviewed by', company.reviewedBy),
        fact(
          'Fleet',
          `${counted(machines, 'machine')} in ${counted(fleet.machines.length, 'lot')} at ${counted(fleet.sites.length, 'site')}`,
        ),
        fact('Money in', money.currency),
        fact('Made', `${dateTime(madeAtMs)}, Strikeline ${version}`),
      ],
    },
    ...(contents.length === 0
      ? []
      : [heading('Contents'), { kind: 'list', items: contents } satisfies Block]),
    { kind: 'seal' },
  ]
}
