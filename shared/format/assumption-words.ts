import type { GrowthPath } from '../domain/ahead/growth-path.ts'
import type { Assumptions } from '../domain/ahead/project.ts'
import { counted, number, percent } from './numbers.ts'

/**
 * No projection without its assumptions, in a sentence.
 * @param scale of `responseScale`; null: not known or nothing responds
 */
export function assumptionWords({ price, hashrate, response }: Assumptions, scale: number | null): string {
  const words = (what: string, path: GrowthPath) => {
    const rate = path.ratePerYear === 0 ? 'flat' : `${percent(path.ratePerYear)} a year`
    return path.days.length === 1
      ? `${what} ${rate}`
      : `${what} along a path of ${counted(path.days.length, 'point')}, then ${rate}`
  }
  return `Assumed: ${words('price', price)}, ${words('hashrate', hashrate)}, the network ${response === null ? 'does not respond' : 'responds'} to the hashprice${scale === null || scale === 1 ? '' : `, the break-evens of its supply curve taken × ${number(scale, 2)}, so that all of it runs today`}.`
}
