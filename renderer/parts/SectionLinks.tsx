/** Where a notification leads. */
export const ALERTS_SECTION = 'market-alerts'

export type SectionLink = { readonly id: string; readonly title: string }

/** Brings a section into sight with the keyboard at its heading. */
export function goToSection(section: HTMLElement | null): void {
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
}

/** A way to each section of a long place, in sight at once. Each is an element with its id and a heading that takes the focus. */
export function SectionLinks({ of, links }: { readonly of: string; readonly links: readonly SectionLink[] }) {
  return (
    <nav className="section-links" aria-label={of}>
      {links.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className="button quiet"
          onClick={() => goToSection(document.getElementById(id))}
        >
          {title}
        </button>
      ))}
    </nav>
  )
}
