import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ReportCase } from '#shared/report/case.ts'
import type { BridgeBar, ReportDocument } from '#shared/report/document.ts'
import { factsOf } from '#shared/report/facts.ts'
import { Pack } from '#renderer/print/Pack.tsx'
import { NOON_MS } from '../renderer/network-state.ts'
import { everyBlock } from './every-block.ts'
import { REPORT_CASE } from './page-text.ts'

const ROWS = 130
const HASH = '7f3a91c204ee0123456789abcdef0123456789abcdef0123456789abcdef0123'

const reportCase: ReportCase = {
  ...REPORT_CASE,
  finance: {
    ...REPORT_CASE.finance,
    company: {
      ...REPORT_CASE.finance.company,
      logo: { type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) },
    },
  },
}

function markup(rowsAtMost: number | null = null, seal: string | null = HASH): string {
  const drawing = { facts: factsOf(reportCase), seal, rowsAtMost }
  return renderToStaticMarkup(createElement(Pack, { document: everyBlock(ROWS, NOON_MS), drawing }))
}

const ENERGY: BridgeBar = {
  label: 'Energy',
  usdPerBtc: 69_753.2,
  endsAtUsdPerBtc: 69_753.2,
  isTotal: false,
  printed: '$69\u202f754',
}

const count = (text: string, part: string | RegExp) => text.split(part).length - 1

describe('the pages', () => {
  const pages = markup()

  it('list every lot once, and their total once, as the last row', () => {
    for (let i = 1; i <= ROWS; i++) expect(count(pages, `>lot-${i}<`)).toBe(1)
    expect(count(pages, 'All lots')).toBe(1)
    expect(pages).toMatch(/<tr class="total"><th scope="row">All lots<\/th>.*?<\/tr><\/tbody>/)
    // 130 times −1.005, rounded to cents that add up as printed.
    expect(pages).toContain('−130.65')
  })

  it('have one heading of the first rank in each section, captions and headings of columns and rows', () => {
    expect(count(pages, '<section')).toBe(6)
    expect(count(pages, '<h1>')).toBe(6)
    expect(pages).toContain('<h1>Mining &lt;position&gt;</h1>')
    expect(pages).toContain('<h1>Power-down and start list</h1>')
    expect(pages).toContain('<caption>What to power down</caption>')
    expect(count(pages, '<th scope="col"')).toBe(5)
    expect(count(pages, '<th scope="row"')).toBe(ROWS + 1)
  })

  it('escape what people have typed', () => {
    expect(pages).toContain('R&amp;D &lt;1')
    expect(pages).toContain('Another &amp; more.')
    expect(pages).not.toContain('<position>')
  })

  it('hold no style, no script and nothing that is loaded', () => {
    expect(pages).not.toMatch(/\sstyle=|<script|<style|\shref=|\son\w+=/)
    expect([...pages.matchAll(/\ssrc="([^"]*)"/g)].map(([, source]) => source)).toEqual([
      'data:image/png;base64,iVBORw==',
    ])
  })

  it('carry the seal, short and whole, and nothing of it where they are not sealed', () => {
    expect(pages).toContain('7F3A·91C2·04EE')
    expect(pages).toContain('strikeline report open 7F3A91C204EE')
    expect(count(pages, HASH)).toBe(1)
    expect(markup(null, null)).not.toMatch(/sealed as|SHA-256/)
  })

  it('cut long tables in a preview and say how much is left out, with the total of all', () => {
    const preview = markup(20)
    expect(count(preview, /<th scope="row">lot-/)).toBe(20)
    expect(preview).toContain('110 more rows are on the printed pages.')
    expect(preview).toContain('−130.65')
  })

  it('give a section that is a sentence no page of its own', () => {
    const document = {
      ...everyBlock(ROWS, NOON_MS),
      sections: [
        { name: 'projection', blocks: [{ kind: 'sentence', text: 'There is no projection.' }] },
        { name: 'bridge', blocks: [{ kind: 'bridge', bars: [ENERGY], priceUsdPerBtc: 88_300 }] },
      ],
    } satisfies ReportDocument
    const drawing = { facts: factsOf(reportCase), seal: null, rowsAtMost: null }
    const drawn = renderToStaticMarkup(createElement(Pack, { document, drawing }))
    expect(drawn).toContain('<section class="part projection brief"')
    expect(drawn).toContain('<section class="part bridge"')
    // A step reads as in its table, where it is the difference of two sums that are rounded up.
    expect(drawn).toContain('>$69\u202f754<')
    expect(drawn).not.toContain('69\u202f753')
  })

  it('tell pictures in words', () => {
    expect(pages).toMatch(/aria-label="Waterfall of the cost of one BTC: Energy \$69[^"]*price \$88/)
    expect(pages).toContain('aria-label="Cash margin: As it is, Growth, Recovery.')
    expect(pages).toMatch(/<svg class="strike-drawing"[^>]*role="img"[^>]*aria-label="2 steps/)
  })
})
