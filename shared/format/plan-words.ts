import type { NoStart } from '../domain/ahead/start.ts'
import type { Moved, Sensitivity } from '../domain/ahead/what-matters.ts'
import { number, THIN_SPACE } from './numbers.ts'

/** Why there is no plan, in a sentence that says what is needed. */
export function noStartWords(why: NoStart): string {
  switch (why.missing) {
    case 'network':
      return 'No network data, so there are no figures here.'
    case 'values':
      return 'A typed hashprice alone says nothing of the epochs ahead; price, difficulty, height and fees are needed too, so there is no projection.'
    case 'epoch':
      return 'The running epoch is not known, so there is no projection.'
    case 'contract':
      return `A stored contract cannot be weighed, so there is no projection: ${why.fault}.`
  }
}

const MOVED: Readonly<Record<Moved, string>> = {
  price: 'Bitcoin price',
  difficulty: 'Difficulty',
  power: 'Power price, all sites',
  uptime: 'Uptime',
}

/** What is moved and by how much: `Bitcoin price ±20 %`, `Uptime ±2 points`. */
export function movedWords({ moved, by }: Pick<Sensitivity, 'moved' | 'by'>): string {
  const size = number(by * 100, Number.isInteger(Math.round(by * 1e6) / 1e4) ? 0 : 1)
  const unit = moved !== 'uptime' ? `${THIN_SPACE}%` : size === '1' ? ' point' : ' points'
  return `${MOVED[moved]} ±${size}${unit}`
}
