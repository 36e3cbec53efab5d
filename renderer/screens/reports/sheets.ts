import printed from '../../print/print.css?inline'
import sheets from './sheets.css?inline'

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}

let styles: readonly CSSStyleSheet[] | null = null

/**
 * Puts the pages into a tree of their own, which neither takes a rule from the window nor gives it one. Their markup has no script,
 * and what is set as markup would run none.
 */
export function showIn(host: HTMLElement, html: string): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [...(styles ??= [sheetOf(printed), sheetOf(sheets)])]
  const read = new DOMParser().parseFromString(html, 'text/html')
  // In the window they are a part of a place, with its heading above theirs.
  const pages = document.createElement('div')
  const main = read.querySelector('main')
  pages.className = main?.className ?? ''
  pages.append(...(main ?? read.body).childNodes)
  for (const heading of pages.querySelectorAll('h1, h2, h3'))
    heading.ariaLevel = String(Number(heading.tagName.slice(1)) + 1)
  root.replaceChildren(pages)
}
