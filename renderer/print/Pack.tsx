import type { ReportDocument, Section } from '#shared/report/document.ts'
import { SECTION_TITLES } from '#shared/report/pack.ts'
import type { Drawing } from './PackBlock.tsx'
import { PackBlock } from './PackBlock.tsx'

/** A report as pages: each section begins on one of its own. */
export function Pack({ document, drawing }: { readonly document: ReportDocument; readonly drawing: Drawing }) {
  return (
    <main className={`pages ${drawing.facts.case.template.paper}`}>
      {document.sections.map((section) => (
        <Part key={section.name} section={section} drawing={drawing} />
      ))}
    </main>
  )
}

function Part({ section: { name, blocks }, drawing }: { readonly section: Section; readonly drawing: Drawing }) {
  const isCover = name === 'cover'
  const title = isCover ? blocks.findIndex(({ kind }) => kind === 'headline') : -1
  return (
    <section className={`part ${name}`} data-section={name}>
      {title === -1 ? <h1>{SECTION_TITLES[name]}</h1> : null}
      {blocks.map((block, i) =>
        i === title && block.kind === 'headline' ? (
          <h1 key={i}>{block.text}</h1>
        ) : (
          <PackBlock key={i} block={block} drawing={drawing} />
        ),
      )}
      {name === 'sources' && drawing.seal !== null ? (
        <p className="note">
          The inputs of this report are sealed. Whole hash, SHA-256: <code>{drawing.seal}</code>
        </p>
      ) : null}
    </section>
  )
}
