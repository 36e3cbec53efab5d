import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** The two tables under "### Example: <name>" of a page in docs/: what each says of a name, as it is written. */
export type PageExample = {
  readonly input: ReadonlyMap<string, string>
  readonly result: ReadonlyMap<string, string>
}

export function exampleOn(page: string, name: string): PageExample {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  const start = text.indexOf(`### Example: ${name}\n`)
  if (start < 0) throw new Error(`docs/${page} has no example ${name}`)
  const tables = { input: new Map<string, string>(), result: new Map<string, string>() }
  let table = tables.input
  for (const line of text.slice(start).split('\n').slice(1)) {
    if (line.startsWith('#')) break
    const [first, value] = line
      .split('|')
      .slice(1, 3)
      .map((cell) => cell.trim())
    if (first === 'input') table = tables.input
    else if (first === 'result') table = tables.result
    else if (first?.startsWith('`')) table.set(first.replaceAll('`', ''), value!)
  }
  return tables
}

/** The inputs of an example as numbers; asking for one that is not on the page is a fault of the test. */
export function inputsOf({ input }: PageExample): (name: string) => number {
  return (name) => {
    const written = input.get(name)
    if (written === undefined) throw new Error(`The example has no input ${name}`)
    return Number(written)
  }
}

/** Every result on the page is what the engine gives, to half a unit of its last digit. */
export function expectResults({ result }: PageExample, actual: Readonly<Record<string, number>>): void {
  expect(result.size).toBeGreaterThan(0)
  for (const [figure, written] of result) {
    const [digits, exponent] = written.split('e')
    const decimals = digits!.split('.')[1]?.length ?? 0
    const halfUnit = 0.5 * 10 ** (Number(exponent ?? 0) - decimals)
    const given = actual[figure]
    expect(given, figure).toBeDefined()
    // the last digit itself is a binary fraction: a billionth of slack
    expect(
      Math.abs(given! - Number(written)),
      `${figure}: ${given!}, on the page ${written}`,
    ).toBeLessThanOrEqual(halfUnit * (1 + 1e-9))
  }
}
