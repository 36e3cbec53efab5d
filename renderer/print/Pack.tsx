import type { Block, ReportDocument, Section } from '#shared/report/document.ts'
import { SECTION_TITLES } from '#shared/report/pack.ts'
import type { Drawing } from './PackBlock.tsx'
import { PackBlock } from './PackBlock.tsx'
import { PackTable } from './PackTable.tsx'
import { fitOf, printedTable } from './table-size.ts'

/** A report as pages: each section begins on one of its own, unless it is a sentence. */
export function Pack({
  document,
  drawing,
}: {
  readonly document: ReportDocument
  readonly drawing: Drawing
}) {
  return (
    <main className={`pages ${drawing.facts.case.template.paper}`}>
      {document.sections.map((section) => (
        <Part key={section.name} section={section} drawing={drawing} />
      ))}
    </main>
  )
}

/** Chromium puts each picture on a page of its own where the paper lies on its side. */
const PICTURES: ReadonlySet<Block['kind']> = new Set<Block['kind']>(['strikeLine', 'bridge', 'chart', 'logo'])

/** A section that has little more to say than that there is nothing: it needs no page of its own. */
const SAID_BRIEFLY = 2
const isBrief = ({ blocks }: Section): boolean =>
  blocks.length <= SAID_BRIEFLY && blocks.every(({ kind }) => kind === 'sentence' || kind === 'note')

type PartProps = { readonly section: Section; readonly drawing: Drawing }

function Part({ section, drawing }: PartProps) {
  const { name, blocks } = section
  const { money } = drawing.facts
  const title = name === 'cover' ? blocks.findIndex(({ kind }) => kind === 'headline') : -1
  const tables = blocks.map((block) => (block.kind === 'table' ? printedTable(block.table, money) : null))
  const hasPicture = blocks.some(({ kind }) => PICTURES.has(kind))
  const { isOnSide, tables: fits } = fitOf(
    tables.filter((table) => table !== null),
    !hasPicture,
  )
  const nextFit = fits.values()
  const kinds = ['part', name, ...(isOnSide ? ['on-side'] : []), ...(isBrief(section) ? ['brief'] : [])]
  return (
    <section className={kinds.join(' ')} data-section={name}>
      {title === -1 ? <h1>{SECTION_TITLES[name]}</h1> : null}
      {blocks.map((block, i) => {
        if (i === title && block.kind === 'headline') return <h1 key={i}>{block.text}</h1>
        if (block.kind !== 'table') return <PackBlock key={i} block={block} drawing={drawing} />
        const { title: caption, totalLabel } = block.table
        return (
          <PackTable
            key={i}
            table={tables[i]!}
            title={caption}
            totalLabel={totalLabel}
            fit={nextFit.next().value!}
            isOnSide={isOnSide}
            rowsAtMost={drawing.rowsAtMost}
          />
        )
      })}
    </section>
  )
}
