import { MS_PER_DAY } from '#shared/domain/units.ts'
import { BLOCKS_PER_EPOCH } from '#shared/domain/units.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { goneSitesWords, triedWords } from '#shared/format/tried-words.ts'
import type { EpochFacts, WorkbookFacts } from './case.ts'
import { FLEET_CELLS, machineColumn, NAMES, rewardFormula } from './layout.ts'
import type { GivenFigures } from './projection-formulas.ts'
import { daysToDo, givenFigures, meanFactor, meanSubsidy, workOf } from './projection-formulas.ts'
import type { Cell, Row, Sheet } from './sheet.ts'
import { columnLetters, figure, formula, heading, note, serialOf, title, whereKnown } from './sheet.ts'
import type { Format } from './styles.ts'

const KEYS = [
  'epoch',
  'begins',
  'day',
  'days',
  'change',
  'difficulty',
  'first',
  'blocks',
  'subsidy',
  'price',
  'hashpriceBtc',
  'hashprice',
  'margin',
  'share',
  'profitable',
  'btc',
  'best',
] as const
type Key = (typeof KEYS)[number]

const LETTERS = Object.fromEntries(KEYS.map((key, i) => [key, columnLetters(i)])) as Readonly<
  Record<Key, string>
>
/** The row of the running epoch. */
const FIRST = 5

const HEADINGS: Readonly<Record<Key, string>> = {
  epoch: 'Epoch',
  begins: 'Begins (UTC)',
  day: 'Begins in, days',
  days: 'Lasts, days',
  change: 'Change that opened it',
  difficulty: 'Difficulty',
  first: 'First block',
  blocks: 'Blocks',
  subsidy: 'Subsidy, BTC/block',
  price: 'Price, mean, USD/BTC',
  hashpriceBtc: 'Hashprice, BTC/PH/s/day',
  hashprice: 'Hashprice, USD/PH/s/day',
  margin: 'Cash margin as it runs, USD/day',
  share: 'Margin, share of revenue',
  profitable: 'Running machines with a margin of 0 or more',
  btc: 'Mined, BTC/day',
  best: 'Cash margin where each does what earns most, USD/day',
}

/** The running epoch and those after it: every row follows from the one before, and the fleet from the sheet Machines. */
export function projectionSheet(facts: WorkbookFacts): Sheet {
  const { epochs, of, goneSites } = facts
  const { name, tried = NOTHING_TRIED } = of.scenario
  const isGiven = givenFigures(of.scenario)
  const words = [triedWords(tried), goneSitesWords(goneSites), assumedWords(isGiven)]
  const rows: Row[] = [
    [title('Projection')],
    [note([`Scenario “${name}”.`, ...words.filter((each) => each !== null)].join(' '))],
    [
      note(
        epochs.length === 0
          ? 'Nothing dates the adjustments ahead, or price, difficulty or height is not known: there is no projection.'
          : 'What a kWh costs stays as it is now. Restarts, waiting and operating points are weighed by the program alone.',
      ),
    ],
    KEYS.map((key) => heading(HEADINGS[key])),
    ...epochs.map((epoch, i) => {
      const cells = cellsOf(facts, epoch, i, isGiven)
      return KEYS.map((key) => cells[key])
    }),
  ]
  return {
    name: 'Projection',
    widths: KEYS.map((key) => (key === 'begins' || key === 'difficulty' ? 22 : 15)),
    frozen: { rows: FIRST - 1, columns: 1 },
    rows,
  }
}

function assumedWords({ price, difficulty, fleet }: GivenFigures): string {
  if (!price && !difficulty && !fleet)
    return 'Price and hashrate grow as the inputs say: change them, and every row follows.'
  const given = [
    ...(price ? ['price'] : []),
    ...(difficulty ? ['days and difficulty'] : []),
    ...(fleet ? ['machines and margins'] : []),
  ]
  const following = fleet ? 'hashprice follows' : 'hashprice and margin follow'
  return `Its ${given.join(', ')} are figures of the program, which do not follow the inputs; ${following} from ${price || difficulty ? 'them' : 'price and difficulty'}.`
}

function cellsOf(
  facts: WorkbookFacts,
  { network, fleet }: EpochFacts,
  i: number,
  isGiven: GivenFigures,
): Readonly<Record<Key, Cell>> {
  const { conditions } = facts
  const at = (key: Key, back = 0) => `$${LETTERS[key]}${FIRST + i - back}`
  const isFirst = i === 0
  const either = (first: string, later: string) => (isFirst ? first : later)
  const written = (needed: readonly string[], words: string, value: number, format: Format) =>
    formula(whereKnown(needed, words), value, format)
  const { first, blocks } = blocksOf(conditions.height, i)
  const [day, days] = [at('day'), at('days')]
  const work = workOf(at('difficulty'))
  const measured = daysToDo(NAMES.hashrateGrowth, at('day', 1), workOf(at('difficulty', 1)))
  const length = daysToDo(NAMES.hashrateGrowth, day, `(${work}*2016/2015)`)
  const choice = `(${machineColumn(facts, 'choicePhs')}*${at('hashprice')}-${machineColumn(facts, 'choiceUsd')})`
  const earns = `${machineColumn(facts, 'countedPhs')}*${at('hashprice')}>=${machineColumn(facts, 'countedUsd')}`
  const given = (value: number, format: Format) => figure(value, format)
  const begins = momentOf(facts)
  const ofFleet = (needed: readonly string[], words: string, value: number, format: Format) =>
    isGiven.fleet ? given(value, format) : written(needed, words, value, format)
  return {
    epoch: figure(network.epoch, 'count'),
    begins: written(
      [NAMES.asOf, day],
      `${NAMES.asOf}+${day}`,
      begins === null ? NaN : serialOf(begins + network.startsAtDay * MS_PER_DAY),
      'moment',
    ),
    day: isFirst
      ? figure(0, 'days')
      : written(
          [at('day', 1), at('days', 1)],
          `${at('day', 1)}+${at('days', 1)}`,
          network.startsAtDay,
          'days',
        ),
    days: isGiven.difficulty
      ? given(network.days, 'days')
      : written(
          isFirst
            ? [NAMES.daysToAdjustment]
            : [at('difficulty'), NAMES.hashrateGrowth, NAMES.difficulty, NAMES.change],
          either(NAMES.daysToAdjustment, length),
          network.days,
          'days',
        ),
    change: isFirst
      ? figure(0, 'change')
      : isGiven.difficulty
        ? given(network.change, 'change')
        : written(
            i === 1 ? [NAMES.change] : [at('difficulty', 1), NAMES.hashrateGrowth, NAMES.change],
            `MIN(MAX(${i === 1 ? NAMES.change : `14/${measured}-1`},-0.75),3)`,
            network.change,
            'change',
          ),
    difficulty:
      isGiven.difficulty && !isFirst
        ? given(network.difficulty, 'difficulty')
        : written(
            isFirst ? [NAMES.difficulty] : [at('difficulty', 1), at('change')],
            either(NAMES.difficulty, `${at('difficulty', 1)}*(1+${at('change')})`),
            network.difficulty,
            'difficulty',
          ),
    first: written(
      [NAMES.height],
      either(`${NAMES.height}+1`, `CEILING((${NAMES.height}+1)/2016,1)*2016+2016*(${at('epoch')}-1)`),
      first,
      'count',
    ),
    blocks: isFirst
      ? written([at('first')], `MAX(CEILING(${at('first')}/2016,1)*2016-${at('first')},1)`, blocks, 'count')
      : figure(BLOCKS_PER_EPOCH, 'count'),
    subsidy: written([at('first')], meanSubsidy(at('first'), at('blocks')), network.subsidyBtc, 'btc'),
    price: isGiven.price
      ? given(network.priceUsdPerBtc, 'usd')
      : written(
          [NAMES.price, NAMES.priceGrowth, day, days],
          `${NAMES.price}*${meanFactor(NAMES.priceGrowth, day, days)}`,
          network.priceUsdPerBtc,
          'usd',
        ),
    hashpriceBtc: written(
      [at('subsidy'), NAMES.fees, at('difficulty'), NAMES.payFactor],
      `${NAMES.payFactor}*${rewardFormula(`${at('subsidy')}+${NAMES.fees}`, at('difficulty'))}`,
      network.hashpriceBtcPerPhDay,
      'btcPerPhDay',
    ),
    hashprice: written(
      [at('hashpriceBtc'), at('price')],
      `${at('hashpriceBtc')}*${at('price')}`,
      network.hashpriceUsdPerPhDay,
      'usdPerPhDay',
    ),
    margin: ofFleet(
      [at('hashprice')],
      `${FLEET_CELLS.accepted}*${at('hashprice')}-${FLEET_CELLS.cost}`,
      fleet.fleetMarginUsdPerDay,
      'usd',
    ),
    share: ofFleet(
      [at('hashprice')],
      `IF(${FLEET_CELLS.accepted}*${at('hashprice')}=0,"",${at('margin')}/(${FLEET_CELLS.accepted}*${at('hashprice')}))`,
      fleet.fleetMarginShare,
      'share',
    ),
    profitable: ofFleet(
      [at('hashprice')],
      `SUMPRODUCT((${earns})*${machineColumn(facts, 'counted')}*${machineColumn(facts, 'quantity')})`,
      fleet.machinesProfitable,
      'count',
    ),
    btc: written(
      [at('hashpriceBtc')],
      `${FLEET_CELLS.accepted}*${at('hashpriceBtc')}`,
      fleet.btcPerDay,
      'btc',
    ),
    best: ofFleet(
      [at('hashprice')],
      `SUM(${machineColumn(facts, 'alwaysPhs')})*${at('hashprice')}-SUM(${machineColumn(facts, 'alwaysUsd')})+SUMPRODUCT((${choice}>0)*${choice})`,
      fleet.bestMarginUsdPerDay,
      'usd',
    ),
  }
}

const momentOf = ({ of, conditions }: WorkbookFacts) => of.asOfMs ?? conditions.atMs

/** Height of the first block of an epoch ahead, and how many it has; of the running one, those that are left. */
function blocksOf(height: number, epoch: number): { readonly first: number; readonly blocks: number } {
  const next = Math.ceil((height + 1) / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH
  return epoch === 0
    ? { first: height + 1, blocks: Math.max(next - (height + 1), 1) }
    : { first: next + BLOCKS_PER_EPOCH * (epoch - 1), blocks: BLOCKS_PER_EPOCH }
}
