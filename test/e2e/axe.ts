import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

type Where = {
  /** a selector; absent: the whole page */
  readonly within?: string
  /** also by what is good practice and no rule of WCAG */
  readonly strict?: boolean
}

/** What axe finds against the rules of WCAG A and AA (names, roles, contrast, focus), and at what. */
export async function faultsOf(window: Page, { within, strict = false }: Where = {}): Promise<string[]> {
  // The modern mode opens a page of its own, which a desktop program does not let anyone do.
  const axe = new AxeBuilder({ page: window }).setLegacyMode(true)
  axe.withTags(strict ? [...WCAG, 'best-practice'] : WCAG)
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
