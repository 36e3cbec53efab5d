import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** A number with a noun behind it goes through `counted`, which knows one from many. */
const ROOMS = ['shared/format', 'renderer', 'electron']
const COUNTED_BY_HAND = [
  // `${count(machines)} machines`, `{count(rows)} rows`
  /\{count\([^{}]*\)\}\s(?:[a-z-]+\s)?(?:machines|lots|sites|rows|days|epochs|values|files|hours|models|points|copies|alerts|steps|times|lines|blocks)\b/,
  // `${rows.length} rows`, `${days} days`
  /\{[\w.]*(?:length|size|[Rr]ows|[Dd]ays|[Ll]ots|[Ee]pochs|[Mm]achines|withoutFigures|withoutPowerPrice|leftOut)\}\s(?:running\s)?(?:machines|lots|sites|rows|days|epochs|values|files|points|columns)\b/,
]

const filesOf = (room: string) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(room, name))

export const countedByHand = (source: string) =>
  source.split('\n').flatMap((line, i) => (COUNTED_BY_HAND.some((by) => by.test(line)) ? [i + 1] : []))

describe('plurals', () => {
  it('are found where they are written by hand', () => {
    expect(countedByHand('`${count(machines)} machines`\nok\n{plan.rows.length} rows')).toEqual([1, 3])
    expect(countedByHand("`${counted(machines, 'machine')}`\n`${count(runs)} of ${count(all)} run`")).toEqual(
      [],
    )
  })

  it('are written by `counted` everywhere', () => {
    const found = ROOMS.flatMap(filesOf).flatMap((file) =>
      countedByHand(readFileSync(file, 'utf8')).map((line) => `${file}:${line}`),
    )
    expect(found).toEqual([])
  })
})
