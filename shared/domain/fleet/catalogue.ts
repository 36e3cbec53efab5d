import { editDistance } from './edit-distance.ts'

/**
 * The catalogue of machines: nameplate figures by model, and the two ways to find one. `findModels` is for a
 * person who types and looks at the answers; `matchModel` is for a file, where nobody looks: it answers only
 * when no other machine can be meant, because a wrong machine is worse than none.
 */

export const COOLINGS = ['air', 'hydro', 'immersion'] as const
export type Cooling = (typeof COOLINGS)[number]

export type Model = {
  /** as an operator says it: "Antminer S19j Pro 104T" */
  readonly name: string
  /** the name without its hashrate bin: "Antminer S19j Pro" */
  readonly family: string
  readonly maker: string
  readonly hashrateThs: number
  /** at the wall, nameplate */
  readonly powerW: number
  /** YYYY-MM, or YYYY where the month is not known; null: not known */
  readonly released: string | null
  readonly cooling: Cooling
  /** key in {@link Catalogue.sources} */
  readonly source: string
  /** page that the source names for this model; relative to the source's address unless it is complete */
  readonly page?: string
}

export type CatalogueSource = { readonly name: string; readonly url: string | null }

export type Catalogue = {
  readonly sources: Readonly<Record<string, CatalogueSource>>
  readonly models: readonly Model[]
}

/** Nameplate efficiency, J/TH. */
export function efficiencyJPerTh(model: Model): number {
  return model.powerW / model.hashrateThs
}

/** Address where the figures of a model were read; null where the source has none. */
export function sourceUrl(catalogue: Catalogue, model: Model): string | null {
  const base = catalogue.sources[model.source]?.url ?? null
  if (model.page === undefined) return base
  return model.page.startsWith('https://') ? model.page : base === null ? null : base + model.page
}

export type ModelMatch =
  | { readonly kind: 'match'; readonly model: Model }
  /** the family is clear, the bin is not */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Model[] }
  /** near: models that look like it, for a message; possibly empty */
  | { readonly kind: 'none'; readonly near: readonly Model[] }

/** How far the hashrate of a machine may be from a bin's nameplate to take it as that bin. */
const SAME_BIN = 0.02

/**
 * The one model that a name means. Spelling is forgiving (case, spaces, dashes, brackets, "TH/s", the maker's
 * name present or not), meaning is not: "S19", "S19 Pro", "S19j Pro" and "S19j Pro+" are four families.
 *
 * A name without a hashrate is a match where the family has one bin only, or where `hashrateThs` (TH/s of the
 * machine, from elsewhere) is within 2 % of exactly one nearest bin. A name with a hashrate must name a bin.
 */
export function matchModel(models: readonly Model[], name: string, hashrateThs = NaN): ModelMatch {
  const meant = meantModel(models, name, hashrateThs)
  return meant.kind === 'none' && meant.near.length === 0
    ? { kind: 'none', near: findModels(models, name, 3) }
    : meant
}

/** As {@link matchModel}, without looking for what a name that means nothing is near to: that takes long. */
export function meantModel(models: readonly Model[], name: string, hashrateThs = NaN): ModelMatch {
  const wanted = readName(name)
  const families = indexOf(models).families.filter(
    (family) =>
      (wanted.brands.length > 0 || !family.needsBrand) &&
      wanted.brands.every((brand) => family.brands.includes(brand)) &&
      family.keys.some((key) => wanted.keys.includes(key)),
  )
  const named = families.filter((family) => family.keys.includes(wanted.whole))
  const meant = named.length > 0 ? named : families
  const bins = meant.flatMap((family) => family.models)
  // "Nano 3" ends in a number that belongs to the name; only what is left over is a hashrate
  const nameThs = named.length > 0 ? wanted.statedThs : wanted.hashrateThs
  const fitting = nameThs === null ? bins : bins.filter((model) => model.hashrateThs === nameThs)
  const one =
    fitting.length === 1 ? fitting[0] : nameThs === null ? nearestBin(fitting, hashrateThs) : undefined
  if (one !== undefined) return { kind: 'match', model: one }
  if (fitting.length > 1) return { kind: 'ambiguous', candidates: fitting }
  return { kind: 'none', near: bins }
}

/** The bin within 2 % of a hashrate, TH/s; undefined where none is, or two are equally near. */
export function nearestBin(bins: readonly Model[], hashrateThs: number): Model | undefined {
  const byDistance = bins
    .map((model) => ({ model, distance: Math.abs(model.hashrateThs - hashrateThs) / model.hashrateThs }))
    .filter(({ distance }) => distance <= SAME_BIN)
    .sort((a, b) => a.distance - b.distance)
  const [first, second] = byDistance
  return first !== undefined && first.distance !== second?.distance ? first.model : undefined
}

/**
 * Models that a person may mean by what was typed so far, best first, at most `limit`. Slips of one or two
 * letters and unfinished words are fine; an empty query gives the first of the catalogue.
 */
export function findModels(models: readonly Model[], query: string, limit: number): readonly Model[] {
  const wanted = readName(query)
  const ranked: { model: Model; distance: number; offBin: number; place: number }[] = []
  let place = 0
  for (const family of indexOf(models).families) {
    const brandFits = wanted.brands.every((brand) => family.brands.includes(brand))
    for (const model of family.models) {
      place++
      if (!brandFits) continue
      // the whole text as a name ("nano 3"), or its end as a hashrate ("s19jpro 104"): whichever fits better
      const asName = nameDistance(family.spoken, [wanted.whole]) + binDistance(model, wanted.statedThs)
      const asBin = nameDistance(family.spoken, wanted.keys) + binDistance(model, wanted.hashrateThs)
      const distance = Math.min(asName, asBin)
      if (!Number.isFinite(distance)) continue
      const offBin = wanted.hashrateThs === null ? 0 : Math.abs(model.hashrateThs - wanted.hashrateThs)
      ranked.push({ model, distance, offBin, place })
    }
  }
  ranked.sort((a, b) => a.distance - b.distance || a.offBin - b.offBin || a.place - b.place)
  return ranked.slice(0, limit).map(({ model }) => model)
}

/** Missing another bin than the typed one is worse than a word left out ("s19 104" is an S19 Pro before an S19 95T). */
function binDistance(model: Model, hashrateThs: number | null): number {
  return hashrateThs === null || model.hashrateThs === hashrateThs ? 0 : 25
}

/** 0 the same, below 20 begins with it, below 40 contains it, below 70 differs by a slip, else Infinity. */
function nameDistance(keys: readonly string[], wantedKeys: readonly string[]): number {
  let best = Infinity
  for (const key of keys) {
    for (const wanted of wantedKeys) {
      const left = Math.min(19, key.length - wanted.length)
      if (key === wanted || wanted === '') return 0
      if (key.startsWith(wanted)) best = Math.min(best, left)
      else if (key.includes(wanted)) best = Math.min(best, 20 + left)
      else if (wanted.length >= 3) {
        const slips = editDistance(key, wanted, wanted.length >= 6 ? 2 : 1)
        if (slips <= (wanted.length >= 6 ? 2 : 1)) best = Math.min(best, 40 + 10 * slips)
        // a word before it that we do not know, such as a misspelt maker
        else if (key.length >= 3 && wanted.endsWith(key)) best = Math.min(best, 69)
      }
    }
  }
  return best
}

type Family = {
  readonly models: readonly Model[]
  readonly brands: readonly string[]
  /** squeezed names, without the maker's */
  readonly keys: readonly string[]
  /** the keys and the full name squeezed, so that "whats" finds the Whatsminers */
  readonly spoken: readonly string[]
  /** too short or too common a name to stand without its maker */
  readonly needsBrand: boolean
}

/** Words that name a maker or a line of machines, by the maker of the catalogue. */
const BRANDS: Readonly<Record<string, readonly string[]>> = {
  Bitmain: ['bitmain', 'antminer'],
  MicroBT: ['microbt', 'whatsminer'],
  Canaan: ['canaan', 'avalonminer', 'avalon'],
  Bitdeer: ['bitdeer', 'sealminer'],
  Auradine: ['auradine', 'teraflux'],
  Proto: ['proto', 'block'],
  Braiins: ['braiins'],
  FutureBit: ['futurebit'],
  GekkoScience: ['gekkoscience'],
  Heatbit: ['heatbit'],
  Hammer: ['hammer'],
  Jingle: ['jingle'],
  Bitaxe: ['bitaxe'],
  Goldshell: ['goldshell'],
  Innosilicon: ['innosilicon'],
  Ebang: ['ebang', 'ebit'],
  StrongU: ['strongu'],
  Halong: ['halong', 'dragonmint'],
  Hummer: ['hummer'],
}
/** Makers whose names are so short that machines of others bear them too: "T3", "E12", "A2". */
const SHORT_NAMES: ReadonlySet<string> = new Set(['Bitdeer', 'Innosilicon', 'Ebang', 'Halong', 'Hummer'])
/** Firmware that tools write behind the model, and a board without its PIC controller: the machine is the same. */
const NO_PART_OF_NAME =
  /\b(?:no pic|vnish|luxos|lux ?os|luxor firmware|braiins ?os\+?|bos(?:miner)?\+?|hive ?on(?: ?os)?|hiveos|mara ?fw|marafw|epic(?: ?umc)?|stock(?: firmware)?)(?![a-z0-9])/g
/** Whatsminer boards: "M50S VH30". They say how the machine is built, not what it hashes. */
const BOARD_CODE = /\b(m[2-7]\d[a-z]{0,2}\+{0,2}) ?v[a-z]?\d{1,3}[a-z]?(?![a-z0-9+])/
/** Names under which tools know a model, squeezed → as the catalogue has it. */
const ALIASES: Readonly<Record<string, string>> = {
  bmm101: 'minibmm101',
  bmm100: 'minibmm100',
  'nerdqaxe+2': 'nerdqaxe++',
  t2turbo: 't2t',
  't2turbo+': 't2t+',
  't2turbohf+': 't2thf+',
}
const BRAND_WORDS = new RegExp(Object.values(BRANDS).flat().join('|'), 'g')

const indexes = new WeakMap<readonly Model[], { readonly families: readonly Family[] }>()

function indexOf(models: readonly Model[]): { readonly families: readonly Family[] } {
  let index = indexes.get(models)
  if (index === undefined) {
    const byFamily = new Map<string, Model[]>()
    for (const model of models) {
      const bins = byFamily.get(model.family)
      if (bins === undefined) byFamily.set(model.family, [model])
      else bins.push(model)
    }
    index = { families: [...byFamily].map(([name, bins]) => familyOf(name, bins)) }
    indexes.set(models, index)
  }
  return index
}

function familyOf(name: string, models: readonly Model[]): Family {
  const { whole } = readName(name)
  const maker = models[0]!.maker
  // "A1466" and "1466", "841" and "A841" are the same Avalon
  const other =
    maker !== 'Canaan'
      ? null
      : /^a\d{4}/.test(whole)
        ? whole.slice(1)
        : /^\d{3,4}/.test(whole)
          ? `a${whole}`
          : null
  const keys = other === null ? [whole] : [whole, other]
  return {
    models,
    brands: BRANDS[maker] ?? [],
    keys,
    spoken: [...keys, squeeze(name.toLowerCase().replace(/[^a-z0-9+]+/g, ' '))],
    // "Q", "Rig", "Trio"
    needsBrand: maker in BRANDS && (!/\d/.test(whole) || SHORT_NAMES.has(maker)),
  }
}

type ReadName = {
  readonly brands: readonly string[]
  /** the name squeezed, a number at its end included unless it has a unit */
  readonly whole: string
  /** the name squeezed, a hashrate at its end taken off */
  readonly keys: readonly string[]
  /** a hashrate with its unit, TH/s */
  readonly statedThs: number | null
  /** the same, or a number at the end */
  readonly hashrateThs: number | null
}

const STATED_THS = /(?<![a-z0-9.])(\d+(?:\.\d+)?) ?t(?:h(?: ?\/ ?s|s)?)?(?![a-z0-9])/
// joined to the name only behind an earlier number: "s19jpro104", but "s19" is no hashrate of 19
const JOINED_THS = /(?<=\d[a-z+]+)(\d+(?:\.\d+)?) ?t(?:h(?: ?\/ ?s|s)?)?$/
const NUMBER_AT_END = /(?:(?<=\d[a-z+]+)| )(\d+(?:\.\d+)?)$/

function readName(name: string): ReadName {
  const brands: string[] = []
  let text = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/[^a-z0-9+./]+/g, ' ')
    .replace(/ ?plus/g, '+')
    .replace(/hydro/g, 'hyd')
    .replace(NO_PART_OF_NAME, ' ')
    .replace(BOARD_CODE, '$1')
    .replace(BRAND_WORDS, (brand) => {
      brands.push(brand)
      return ' '
    })
    .replace(/\b(?:miner|asic)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  const stated = STATED_THS.exec(text) ?? JOINED_THS.exec(text)
  if (stated !== null) text = text.slice(0, stated.index) + ' ' + text.slice(stated.index + stated[0].length)
  text = text.trim()
  const atEnd = stated === null ? NUMBER_AT_END.exec(text) : null
  const statedThs = stated === null ? null : Number(stated[1])
  const squeezed = squeeze(text)
  const whole = ALIASES[squeezed] ?? squeezed
  return {
    brands,
    whole,
    keys: atEnd === null ? [whole] : [whole, squeeze(text.slice(0, atEnd.index))],
    statedThs,
    hashrateThs: atEnd === null ? statedThs : Number(atEnd[1]),
  }
}

/** Without spaces and signs, except between two digits: "A11 66" is not an A1166. */
function squeeze(text: string): string {
  return text
    .replace(/[./]/g, ' ')
    .trim()
    .replace(/ +(?!\d)|(?<!\d) +/g, '')
}
