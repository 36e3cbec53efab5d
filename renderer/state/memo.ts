import type { WindowState } from './store.ts'

type Selector<T> = (state: WindowState) => T
type Selected<F extends readonly Selector<unknown>[]> = {
  readonly [K in keyof F]: F[K] extends Selector<infer T> ? T : never
}

/**
 * A selector that computes again only when one of its inputs is another object than last time. One entry: there is
 * one store and one screen.
 */
export function memo<const F extends readonly Selector<unknown>[], O>(
  inputs: F,
  compute: (...values: Selected<F>) => O,
): Selector<O> {
  let last: { readonly values: readonly unknown[]; readonly output: O } | undefined
  return (state) => {
    const values = inputs.map((input) => input(state))
    if (last?.values.every((value, i) => Object.is(value, values[i])) !== true) {
      last = { values, output: compute(...(values as unknown as Selected<F>)) }
    }
    return last.output
  }
}
