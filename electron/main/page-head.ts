import type { DrawnPages } from '#shared/report/drawn.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * What stands at the head of each page, as Chromium takes it: a document of its own, which has no style sheet and in which it
 * fills in the numbers of the pages.
 */
export function headOfPages({ company, title, asOf }: DrawnPages['head']): string {
  const whose = company === '' ? '' : `<b>${escaped(company)}</b> · `
  return `<style>
  #header { padding: 0; }
  .head { display: flex; justify-content: space-between; gap: 8mm; width: 100%; margin: 8mm 14mm 0; padding-bottom: 1.4mm;
    border-bottom: 0.6pt solid #14181d; color: #414b56; font: 8pt/1.3 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif; }
  .head b { color: #14181d; }
  .head span:last-child { white-space: nowrap; }
</style><div class="head"><span>${whose}${escaped(title)}</span><span>${escaped(asOf)} · page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`
}
