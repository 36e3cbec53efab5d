import type { Model, ModelMatch } from '../fleet/catalogue.ts'
import { meantModel, nearestBin } from '../fleet/catalogue.ts'
import type { Ladder } from './point.ts'

/**
 * Which ladders are a machine's, by the name of its model. First those of the very bin ("S19j Pro 96T"), then
 * those of the same name as it is written, then those that name the family without a bin ("S19j Pro"). Names are
 * read as the catalogue reads them, so that no other machine can be meant.
 *
 * @returns (model, TH/s of the machine or NaN) → its ladders, in their order; several where several firmwares
 *   have one; empty where there is none
 */
export function ladderMatcher<L extends Ladder>(
  models: readonly Model[],
  ladders: readonly L[],
): (model: string, hashrateThs: number) => readonly L[] {
  const known = ladders.map((ladder) => ({
    ladder,
    name: folded(ladder.model),
    ...placeOf(meantModel(models, ladder.model)),
  }))
  // Names repeat, hashrates need not: only the name is looked up in the catalogue.
  const named = new Map<string, { readonly match: ModelMatch; readonly answers: Map<string, readonly L[]> }>()
  return (model, hashrateThs) => {
    let entry = named.get(model)
    if (entry === undefined)
      named.set(model, (entry = { match: meantModel(models, model), answers: new Map() }))
    const { match, answers } = entry
    const place = placeOf(match)
    const bin =
      match.kind === 'ambiguous' ? (nearestBin(match.candidates, hashrateThs)?.name ?? null) : place.bin
    let answer = answers.get(bin ?? '')
    if (answer === undefined) answers.set(bin ?? '', (answer = find(model, { ...place, bin })))
    return answer
  }

  function find(model: string, { bin, family }: Place): readonly L[] {
    const name = folded(model)
    const tests: readonly ((each: (typeof known)[number]) => boolean)[] = [
      (each) => bin !== null && each.bin === bin,
      (each) => name !== '' && each.name === name,
      (each) => family !== null && each.bin === null && each.family === family,
    ]
    for (const test of tests) {
      const found = known.filter(test)
      if (found.length > 0) return found.map(({ ladder }) => ladder)
    }
    return []
  }
}

type Place = { readonly bin: string | null; readonly family: string | null }

function placeOf(match: ModelMatch): Place {
  switch (match.kind) {
    case 'match':
      return { bin: match.model.name, family: match.model.family }
    case 'ambiguous': {
      const [first, ...others] = match.candidates
      const family = first?.family ?? null
      return { bin: null, family: others.every((model) => model.family === family) ? family : null }
    }
    case 'none':
      return { bin: null, family: null }
  }
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')
}
