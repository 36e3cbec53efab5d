import { assumptionLines } from '../assumption-lines.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { FORMULAS, ROUNDING } from '../formulas.ts'
import { columnsOver, heading, table, tableOf } from '../table.ts'
import { workedExample } from '../worked-example.ts'

/** What all figures assume, and how each is computed, so that any of them can be computed again from the pages alone. */
export function definitionsSection(facts: ReportFacts): readonly Block[] {
  const { text } = columnsOver(FORMULAS)
  return [
    heading('Assumptions'),
    { kind: 'list', items: assumptionLines(facts) },
    table(
      tableOf('formulas', 'How each figure is computed', null, [
        text('figure', 'Figure', ({ figure }) => figure),
        text('unit', 'Unit', ({ unit }) => unit.replaceAll('USD', facts.money.currency)),
        text('formula', 'Formula', ({ words }) => words),
      ]),
    ),
    ...(facts.picture === null ? [] : workedExample(facts, facts.picture)),
    heading('Rounding'),
    { kind: 'list', items: ROUNDING },
  ]
}
