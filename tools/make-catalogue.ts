/**
 * Makes assets/asic-models.json from a table of machines:
 *
 *   npm exec -- node tools/make-catalogue.ts models.csv > assets/asic-models.json
 *
 * The table has the columns manufacturer, model, hashrate_ths, power_w, released, cooling, source. What is taken
 * and what is left out is written in docs/data.md; how many rows each rule left out goes to standard error.
 */
import type { CatalogueSource, Cooling, Model } from '#shared/domain/fleet/catalogue.ts'
import { csvObjects } from './csv-objects.ts'

type Row = Readonly<
  Record<'manufacturer' | 'model' | 'hashrate_ths' | 'power_w' | 'released' | 'cooling' | 'source', string>
>

const github = 'https://github.com/'
const guardian = `${github}robertfiesler-spec/Mining-Guardian/blob/57ab5aa/`
const hardwareReview = 'https://hashrateindex.com/blog/hardware-review-canaans-a16-series'

/** Where figures were read. The first whose pattern fits a row's source counts; group 1 is the page it names. */
const SOURCES: readonly (CatalogueSource & { readonly key: string; readonly pattern: RegExp })[] = [
  {
    key: 'mg-microbt-class',
    pattern: /microbt_all_variants\.md \+ .*W = product/,
    name: 'Mining-Guardian, MicroBT variants; power is the published J/TH class times the published hashrate',
    url: `${guardian}intelligence-catalog/research/microbt_all_variants.md`,
  },
  ...(['bitmain', 'microbt', 'canaan'] as const).map((maker) => ({
    key: `mg-${maker}`,
    pattern: new RegExp(`${maker}_all_variants\\.md$`),
    name: `Mining-Guardian, table of ${maker} variants`,
    url: `${guardian}intelligence-catalog/research/${maker}_all_variants.md`,
  })),
  {
    key: 'mg-specs',
    pattern: /miner_specs\.json/,
    name: 'Mining-Guardian, miner_specs.json',
    url: `${guardian}miner_specs.json`,
  },
  {
    key: 'mg-seed',
    pattern: /all_bitcoin_sha256_miners\.csv/,
    name: 'Mining-Guardian, seed table',
    url: `${guardian}intelligence-catalog/seed-data/all_bitcoin_sha256_miners.csv`,
  },
  {
    key: 'amv',
    pattern: /asicminervalue\.com\/miners\/([^ ]+) \(via/,
    name: 'asicminervalue.com page, as quoted by Mining-Guardian in April 2026',
    url: 'https://www.asicminervalue.com/miners/',
  },
  {
    key: 'amv-list',
    pattern: /asicminervalue/,
    name: 'asicminervalue.com listing of 2026, as quoted by a public list',
    url: 'https://www.asicminervalue.com/',
  },
  {
    key: 'resellers',
    pattern: /nhamilton1\/asics-tools\/blob\/31a4c43\/prisma/,
    name: 'Reseller listings of 2022 (Kaboomracks, MineFarmBuy), as collected by asics-tools',
    url: `${github}nhamilton1/asics-tools/blob/31a4c43/prisma/asics.json`,
  },
  {
    key: 'watt-list',
    pattern: /asicWattList/,
    name: 'asics-tools, table of watts by bin',
    url: `${github}nhamilton1/asics-tools/blob/31a4c43/src/utils/asic-queries/asicWattList.ts`,
  },
  {
    key: 'f2pool',
    pattern: /mattk8\/mining-data/,
    name: 'F2Pool device list of March 2020, as copied by mining-data',
    url: `${github}mattk8/mining-data/blob/f4b9405/mining-devices.csv`,
  },
  {
    key: 'bespalov',
    pattern: /alexbesp18/,
    name: 'alex-bespalov-portfolio, table of miners',
    url: `${github}alexbesp18/alex-bespalov-portfolio/tree/6dac1e3/100-199-bitcoin-mining/100-shared-core/src/data`,
  },
  {
    key: 'bit-cube',
    pattern: /cyberlais/,
    name: 'bit-cube.new, table of models',
    url: `${github}cyberlais/bit-cube.new/blob/8ad10c0/src/models.ts`,
  },
  {
    key: 'most-efficient',
    pattern: /^(https:\/\/[^ ]+) \(via github\.com\/SerpentXSF/,
    name: 'Shop or maker page of the model, as quoted by most-efficient-bitcoin-miner',
    url: `${github}SerpentXSF/most-efficient-bitcoin-miner/tree/430c426`,
  },
  {
    key: 'esp-miner',
    pattern: /ESP-Miner/,
    name: 'ESP-Miner device table: default frequency times cores, power target of the self-test',
    url: `${github}bitaxeorg/ESP-Miner/blob/5c277131/main/device_config.h`,
  },
  {
    key: 'hashrate-index',
    pattern: /hashrateindex\.com/,
    name: 'Hashrate Index hardware review of the A16',
    url: hardwareReview,
  },
  { key: 'project-page', pattern: /^(https:\/\/[^ ]+)/, name: 'Page of the project', url: null },
  {
    key: 'list',
    pattern: /^a public list$/,
    name: 'A public list of 2026; its address was not recorded',
    url: null,
  },
]

const INDUSTRIAL: readonly { readonly maker: string; readonly family: RegExp }[] = [
  { maker: 'Bitmain', family: /^Antminer (S9|S1[15]|[ST]1[579]|[ST]2[13])/ },
  { maker: 'MicroBT', family: /^Whatsminer M[2-7]\d|^Whatsminer M[67]D/ },
  { maker: 'Canaan', family: /^(AvalonMiner 1[01]|Avalon A1[2-6])/ },
  { maker: 'Bitdeer', family: /^SEALMINER/ },
  { maker: 'Auradine', family: /^Teraflux/ },
]

/** Said without their hashrate: one box, one figure. Value: what the maker is called, and whether the name says it. */
const WITHOUT_BIN: readonly {
  readonly table: string
  readonly family: RegExp
  readonly maker: string
  readonly prefix?: true
}[] = [
  { table: 'Canaan', family: /^Avalon (Nano|Mini|Q)/, maker: 'Canaan' },
  { table: 'Proto (Block)', family: /./, maker: 'Proto' },
  { table: 'Bitaxe (OSMU)', family: /./, maker: 'Bitaxe' },
  { table: 'NerdAxe/NerdQAxe', family: /./, maker: 'Nerd' },
  { table: 'Braiins', family: /./, maker: 'Braiins', prefix: true },
  { table: 'FutureBit', family: /./, maker: 'FutureBit', prefix: true },
  { table: 'GekkoScience', family: /./, maker: 'GekkoScience', prefix: true },
  { table: 'Heatbit', family: /./, maker: 'Heatbit', prefix: true },
  { table: 'Hammer Miner', family: /./, maker: 'Hammer', prefix: true },
  { table: 'Jingle Miner', family: /./, maker: 'Jingle', prefix: true },
  { table: 'Goldshell', family: /./, maker: 'Goldshell', prefix: true },
]

/**
 * Out of production, and still in halls with cheap energy: behind all others. Value: as above. None above 150 J/TH, where the program asks
 * whether a unit is wrong.
 */
const OLDER: readonly {
  readonly table: string
  readonly family: RegExp
  readonly maker: string
  readonly prefix?: true
}[] = [
  { table: 'Bitmain', family: /^Antminer (R4|T9)/, maker: 'Bitmain' },
  { table: 'MicroBT', family: /^Whatsminer M10/, maker: 'MicroBT' },
  { table: 'Canaan', family: /^AvalonMiner (761|[89]\d\d)/, maker: 'Canaan' },
  { table: 'Innosilicon', family: /./, maker: 'Innosilicon', prefix: true },
  { table: 'Ebang', family: /./, maker: 'Ebang' },
  { table: 'StrongU', family: /./, maker: 'StrongU', prefix: true },
  { table: 'Halong Mining', family: /./, maker: 'Halong' },
  { table: 'Hummer', family: /./, maker: 'Hummer' },
]

/** Models whose only figures contradict each other too much to be offered as the model's. */
const DOUBTFUL: readonly RegExp[] = [
  /J\/TH bin\)/, // a reseller's bin: the same name and hashrate with other watts
  /^Teraflux AI3680/, // 360 TH/s at 19 J/TH or 375 TH/s at 15 J/TH
  /^SEALMINER A1$/,
]

const leftOut = { 'without figures': 0, doubtful: 0, 'not met today': 0 }

function modelOf(row: Row): Model | null {
  const home = WITHOUT_BIN.find(({ table, family }) => table === row.manufacturer && family.test(row.model))
  const industrial = INDUSTRIAL.find(
    ({ maker, family }) => maker === row.manufacturer && family.test(row.model),
  )
  const older = OLDER.find(({ table, family }) => table === row.manufacturer && family.test(row.model))
  const taken = home ?? industrial ?? older
  if (taken === undefined) return skip('not met today')
  if (DOUBTFUL.some((pattern) => pattern.test(row.model))) return skip('doubtful')
  if (row.hashrate_ths === '' || row.power_w === '') return skip('without figures')

  // "T2T (T2 Turbo)": the second name is an alias (shared/domain/fleet/catalogue.ts)
  const said = older === undefined ? row.model : row.model.replace(/ \(.*\)$/, '')
  const hasPrefix = home?.prefix === true || older?.prefix === true
  const family = hasPrefix ? `${taken.maker} ${said}` : said
  const source = SOURCES.find(({ pattern }) => pattern.test(row.source))
  if (source === undefined) throw new Error(`${family}: no source fits "${row.source}"`)
  const page = source.pattern.exec(row.source)?.[1]
  return {
    name: home === undefined ? `${family} ${row.hashrate_ths}T` : family,
    family,
    maker: taken.maker,
    hashrateThs: Number(row.hashrate_ths),
    powerW: Number(row.power_w),
    released: row.released === '' ? null : row.released,
    cooling: row.cooling as Cooling,
    source: source.key,
    ...(page === undefined ? {} : { page }),
  }
}

function skip(reason: keyof typeof leftOut): null {
  leftOut[reason]++
  return null
}

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('usage: make-catalogue.ts models.csv > assets/asic-models.json')
const rows = csvObjects(path) as unknown as Row[]
const isOlder = ({ maker, family }: Model) =>
  OLDER.some((each) => each.maker === maker && each.family.test(family))
const all = rows.map(modelOf).filter((model) => model !== null)
const models = [...all.filter((model) => !isOlder(model)), ...all.filter(isOlder)]
const used = new Set(models.map(({ source }) => source))

const line = (value: unknown) => JSON.stringify(value)
const lines = <T>(list: readonly T[], text: (item: T) => string) =>
  list.map((item) => '    ' + text(item)).join(',\n')
process.stdout.write(
  `{
  "about": "Nameplate figures of Bitcoin miners, one model a line: hashrate in TH/s, power at the wall in W. Facts gathered from several public sources, named per model; not a copy of any of them, and not a maker's document. See docs/data.md.",
  "sources": {
${lines(
  SOURCES.filter(({ key }) => used.has(key)),
  ({ key, name, url }) => `${line(key)}: ${line({ name, url })}`,
)}
  },
  "models": [
${lines(models, line)}
  ]
}
`,
)
console.error(`${models.length} models; left out: ${JSON.stringify(leftOut)}`)
